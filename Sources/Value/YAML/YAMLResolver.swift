/// YAML 1.1's rules for what a plain scalar means, as PyYAML has them and with the exceptions of Salt's loader: an
/// integer with leading zeros and no sign is decimal (`0644` is 644), and what looks like a date stays a string.
enum YAMLResolver {
  /// The tag of a plain scalar.
  static func tag(ofPlain text: String) -> String {
    guard let first = text.utf8.first else { return YAMLTag.null }
    switch first {
    case UInt8(ascii: "~") where text == "~": return YAMLTag.null
    case UInt8(ascii: "<") where text == "<<": return YAMLTag.merge
    case UInt8(ascii: "=") where text == "=": return YAMLTag.value
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return YAMLNumberPattern.tag(of: text) ?? YAMLTag.str
    default:
      guard text.utf8.count <= 5 else { return YAMLTag.str }
      if nullWords.contains(text) { return YAMLTag.null }
      return trueWords.contains(text) || falseWords.contains(text) ? YAMLTag.bool : YAMLTag.str
    }
  }

  /// What a scalar of this tag is; nil when its text does not fit the tag.
  static func value(of text: String, tag: String) -> Value? {
    switch tag {
    case YAMLTag.null: .null
    case YAMLTag.bool: bool(text)
    case YAMLTag.int: integer(text)
    case YAMLTag.float: float(text)
    case YAMLTag.binary: .bytes(Base64.decode(text.utf8).bytes)
    case YAMLTag.str, YAMLTag.unicode, YAMLTag.timestamp: .string(text)
    default: nil
    }
  }

  private static let nullWords: Set = ["null", "Null", "NULL"]
  private static let trueWords: Set = ["yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]
  private static let falseWords: Set = ["no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]

  private static func bool(_ text: String) -> Value? {
    switch text.lowercased() {
    case "yes", "true", "on": true
    case "no", "false", "off": false
    default: nil
    }
  }

  private static func integer(_ text: String) -> Value? {
    var digits = text[...]
    if digits.hasPrefix("0"), !digits.hasPrefix("0b"), !digits.hasPrefix("0x") {
      digits = digits.drop { $0 == "0" }
      if digits.isEmpty { return 0 }
    }
    let (negative, unsigned) = split(digits)
    if unsigned.hasPrefix("0b") { return number(unsigned.dropFirst(2), radix: 2, negative: negative) }
    if unsigned.hasPrefix("0x") { return number(unsigned.dropFirst(2), radix: 16, negative: negative) }
    if unsigned.hasPrefix("0") { return number(unsigned, radix: 8, negative: negative) }
    if unsigned.contains(":") {
      guard let total = sexagesimal(unsigned) else { return nil }
      return Int64(exactly: negative ? -total : total).map(Value.int) ?? .double(negative ? -total : total)
    }
    return number(unsigned, radix: 10, negative: negative)
  }

  private static func float(_ text: String) -> Value? {
    let (negative, unsigned) = split(text[...])
    let magnitude: Double?
    switch unsigned.lowercased() {
    case ".inf", "inf": magnitude = .infinity
    case ".nan", "nan": return .double(.nan)
    case _ where unsigned.contains(":"): magnitude = sexagesimal(unsigned)
    case _ where unsigned.utf8.allSatisfy(isDecimal): magnitude = Double(unsigned)
    default: magnitude = nil
    }
    return magnitude.map { .double(negative ? -$0 : $0) }
  }

  /// The sign, and the rest without the underscores that may group digits.
  private static func split(_ text: Substring) -> (negative: Bool, unsigned: String) {
    let plain = text.filter { $0 != "_" }
    guard let first = plain.first, first == "-" || first == "+" else { return (false, plain) }
    return (first == "-", String(plain.dropFirst()))
  }

  private static func number(_ digits: some StringProtocol, radix: Int, negative: Bool) -> Value? {
    // A second sign would be taken by the conversion.
    guard let first = digits.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return nil }
    if let number = Int64((negative ? "-" : "") + digits, radix: radix) { return .int(number) }
    var magnitude = 0.0
    if radix == 10 {
      guard digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Double(String(digits)) else { return nil }
      magnitude = number
    } else {
      for digit in digits {
        guard let value = digit.hexDigitValue, value < radix else { return nil }
        magnitude = magnitude * Double(radix) + Double(value)
      }
    }
    return .double(negative ? -magnitude : magnitude)
  }

  /// Digits with a point and an exponent, nothing that only Swift takes for a number.
  private static func isDecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
      UInt8(ascii: "+"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// `1:30` and `190:20:30.15` count in sixties.
  private static func sexagesimal(_ text: String) -> Double? {
    var total = 0.0
    for part in text.split(separator: ":", omittingEmptySubsequences: false) {
      guard part.utf8.allSatisfy(isDecimal), let digits = Double(part) else { return nil }
      total = total * 60 + digits
    }
    return total
  }
}
