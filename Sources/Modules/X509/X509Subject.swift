import Functions
import OpenSSL
import OrderedCollections
import Value

/// Subjects of certificates as Salt takes and shows them.
enum X509Subject {
  /// Salt's names of attributes, in the order in which a map of them is taken.
  static let names = ["C", "ST", "L", "STREET", "O", "OU", "CN", "MAIL", "SN", "GN", "UID", "SERIALNUMBER"]
  /// What OpenSSL calls some of them.
  private static let aliases = ["STREET": "street", "MAIL": "emailAddress", "SERIALNUMBER": "serialNumber"]

  static func read(_ arguments: Arguments) throws(FunctionError) -> DistinguishedName {
    let given = arguments["subject"]
    switch given {
    case .string(let text): return DistinguishedName(try parts(of: text).reversed())
    case .list(let list):
      var attributes: [DistinguishedName.Attribute] = []
      for item in list {
        let found = try parts(of: item.description)
        guard found.count == 1 else {
          throw FunctionError(.badArguments, "'\(item)' is not one attribute of a subject: write CN=web1.")
        }
        attributes += found
      }
      return DistinguishedName(attributes)
    case .map(let map):
      for key in map.keys where !names.contains(key.description) {
        throw FunctionError(
          .badArguments, "A subject has no attribute '\(key)' here; there are \(names.joined(separator: ", ")).")
      }
      return DistinguishedName(ordered { map[.string($0)]?.description })
    case .null: return DistinguishedName(ordered { arguments.optionalString($0) })
    default: throw FunctionError(.badArguments, "A subject is a text, a list or a map, not \(given.kindName).")
    }
  }

  private static func ordered(_ value: (String) -> String?) -> [DistinguishedName.Attribute] {
    names.compactMap { name in value(name).map { .init(aliases[name] ?? name, $0) } }
  }

  /// The attributes of an RFC 4514 text in its order, which is the reverse of the certificate's.
  private static func parts(of text: String) throws(FunctionError) -> [DistinguishedName.Attribute] {
    var attributes: [DistinguishedName.Attribute] = []
    var name = ""
    var value: String?
    var isEscaped = false
    func finish() throws(FunctionError) {
      let key = String(name.drop { $0 == " " })
      guard let found = value, !key.isEmpty else {
        throw FunctionError(.badArguments, "'\(text)' is no subject: write CN=web1,O=Example.")
      }
      attributes.append(.init(aliases[key.uppercased()] ?? key, found))
      (name, value) = ("", nil)
    }
    for character in text {
      if isEscaped {
        value?.append(character)
        isEscaped = false
        continue
      }
      switch (character, value) {
      case ("\\", .some): isEscaped = true
      case (",", _): try finish()
      case ("+", .some):
        throw FunctionError(.badArguments, "Subjects with several attributes in one part ('+') are not made here.")
      case ("=", nil): value = ""
      case (_, .some): value?.append(character)
      default: name.append(character)
      }
    }
    if !name.isEmpty || value != nil { try finish() }
    return attributes
  }

  /// `{CN: …}` in the order of Salt's names; of attributes that come twice the first.
  static func map(_ name: DistinguishedName) -> Value {
    var map: ValueMap = [:]
    for salt in names {
      if let found = name.attributes.first(where: { $0.name == aliases[salt] ?? salt }) {
        map[salt] = .string(found.value)
      }
    }
    return .map(map)
  }

  /// The RFC 4514 text: last attribute first.
  static func text(_ name: DistinguishedName) -> String {
    name.attributes.reversed().map { "\(label($0.name))=\(escaped($0.value))" }.joined(separator: ",")
  }

  private static func label(_ name: String) -> String {
    switch name {
    case "street": "STREET"
    case "emailAddress": "1.2.840.113549.1.9.1"
    case "serialNumber": "2.5.4.5"
    case "SN": "2.5.4.4"
    case "GN": "2.5.4.42"
    default: name
    }
  }

  private static func escaped(_ value: String) -> String {
    var text = ""
    for character in value {
      if "\\\",+<>;=".contains(character) { text += "\\" }
      text.append(character)
    }
    if text.hasPrefix(" ") || text.hasPrefix("#") { text = "\\" + text }
    if text.hasSuffix(" ") { text = text.dropLast() + "\\ " }
    return text
  }
}
