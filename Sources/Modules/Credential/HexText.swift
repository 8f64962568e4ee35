/// Bytes as hexadecimal text.
enum HexText {
  private static let lowerDigits = Array("0123456789abcdef".utf8)
  private static let upperDigits = Array("0123456789ABCDEF".utf8)

  static func lower(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.flatMap { [lowerDigits[Int($0 >> 4)], lowerDigits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// `AB:CD:EF`, as fingerprints are written.
  static func colons(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String(decoding: [upperDigits[Int($0 >> 4)], upperDigits[Int($0 & 15)]], as: UTF8.self) }
      .joined(separator: ":")
  }
}
