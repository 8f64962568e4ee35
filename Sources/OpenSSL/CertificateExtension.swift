import COpenSSL
import Hashing

/// An extension of a certificate, a request or a revocation list.
public struct CertificateExtension: Sendable, Hashable {
  /// OpenSSL's short name, or dotted numbers.
  public var name: String
  public var isCritical: Bool
  /// As OpenSSL prints it on one line; the bytes in hexadecimal where it does not understand them.
  public var text: String
  /// Of `subjectAltName` and `issuerAltName`.
  public var alternativeNames: [AlternativeName]?

  /// Reads one of OpenSSL's, which stays its owner's.
  init(_ pointer: OpaquePointer) throws(OpenSSLError) {
    let object = ossl_X509_EXTENSION_get_object(pointer)
    let number = object.map { ossl_OBJ_obj2nid($0) } ?? 0
    name = object.map(ObjectName.short) ?? "unknown"
    isCritical = ossl_X509_EXTENSION_get_critical(pointer) == 1
    if [85, 86].contains(number), let names = ossl_X509V3_EXT_d2i(pointer) {
      let stack = OpaquePointer(names)
      defer { brine_free_general_names(stack) }
      let all = AlternativeName.all(in: stack)
      alternativeNames = all
      text = all.map(\.text).joined(separator: ", ")
      return
    }
    let buffer = try MemoryBuffer()
    let isPrinted = ossl_X509V3_EXT_print(buffer.pointer, pointer, 0, 0) == 1
    ossl_ERR_clear_error()
    text =
      isPrinted
      ? Self.line(buffer.read()) : Hexadecimal.colons(StringValue.bytes(ossl_X509_EXTENSION_get_data(pointer)))
  }

  private static func line(_ bytes: [UInt8]) -> String {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      var line = line.drop { $0 == " " }
      while line.last == " " { line = line.dropLast() }
      return String(line)
    }
    let text = lines.filter { !$0.isEmpty }.joined(separator: ", ")
    // OpenSSL 1.1 writes the word, 3 leaves it out.
    return text.hasPrefix("keyid:") && lines.count == 1 ? String(text.dropFirst(6)) : text
  }
}
