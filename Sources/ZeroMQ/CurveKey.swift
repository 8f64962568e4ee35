import CZeroMQ
import Glibc

/// A CURVE public key: 32 bytes, shown as Z85 (40 printable characters, ZeroMQ RFC 32).
public struct CurveKey: Sendable, Hashable, CustomStringConvertible {
  public let bytes: [UInt8]

  /// - Returns: nil unless there are 32 bytes.
  public init?(bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// - Returns: nil unless the text is Z85 of 32 bytes.
  public init?(_ text: String) {
    guard text.utf8.count == 40, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return nil }
    var decoded = [UInt8](repeating: 0, count: 32)
    guard zmq_z85_decode(&decoded, text) != nil else { return nil }
    bytes = decoded
  }

  public var description: String { Self.z85(bytes) }

  /// Ten characters, grouped, enough for two people to compare over the telephone together with the id.
  public var fingerprint: String { Self.hex(of: bytes.prefix(8)) }

  static func z85(_ bytes: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: 41)
    guard zmq_z85_encode(&text, bytes, bytes.count) != nil else { return "" }
    return String(decoding: text.prefix(40).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func hex(of bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return bytes.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined(separator: ":")
  }
}
