extension Lexer {
  /// A quoted string with Python's escapes.
  mutating func readString(quote: UInt8) throws {
    let start = position
    var output: [UInt8] = []
    position += 1
    while let byte = byte(position), byte != quote {
      if byte == UInt8(ascii: "\\") {
        try readEscape(&output)
      } else {
        output.append(byte)
        position += 1
      }
    }
    guard byte(position) == quote else {
      throw PlacedFailure(
        "unexpected char '\(Character(Unicode.Scalar(quote)))'", at: start,
        hint: "the string that begins here is not closed")
    }
    position += 1
    emit(.string, String(decoding: output, as: UTF8.self), at: start)
  }

  private mutating func readEscape(_ output: inout [UInt8]) throws {
    let start = position
    guard let letter = byte(position + 1) else {
      position += 1
      return
    }
    position += 2
    switch letter {
    case UInt8(ascii: "\n"): break
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): output.append(letter)
    case UInt8(ascii: "a"): output.append(0x07)
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0c)
    case UInt8(ascii: "n"): output.append(0x0a)
    case UInt8(ascii: "r"): output.append(0x0d)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "v"): output.append(0x0b)
    case UInt8(ascii: "x"): try readCode(digits: 2, at: start, &output)
    case UInt8(ascii: "u"): try readCode(digits: 4, at: start, &output)
    case UInt8(ascii: "U"): try readCode(digits: 8, at: start, &output)
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      var code = UInt32(letter - 0x30)
      var count = 1
      while count < 3, let digit = byte(position), (0x30...0x37).contains(digit) {
        code = code * 8 + UInt32(digit - 0x30)
        position += 1
        count += 1
      }
      append(code, &output)
    case UInt8(ascii: "N"):
      throw PlacedFailure(
        "characters by name (\\N{…}) are not supported", at: start, hint: "write the character itself, or \\uXXXX")
    default:
      // Python keeps a backslash that begins no escape.
      output.append(UInt8(ascii: "\\"))
      output.append(letter)
    }
  }

  private mutating func readCode(digits: Int, at start: Int, _ output: inout [UInt8]) throws {
    let text = String(decoding: bytes[position..<min(position + digits, bytes.count)], as: UTF8.self)
    guard text.utf8.count == digits, let code = UInt32(text, radix: 16), code <= 0x10ffff else {
      throw PlacedFailure("the escape needs \(digits) hexadecimal digits", at: start)
    }
    position += digits
    append(code, &output)
  }

  private func append(_ code: UInt32, _ output: inout [UInt8]) {
    output += Array(String(Unicode.Scalar(code) ?? "\u{fffd}").utf8)
  }
}
