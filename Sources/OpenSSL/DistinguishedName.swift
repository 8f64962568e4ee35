import COpenSSL

/// A subject or issuer: attributes under the short names of OpenSSL, in their order.
public struct DistinguishedName: Sendable, Hashable {
  public struct Attribute: Sendable, Hashable {
    /// `CN`, `O`, … or a dotted object identifier.
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public var attributes: [Attribute]

  public init(_ attributes: [Attribute] = []) { self.attributes = attributes }
  public init(commonName: String) { attributes = [Attribute("CN", commonName)] }

  /// The last one counts, as in Salt.
  public var commonName: String? { attributes.last { $0.name == "CN" }?.value }

  /// No attribute of a name is longer.
  private static let valueLimit = 4096

  /// Reads a name of OpenSSL's, which stays its owner's.
  init(_ name: OpaquePointer?) {
    attributes = []
    guard let name else { return }
    for index in 0..<max(0, ossl_X509_NAME_entry_count(name)) {
      guard let entry = ossl_X509_NAME_get_entry(name, index),
        let object = ossl_X509_NAME_ENTRY_get_object(entry), let data = ossl_X509_NAME_ENTRY_get_data(entry)
      else { continue }
      attributes.append(Attribute(ObjectName.short(object), StringValue.text(data)))
    }
  }

  /// As a certificate has it. Two names with the same text may have different bytes.
  public func der() throws(OpenSSLError) -> [UInt8] {
    try Library.require()
    return try withPointer { name throws(OpenSSLError) in try Self.der(name) }
  }

  static func der(_ name: OpaquePointer?) throws(OpenSSLError) -> [UInt8] {
    try Library.encode("The name cannot be written") { ossl_i2d_X509_NAME(name, $0) }
  }

  /// Makes one of OpenSSL's for as long as the closure runs.
  func withPointer<Result>(_ body: (OpaquePointer) throws(OpenSSLError) -> Result) throws(OpenSSLError) -> Result {
    guard let name = ossl_X509_NAME_new() else { throw Library.failure(.failed, "No memory for OpenSSL") }
    defer { ossl_X509_NAME_free(name) }
    for attribute in attributes {
      let bytes = Array(attribute.value.utf8)
      guard bytes.count <= Self.valueLimit, !attribute.name.contains("\0") else {
        throw OpenSSLError(.failed, "The attribute \(attribute.name) of a name is too long")
      }
      // 0x1000: the text is UTF-8; OpenSSL chooses how it is stored.
      let status = ossl_X509_NAME_add_entry_by_txt(name, attribute.name, 0x1000, bytes, Int32(bytes.count), -1, 0)
      try Library.require(status == 1, "'\(attribute.name)=\(attribute.value)' is no attribute of a name")
    }
    return try body(name)
  }
}
