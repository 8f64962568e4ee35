import Value

/// Base64 (RFC 4648) as Python's `base64` module has it.
enum Base64 {
  static func text(_ bytes: [UInt8]) -> String { String(JSONWriter.text(of: bytes).dropFirst("base64:".count)) }

  /// In lines of 76, as YAML's binary scalars are.
  static func lines(_ bytes: [UInt8]) -> String {
    let text = Array(text(bytes).utf8)
    return stride(from: 0, to: text.count, by: 76).map {
      String(decoding: text[$0..<min($0 + 76, text.count)], as: UTF8.self) + "\n"
    }.joined()
  }

  /// What is not of the alphabet is passed over.
  ///
  /// - Throws: when padding is missing.
  static func bytes(_ text: [UInt8]) throws -> [UInt8] {
    var output: [UInt8] = []
    var bits: UInt32 = 0
    var held = 0
    var padding = 0
    for byte in text {
      let six: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): six = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): six = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): six = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): six = 62
      case UInt8(ascii: "/"): six = 63
      case UInt8(ascii: "="):
        padding += 1
        if held > 1, held + padding >= 4 { return output }
        continue
      default: continue
      }
      padding = 0
      bits = bits << 6 | UInt32(six)
      held += 1
      if held > 1 { output.append(UInt8(truncatingIfNeeded: bits >> UInt32(8 - 2 * held))) }
      if held == 4 { (held, bits) = (0, 0) }
    }
    guard held == 0 else {
      let count = output.count / 3 * 4 + held
      throw TemplateFailure(
        .operation,
        held == 1
          ? "Invalid base64-encoded string: number of data characters (\(count)) cannot be 1 more than a multiple of 4"
          : "Incorrect padding")
    }
    return output
  }
}
