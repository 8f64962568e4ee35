/// Bytes as hexadecimal text.
public enum Hexadecimal {
  private static let lowerDigits = Array("0123456789abcdef".utf8)
  private static let upperDigits = Array("0123456789ABCDEF".utf8)

  /// Two lower-case digits a byte.
  public static func text(_ bytes: some Collection<UInt8>) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      digits.append(lowerDigits[Int(byte >> 4)])
      digits.append(lowerDigits[Int(byte & 15)])
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// `AB:CD:EF`, as fingerprints and serial numbers are written.
  public static func colons(_ bytes: some Collection<UInt8>) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.count * 3)
    for byte in bytes {
      if !digits.isEmpty { digits.append(UInt8(ascii: ":")) }
      digits.append(upperDigits[Int(byte >> 4)])
      digits.append(upperDigits[Int(byte & 15)])
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
