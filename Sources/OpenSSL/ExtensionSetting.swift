/// An extension that a new certificate or request gets, in the syntax of OpenSSL's configuration
/// (`critical, CA:FALSE`).
public struct ExtensionSetting: Sendable, Hashable {
  public var name: String
  public var value: String

  /// The ones that can be made: none of them reads a file or a section of a configuration.
  public static let names = [
    "basicConstraints", "keyUsage", "extendedKeyUsage", "subjectKeyIdentifier", "authorityKeyIdentifier",
    "subjectAltName", "issuerAltName", "certificatePolicies", "policyConstraints", "inhibitAnyPolicy",
    "nameConstraints", "noCheck", "tlsfeature", "authorityInfoAccess", "crlDistributionPoints", "nsComment",
    "nsCertType",
  ]

  /// - Throws: `OpenSSLError` for another name, or a value that points elsewhere.
  public init(_ name: String, _ value: String) throws(OpenSSLError) {
    guard Self.names.contains(name) else {
      throw OpenSSLError(
        .failed, "There is no extension '\(name)' here; there are \(Self.names.joined(separator: ", "))")
    }
    guard !value.contains("@"), !value.contains("\n"), !value.contains("\0"), value.utf8.count <= 1 << 16 else {
      throw OpenSSLError(.failed, "'\(value.prefix(200))' is no value of the extension \(name) on one line")
    }
    self.name = name
    self.value = value
  }

  /// Names and addresses.
  public init(_ names: [AlternativeName]) throws(OpenSSLError) {
    name = "subjectAltName"
    var texts: [String] = []
    for item in names {
      guard let text = item.configuration else {
        throw OpenSSLError(.failed, "An alternative name of the kind '\(item.text)' cannot be made")
      }
      texts.append(text)
    }
    value = texts.joined(separator: ",")
  }
}
