/// Whether a plain scalar is a number by YAML 1.1: PyYAML's two patterns, matched by hand over the bytes.
struct YAMLNumberPattern {
  private let text: [UInt8]
  private var position = 0

  private init(_ text: String) { self.text = Array(text.utf8) }

  /// The tag of an integer or a float; nil for anything else.
  static func tag(of text: String) -> String? {
    let pattern = YAMLNumberPattern(text)
    if pattern.isInteger() { return YAMLTag.int }
    return pattern.isFloat() ? YAMLTag.float : nil
  }

  private func isInteger() -> Bool {
    var rest = self
    rest.takeSign()
    if rest.take("0b") { return rest.takeAll { $0 == 0x30 || $0 == 0x31 || $0 == 0x5f } > 0 && rest.isAtEnd }
    if rest.take("0x") { return rest.takeAll(Self.isHexadecimalOrLine) > 0 && rest.isAtEnd }
    if rest.take("0") {
      _ = rest.takeAll { 0x30...0x37 ~= $0 || $0 == 0x5f }
      return rest.isAtEnd
    }
    guard rest.isAtDigit else { return false }
    _ = rest.takeAll(Self.isDigitOrLine)
    return rest.isAtEnd || rest.takeSixties() && rest.isAtEnd
  }

  private func isFloat() -> Bool {
    var rest = self
    if rest.isOne(of: [".nan", ".NaN", ".NAN"]) { return true }
    if rest.current == 0x2e, rest.position + 1 < text.count, Self.isDigit(text[rest.position + 1]) {
      rest.position += 1
      _ = rest.takeAll(Self.isDigitOrLine)
      return rest.takeExponent() && rest.isAtEnd
    }
    rest.takeSign()
    if rest.isOne(of: [".inf", ".Inf", ".INF"]) { return true }
    guard rest.isAtDigit else { return false }
    _ = rest.takeAll(Self.isDigitOrLine)
    let inSixties = rest.takeSixties()
    guard rest.take(".") else { return false }
    _ = rest.takeAll(Self.isDigitOrLine)
    return inSixties ? rest.isAtEnd : rest.takeExponent() && rest.isAtEnd
  }

  private var current: UInt8? { position < text.count ? text[position] : nil }
  private var isAtEnd: Bool { position == text.count }
  private var isAtDigit: Bool { current.map(Self.isDigit) ?? false }

  private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
  private static func isDigitOrLine(_ byte: UInt8) -> Bool { isDigit(byte) || byte == 0x5f }
  private static func isHexadecimalOrLine(_ byte: UInt8) -> Bool {
    isDigitOrLine(byte) || 0x41...0x46 ~= byte || 0x61...0x66 ~= byte
  }

  private func isOne(of words: [String]) -> Bool { words.contains { text[position...].elementsEqual($0.utf8) } }

  private mutating func takeSign() {
    if current == UInt8(ascii: "-") || current == UInt8(ascii: "+") { position += 1 }
  }

  private mutating func take(_ word: String) -> Bool {
    guard text[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func takeAll(_ matches: (UInt8) -> Bool) -> Int {
    let start = position
    while let byte = current, matches(byte) { position += 1 }
    return position - start
  }

  /// `(:[0-5]?[0-9])+`; false when there is none or one is malformed.
  private mutating func takeSixties() -> Bool {
    var found = false
    while take(":") {
      let start = position
      let digits = takeAll(Self.isDigit)
      guard digits == 1 || digits == 2 && text[start] <= UInt8(ascii: "5") else { return false }
      found = true
    }
    return found
  }

  /// An exponent, which must have a sign, or nothing.
  private mutating func takeExponent() -> Bool {
    guard current == UInt8(ascii: "e") || current == UInt8(ascii: "E") else { return true }
    position += 1
    guard current == UInt8(ascii: "-") || current == UInt8(ascii: "+") else { return false }
    position += 1
    return takeAll(Self.isDigit) > 0
  }
}
