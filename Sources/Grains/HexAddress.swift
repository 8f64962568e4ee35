/// Addresses as the files of `/proc/net` print them.
public enum HexAddress {
  /// 32 digits in the order of the bytes (`if_inet6`, `ipv6_route`).
  public static func ipv6(_ digits: String) -> IPAddress? {
    bytes(digits).flatMap { $0.count == 16 ? IPAddress(bytes: $0) : nil }
  }

  /// 8 or 32 digits in words of four bytes that a little-endian kernel printed (`route`, `tcp`, `tcp6`).
  public static func littleEndian(_ digits: String) -> IPAddress? {
    guard let bytes = bytes(digits), bytes.count == 4 || bytes.count == 16 else { return nil }
    let swapped = stride(from: 0, to: bytes.count, by: 4).flatMap { bytes[$0..<$0 + 4].reversed() }
    return IPAddress(bytes: swapped)
  }

  private static func bytes(_ digits: String) -> [UInt8]? {
    let digits = Array(digits.utf8)
    guard digits.count <= 32, digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
