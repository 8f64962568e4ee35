import COpenSSL
import Hashing

/// A list of revoked certificates (RFC 5280 §5). It is not changed once it is there, so threads may share it.
public final class RevocationList: @unchecked Sendable {
  let pointer: OpaquePointer
  /// The whole list.
  public let der: [UInt8]

  /// - Throws: `OpenSSLError` with `unreadable` for bytes that are not one list.
  public init(der: [UInt8]) throws(OpenSSLError) {
    try Library.require()
    guard let list = Library.decode(der, { ossl_d2i_X509_CRL(nil, $0, $1) }) else {
      throw Library.failure(.unreadable, "This is not a readable certificate revocation list")
    }
    pointer = list.object
    self.der = der
    guard list.isWhole else { throw OpenSSLError(.unreadable, "There are bytes after the revocation list") }
  }

  /// Makes and signs one.
  ///
  /// - Parameter number: `cRLNumber`; nil for none.
  public init(
    _ entries: [RevokedEntry], authority: Certificate, key: PrivateKey, from start: Int64, until end: Int64,
    number: Int64? = nil, identifiesKey: Bool = false, digest: String = "SHA256"
  ) throws(OpenSSLError) {
    try Library.require()
    guard let pointer = ossl_X509_CRL_new() else { throw Library.failure(.failed, "No memory for OpenSSL") }
    do {
      try Library.require(
        ossl_X509_CRL_set_version(pointer, 1) == 1
          && ossl_X509_CRL_set_issuer_name(pointer, ossl_X509_get_subject_name(authority.pointer)) == 1,
        "The issuer cannot be set")
      try StringValue.withTime(start) { time throws(OpenSSLError) in
        try Library.require(ossl_X509_CRL_set1_lastUpdate(pointer, time) == 1, "The times cannot be set")
      }
      try StringValue.withTime(end) { time throws(OpenSSLError) in
        try Library.require(ossl_X509_CRL_set1_nextUpdate(pointer, time) == 1, "The times cannot be set")
      }
      for entry in entries { try Self.add(entry, to: pointer) }
      try Library.require(ossl_X509_CRL_sort(pointer) == 1, "The list cannot be sorted")
      if let number { try Self.add("crlNumber", Self.integer(number), authority, to: pointer) }
      if identifiesKey { try Self.add("authorityKeyIdentifier", "keyid:always", authority, to: pointer) }
      try Library.require(
        ossl_X509_CRL_sign(pointer, key.pointer, try key.digest(digest)) > 0, "The list cannot be signed")
      der = try Library.encode("The list cannot be written") { ossl_i2d_X509_CRL(pointer, $0) }
    } catch {
      ossl_X509_CRL_free(pointer)
      throw error
    }
    self.pointer = pointer
  }

  deinit { ossl_X509_CRL_free(pointer) }

  public var pem: String { PEMBlock(label: "X509 CRL", der: der).text }
  public var issuer: DistinguishedName { DistinguishedName(ossl_X509_CRL_get_issuer(pointer)) }
  /// Seconds since the epoch.
  public var lastUpdate: Int64 { StringValue.seconds(ossl_X509_CRL_get0_lastUpdate(pointer)) ?? 0 }
  /// Seconds since the epoch; 0 where it is not said.
  public var nextUpdate: Int64 { StringValue.seconds(ossl_X509_CRL_get0_nextUpdate(pointer)) ?? 0 }
  public var signatureAlgorithm: String { ObjectName.long(ossl_X509_CRL_get_signature_nid(pointer)) }

  public func entries() throws(OpenSSLError) -> [RevokedEntry] {
    guard let stack = ossl_X509_CRL_get_REVOKED(pointer) else { return [] }
    var entries: [RevokedEntry] = []
    for index in 0..<max(0, ossl_OPENSSL_sk_num(stack)) {
      guard let item = ossl_OPENSSL_sk_value(stack, index).map({ OpaquePointer($0) }) else { continue }
      var entry = RevokedEntry(
        serialNumber: StringValue.bytes(ossl_X509_REVOKED_get0_serialNumber(item)),
        date: StringValue.seconds(ossl_X509_REVOKED_get0_revocationDate(item)) ?? 0)
      for place in 0..<max(0, ossl_X509_REVOKED_get_ext_count(item)) {
        guard let pointer = ossl_X509_REVOKED_get_ext(item, place) else { continue }
        let found = try CertificateExtension(pointer)
        if found.name == "CRLReason" { entry.reason = Self.reason(found.text) }
      }
      entries.append(entry)
    }
    return entries
  }

  public func extensions() throws(OpenSSLError) -> [CertificateExtension] {
    var extensions: [CertificateExtension] = []
    for index in 0..<max(0, ossl_X509_CRL_get_ext_count(pointer)) {
      if let item = ossl_X509_CRL_get_ext(pointer, index) { extensions.append(try CertificateExtension(item)) }
    }
    return extensions
  }

  /// Whether the key made the signature.
  public func isSigned(by key: KeyHandle) -> Bool {
    defer { ossl_ERR_clear_error() }
    return ossl_X509_CRL_verify(pointer, key.pointer) == 1
  }

  /// `Key Compromise`, as OpenSSL prints it, as it is written.
  private static func reason(_ text: String) -> String {
    let word = text.filter { $0 != " " }.lowercased()
    return RevokedEntry.reasons.first { $0.lowercased() == word } ?? text
  }

  /// The DER of a number that is not negative: OpenSSL reads no text for this extension.
  private static func integer(_ number: Int64) -> String {
    var bytes = withUnsafeBytes(of: number.bigEndian) { Array($0) }
    while bytes.count > 1, bytes[0] == 0, bytes[1] < 0x80 { bytes.removeFirst() }
    return "DER:" + Hexadecimal.colons([0x02, UInt8(bytes.count)] + bytes)
  }

  private static func add(
    _ name: String, _ value: String, _ authority: Certificate, to list: OpaquePointer
  ) throws(OpenSSLError) {
    guard let made = brine_make_extension(authority.pointer, nil, nil, list, name, value) else {
      throw Library.failure(.failed, "'\(value)' is no value of the extension \(name)")
    }
    defer { ossl_X509_EXTENSION_free(made) }
    try Library.require(ossl_X509_CRL_add_ext(list, made, -1) == 1, "The extension \(name) cannot be added")
  }

  private static func add(_ entry: RevokedEntry, to list: OpaquePointer) throws(OpenSSLError) {
    guard let revoked = ossl_X509_REVOKED_new() else { throw Library.failure(.failed, "No memory for OpenSSL") }
    do { try fill(revoked, entry) } catch {
      ossl_X509_REVOKED_free(revoked)
      throw error
    }
    guard ossl_X509_CRL_add0_revoked(list, revoked) == 1 else {
      ossl_X509_REVOKED_free(revoked)
      throw Library.failure(.failed, "A revoked certificate cannot be added")
    }
  }

  private static func fill(_ revoked: OpaquePointer, _ entry: RevokedEntry) throws(OpenSSLError) {
    // V_ASN1_INTEGER
    guard let number = ossl_ASN1_STRING_type_new(2) else { throw Library.failure(.failed, "No memory for OpenSSL") }
    defer { ossl_ASN1_STRING_free(number) }
    try Library.require(
      ossl_ASN1_STRING_set(number, entry.serialNumber, Int32(entry.serialNumber.count)) == 1
        && ossl_X509_REVOKED_set_serialNumber(revoked, number) == 1,
      "The serial number cannot be set")
    try StringValue.withTime(entry.date) { time throws(OpenSSLError) in
      try Library.require(ossl_X509_REVOKED_set_revocationDate(revoked, time) == 1, "The date cannot be set")
    }
    guard let reason = entry.reason else { return }
    // OpenSSL reads no words for this one: an ENUMERATED of one byte.
    guard let code = RevokedEntry.codes.first(where: { $0.name == reason })?.code,
      let made = brine_make_extension(nil, nil, nil, nil, "CRLReason", "DER:0A:01:" + Hexadecimal.text([code]))
    else { throw Library.failure(.failed, "'\(reason)' is no reason to revoke a certificate") }
    defer { ossl_X509_EXTENSION_free(made) }
    try Library.require(ossl_X509_REVOKED_add_ext(revoked, made, -1) == 1, "The reason cannot be set")
  }
}
