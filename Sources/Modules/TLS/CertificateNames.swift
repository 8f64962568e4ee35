import Functions
import OpenSSL
import OrderedCollections
import Value

/// The names in certificates as Salt shows them.
enum CertificateNames {
  /// `{"CN": "web1", "O": "Example"}`; of attributes that come twice the last one counts, as in Salt.
  static func map(_ name: DistinguishedName) -> Value {
    var map: ValueMap = [:]
    for attribute in name.attributes { map[attribute.name] = .string(attribute.value) }
    return .map(map)
  }

  /// Names from an argument.
  static func alternativeNames(_ texts: [String]) throws(FunctionError) -> [AlternativeName] {
    var names: [AlternativeName] = []
    for text in texts {
      guard let name = AlternativeName(text) else {
        throw FunctionError(.badArguments, "'\(text)' is neither a DNS name nor an IP address.")
      }
      names.append(name)
    }
    return names
  }
}
