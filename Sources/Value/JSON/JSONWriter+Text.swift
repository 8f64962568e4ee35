extension JSONWriter {
  /// A number as Python's `repr` writes it: `1.0`, `0.1`, `1e+16`, `1e-05`, `inf`, `nan`.
  public static func text(of number: Double) -> String {
    // Both languages write the shortest digits that read back the same. Swift goes over to an exponent at 2^53, Python
    // at 10^16; between them every double is an integer.
    if number.magnitude >= 0x1p53, number.magnitude < 1e16 { return "\(Int64(number)).0" }
    return number.description
  }

  /// Bytes as one string: `base64:` and their base64 (RFC 4648, padded).
  public static func text(of bytes: [UInt8]) -> String { "base64:" + Base64.text(bytes) }

  static func text(ofKey key: Value) -> String {
    switch key {
    case .string(let string): string
    case .bytes(let bytes): text(of: bytes)
    case .double(let number): text(of: number)
    default: compact(key)
    }
  }

  static func number(_ number: Double) -> String {
    if number.isNaN { return "\"NaN\"" }
    if number.isInfinite { return number < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
    return text(of: number)
  }
}
