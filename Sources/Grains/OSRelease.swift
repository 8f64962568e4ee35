import HostSystem

/// The fields of os-release(5).
struct OSRelease: Sendable {
  private let fields: [String: String]

  init(_ text: String) {
    var fields = ["NAME": "Linux", "ID": "linux", "PRETTY_NAME": "Linux"]
    for line in text.splitLines() {
      guard let equals = line.firstIndex(of: "=") else { continue }
      let name = line[..<equals]
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else { continue }
      fields[String(name)] = Self.unescaped(Self.unquoted(line[line.index(after: equals)...]))
    }
    self.fields = fields
  }

  subscript(_ name: String) -> String? { fields[name] }

  var name: String { fields["NAME"]?.trimmed() ?? "Linux" }
  var id: String { fields["ID"] ?? "linux" }
  var isLikeDebian: Bool { id == "debian" || (fields["ID_LIKE"] ?? "").fields().contains("debian") }

  /// `VERSION_CODENAME`, or what stands in brackets or after a comma in `VERSION`.
  var codename: String? {
    if let codename = fields["VERSION_CODENAME"] ?? fields["UBUNTU_CODENAME"] { return codename }
    guard let version = fields["VERSION"] else { return nil }
    if let open = version.firstIndex(of: "("), let close = version.lastIndex(of: ")"), open < close {
      let inner = version[version.index(after: open)..<close]
      if !inner.isEmpty, !inner.contains(where: \.isNumber) { return String(inner) }
    }
    guard let comma = version.firstIndex(of: ",") else { return nil }
    let rest = String(version[version.index(after: comma)...]).trimmed().prefix { !$0.isNumber }
    return rest.isEmpty ? nil : String(rest)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func unquoted(_ value: Substring) -> Substring {
    guard let first = value.first, first == "\"" || first == "'", value.count > 1, value.last == first else {
      return value
    }
    return value.dropFirst().dropLast()
  }

  private static func unescaped(_ value: Substring) -> String {
    var result = ""
    var isEscaped = false
    for character in value {
      if !isEscaped, character == "\\" {
        isEscaped = true
        continue
      }
      if isEscaped, !"\\$\"'`".contains(character) { result.append("\\") }
      result.append(character)
      isEscaped = false
    }
    return isEscaped ? result + "\\" : result
  }
}
