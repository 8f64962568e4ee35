/// Base64 (RFC 4648 §4).
public enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  /// Padded, in one line.
  public static func text(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var (held, bits) = (UInt32(0), UInt32(0))
    for byte in bytes {
      held = held << 8 | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(alphabet[Int(held >> bits & 63)])
      }
    }
    if bits > 0 { text.append(alphabet[Int(held << (6 - bits) & 63)]) }
    while text.count % 4 != 0 { text.append(padding) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Padded, in lines of at most `width` letters, each with a line break (76 in YAML and MIME, 64 in PEM).
  public static func lines(_ bytes: some Collection<UInt8>, width: Int = 76) -> String {
    var lines = ""
    var rest = text(bytes)[...]
    while !rest.isEmpty {
      lines += rest.prefix(width) + "\n"
      rest = rest.dropFirst(width)
    }
    return lines
  }

  /// Read as Python's `base64.b64decode` does: what is not of the alphabet is passed over, and what follows the padding is
  /// not read.
  ///
  /// - Returns: the bytes, and what Python finds wrong with the end.
  public static func decode(_ text: some Sequence<UInt8>) -> (bytes: [UInt8], problem: String?) {
    var output: [UInt8] = []
    var bits: UInt32 = 0
    var held = 0
    var padded = 0
    for byte in text {
      if byte == padding {
        padded += 1
        if held > 1, held + padded >= 4 { return (output, nil) }
        continue
      }
      guard let six = value(byte) else { continue }
      padded = 0
      bits = bits << 6 | six
      held += 1
      if held > 1 { output.append(UInt8(truncatingIfNeeded: bits >> UInt32(8 - 2 * held))) }
      if held == 4 { (held, bits) = (0, 0) }
    }
    guard held != 0 else { return (output, nil) }
    guard held == 1 else { return (output, "Incorrect padding") }
    let count = output.count / 3 * 4 + held
    return (
      output,
      "Invalid base64-encoded string: number of data characters (\(count)) cannot be 1 more than a multiple of 4"
    )
  }

  /// The same; nil where something is wrong with the end.
  public static func bytes(of text: String) -> [UInt8]? {
    let (bytes, problem) = decode(text.utf8)
    return problem == nil ? bytes : nil
  }

  /// Nil for another character, a wrong length or wrong padding, as PEM wants it.
  public static func decodeStrictly(_ text: [UInt8]) -> [UInt8]? {
    let digits = text.count - text.reversed().prefix { $0 == padding }.count
    guard text.count % 4 == 0, text.count - digits <= 2, text[..<digits].allSatisfy({ value($0) != nil }) else {
      return nil
    }
    return decode(text).bytes
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
