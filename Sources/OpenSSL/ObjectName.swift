import COpenSSL

/// What object identifiers are called.
enum ObjectName {
  /// OpenSSL's short name, or the dotted numbers.
  static func short(_ object: OpaquePointer) -> String {
    let number = ossl_OBJ_obj2nid(object)
    if number != 0, let name = ossl_OBJ_nid2sn(number) { return String(cString: name) }
    return digits(object)
  }

  /// `2.5.29.17`.
  static func digits(_ object: OpaquePointer) -> String {
    var text = [CChar](repeating: 0, count: 256)
    let length = ossl_OBJ_obj2txt(&text, Int32(text.count), object, 1)
    guard length > 0 else { return "unknown" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// `sha256WithRSAEncryption`, `ecdsa-with-SHA256`, `ED25519`.
  static func long(_ number: Int32) -> String {
    ossl_OBJ_nid2ln(number).map { String(cString: $0) } ?? "unknown"
  }
}
