extension JSONParser {
  mutating func string() throws(JSONError) -> String {
    let quote = position
    position += 1
    let start = position
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
    if current == UInt8(ascii: "\"") {
      let text = try text(bytes[start..<position], startingAt: quote)
      position += 1
      return text
    }
    var unescaped = Array(bytes[start..<position])
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return try text(unescaped[...], startingAt: quote)
      case UInt8(ascii: "\\"): try escape(into: &unescaped)
      case 0..<0x20:
        position -= 1
        throw error("a control character stands in a string: write it as an escape such as \\n")
      default: unescaped.append(byte)
      }
    }
    position = quote
    throw error("a string is not closed")
  }

  private mutating func text(_ slice: ArraySlice<UInt8>, startingAt quote: Int) throws(JSONError) -> String {
    guard let utf8 = try? UTF8Span(validating: slice.span) else {
      position = quote
      throw error("a string is not valid UTF-8")
    }
    return String(copying: utf8)
  }

  private mutating func escape(into output: inout [UInt8]) throws(JSONError) {
    let byte = current
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(byte ?? 0)
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0c)
    case UInt8(ascii: "n"): output.append(0x0a)
    case UInt8(ascii: "r"): output.append(0x0d)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "u"): output.append(contentsOf: Character(try scalar()).utf8)
    default:
      position -= 2
      throw error("unknown escape in a string")
    }
  }

  /// The scalar of `\uXXXX`, or of two such that are a surrogate pair.
  private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xdc00, current == UInt8(ascii: "\\"), position + 1 < bytes.count,
      bytes[position + 1] == UInt8(ascii: "u")
    else { return "\u{fffd}" }
    let mark = position
    position += 2
    let second = try hexadecimal()
    guard (0xdc00...0xdfff).contains(second) else {
      position = mark
      return "\u{fffd}"
    }
    return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)) ?? "\u{fffd}"
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = current.flatMap(Self.hexDigit) else { throw error("\\u takes four hexadecimal digits") }
      number = number << 4 | digit
      position += 1
    }
    return number
  }

  private static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  mutating func number() throws(JSONError) -> Value {
    let start = position
    let negative = take(UInt8(ascii: "-"))
    if current == UInt8(ascii: "I"), bytes[position...].starts(with: "Infinity".utf8) {
      position += 8
      return .double(negative ? -.infinity : .infinity)
    }
    let leadingZero = current == UInt8(ascii: "0")
    guard let digits = digits() else { throw error("expected a digit") }
    if leadingZero, digits > 1 {
      position = start
      throw error("a number does not begin with 0")
    }
    var isInteger = true
    if take(UInt8(ascii: ".")) {
      isInteger = false
      guard self.digits() != nil else { throw error("expected a digit after '.'") }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isInteger = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard self.digits() != nil else { throw error("expected a digit in the exponent") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let number = Int64(text) { return .int(number) }
    guard let number = Double(text) else { throw error("expected a number") }
    return .double(number)
  }

  /// Steps over digits and says how many; nil when there are none.
  private mutating func digits() -> Int? {
    let start = position
    while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    return position > start ? position - start : nil
  }
}
