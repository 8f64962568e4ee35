/// A replacement as Python's `re.sub` reads it: text, and groups by number or name.
struct ReplacementTemplate: Sendable {
  private enum Part: Sendable {
    case text(String)
    case group(Int)
  }

  private var parts: [Part] = []
  private var pending = ""

  init(_ template: String, of expression: RegularExpression) throws(RegularExpressionError) {
    let scalars = Array(template.unicodeScalars)
    var reader = Reader(scalars: scalars, template: template)
    while let scalar = reader.next() {
      if scalar == "\\" { try readEscape(&reader, expression) } else { pending.unicodeScalars.append(scalar) }
    }
    flush()
  }

  func text(for match: RegularExpressionMatch) -> String {
    var output = ""
    for part in parts {
      switch part {
      case .text(let text): output += text
      case .group(let number): output += match[number] ?? ""
      }
    }
    return output
  }

  private struct Reader {
    let scalars: [Unicode.Scalar]
    let template: String
    var index = 0

    var peeked: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    mutating func next() -> Unicode.Scalar? {
      guard let scalar = peeked else { return nil }
      index += 1
      return scalar
    }

    mutating func next(where condition: (Unicode.Scalar) -> Bool) -> Unicode.Scalar? {
      guard let scalar = peeked, condition(scalar) else { return nil }
      index += 1
      return scalar
    }

    func error(_ message: String, at column: Int) -> RegularExpressionError {
      RegularExpressionError(.badTemplate, "\(message) in the replacement", pattern: template, column: column)
    }
  }

  private mutating func flush() {
    if !pending.isEmpty { parts.append(.text(pending)) }
    pending = ""
  }

  private mutating func readEscape(
    _ reader: inout Reader, _ expression: RegularExpression
  ) throws(RegularExpressionError) {
    let column = reader.index
    guard let letter = reader.next() else { throw reader.error("bad escape (end of pattern)", at: column) }
    switch letter {
    case "g": try append(group: readName(&reader, expression, column), reader, expression, column)
    case "0":
      var value: UInt32 = 0
      for _ in 0..<2 {
        guard let digit = reader.next(where: Self.isOctal) else { break }
        value = value * 8 + digit.value - 0x30
      }
      pending.unicodeScalars.append(Unicode.Scalar(UInt8(value & 0xFF)))
    case "1"..."9": try readNumber(letter, &reader, expression, column)
    case "a": pending.unicodeScalars.append("\u{07}")
    case "b": pending.unicodeScalars.append("\u{08}")
    case "f": pending.unicodeScalars.append("\u{0C}")
    case "n": pending.unicodeScalars.append("\n")
    case "r": pending.unicodeScalars.append("\r")
    case "t": pending.unicodeScalars.append("\t")
    case "v": pending.unicodeScalars.append("\u{0B}")
    case "\\": pending.unicodeScalars.append("\\")
    case "a"..."z", "A"..."Z": throw reader.error("bad escape \\\(letter)", at: column)
    default:
      pending.unicodeScalars.append("\\")
      pending.unicodeScalars.append(letter)
    }
  }

  /// One or two digits are a group; three octal ones are a character.
  private mutating func readNumber(
    _ first: Unicode.Scalar, _ reader: inout Reader, _ expression: RegularExpression, _ column: Int
  ) throws(RegularExpressionError) {
    var number = Int(first.value) - 0x30
    if let second = reader.next(where: { ("0"..."9").contains($0) }) {
      if Self.isOctal(first), Self.isOctal(second), let third = reader.next(where: Self.isOctal) {
        let value = (first.value - 0x30) * 64 + (second.value - 0x30) * 8 + third.value - 0x30
        guard let byte = UInt8(exactly: value) else {
          throw reader.error("octal escape value \\\(String(value, radix: 8)) outside of range 0-0o377", at: column)
        }
        pending.unicodeScalars.append(Unicode.Scalar(byte))
        return
      }
      number = number * 10 + Int(second.value) - 0x30
    }
    try append(group: number, reader, expression, column)
  }

  /// `\g<name>` and `\g<1>`.
  private func readName(
    _ reader: inout Reader, _ expression: RegularExpression, _ column: Int
  ) throws(RegularExpressionError) -> Int {
    guard reader.next(where: { $0 == "<" }) != nil else { throw reader.error("missing <", at: column) }
    var name = ""
    while let scalar = reader.next(), scalar != ">" { name.unicodeScalars.append(scalar) }
    guard !name.isEmpty else { throw reader.error("missing group name", at: column) }
    guard reader.index <= reader.scalars.count, reader.scalars[reader.index - 1] == ">" else {
      throw reader.error("missing >, unterminated name", at: column)
    }
    if name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      guard let number = Int(name) else { throw reader.error("invalid group reference \(name)", at: column) }
      return number
    }
    guard let number = expression.number(ofGroup: name) else {
      throw reader.error("unknown group name '\(name)'", at: column)
    }
    return number
  }

  private mutating func append(
    group number: Int, _ reader: Reader, _ expression: RegularExpression, _ column: Int
  ) throws(RegularExpressionError) {
    guard number <= expression.groupCount else {
      throw reader.error("invalid group reference \(number)", at: column)
    }
    flush()
    parts.append(.group(number))
  }

  private static func isOctal(_ scalar: Unicode.Scalar) -> Bool { ("0"..."7").contains(scalar) }
}
