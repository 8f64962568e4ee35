extension Lexer {
  /// Reads what stands within `{{ … }}` or `{% … %}`.
  mutating func readTag(_ begin: Int, _ kind: TagMarks.Kind) throws {
    let isVariable = kind == .variable
    emit(isVariable ? .variableBegin : .blockBegin, "", at: begin)
    var closers: [UInt8] = []
    while true {
      if kind == .lineStatement, closers.isEmpty, let end = lineEnd() {
        emit(.blockEnd, "", at: position)
        isLineStart = end > position
        position = end
        return
      }
      position = skipSpace(position)
      guard let first = byte(position) else {
        throw PlacedFailure(
          "unexpected end of template, expected '\(isVariable ? "end of print statement" : "end of statement block")'.",
          at: begin, hint: "the tag that opens here is not closed")
      }
      if kind != .lineStatement, closers.isEmpty, let (end, sign) = tagEnd(isVariable) {
        emit(isVariable ? .variableEnd : .blockEnd, "", at: position)
        finishTag(end, sign: sign, trims: !isVariable)
        return
      }
      switch first {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
      case UInt8(ascii: "'"), UInt8(ascii: "\""): try readString(quote: first)
      case _ where Self.isNameStart(first): readName()
      default: try readSymbol(first, &closers)
      }
    }
  }

  private func tagEnd(_ isVariable: Bool) -> (end: Int, sign: UInt8?)? {
    let mark = isVariable ? marks.variableEnd : marks.blockEnd
    if has(mark, at: position) { return (position + mark.count, nil) }
    let sign = byte(position)
    if sign == UInt8(ascii: "-") || (sign == UInt8(ascii: "+") && !isVariable), has(mark, at: position + 1) {
      return (position + 1 + mark.count, sign)
    }
    return nil
  }

  static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }

  private mutating func readName() {
    let start = position
    while let byte = byte(position), Self.isNameStart(byte) || Self.isDigit(byte) { position += 1 }
    emit(.name, String(decoding: bytes[start..<position], as: UTF8.self), at: start)
  }

  /// The end of digits that single underscores may part.
  private func digits(from start: Int, _ isDigit: (UInt8) -> Bool) -> Int {
    var index = start
    while let byte = byte(index) {
      if isDigit(byte) {
        index += 1
      } else if byte == UInt8(ascii: "_"), index > start, let next = self.byte(index + 1), isDigit(next) {
        index += 2
      } else {
        break
      }
    }
    return index
  }

  private mutating func readNumber() throws {
    let start = position
    let decimal: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
    if bytes[start] == UInt8(ascii: "0"), let (radix, isDigit) = radix(byte(start + 1)) {
      var first = start + 2
      if byte(first) == UInt8(ascii: "_") { first += 1 }
      let end = digits(from: first, isDigit)
      if end > first { return try emitInteger(bytes[first..<end], radix: radix, at: start, end: end) }
    }
    var end = digits(from: start, decimal)
    var isFloat = false
    let followsDot = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
    if !followsDot {
      if byte(end) == UInt8(ascii: "."), Self.isDigit(byte(end + 1)) {
        end = digits(from: end + 1, decimal)
        isFloat = true
      }
      if let exponent = byte(end), exponent | 0x20 == UInt8(ascii: "e") {
        let sign = byte(end + 1)
        let first = end + (sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? 2 : 1)
        if Self.isDigit(byte(first)) {
          end = digits(from: first, decimal)
          isFloat = true
        }
      }
    }
    if isFloat {
      let text = String(decoding: bytes[start..<end].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
      emit(.float, text, at: start)
      position = end
      return
    }
    // As in Python, a number that begins with zero has nothing but zeros.
    if bytes[start] == UInt8(ascii: "0") { end = digits(from: start) { $0 == UInt8(ascii: "0") } }
    try emitInteger(bytes[start..<end], radix: 10, at: start, end: end)
  }

  private func radix(_ mark: UInt8?) -> (Int, (UInt8) -> Bool)? {
    switch mark.map({ $0 | 0x20 }) {
    case UInt8(ascii: "b"): (2, { $0 == 0x30 || $0 == 0x31 })
    case UInt8(ascii: "o"): (8, { (0x30...0x37).contains($0) })
    case UInt8(ascii: "x"): (16, { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) })
    default: nil
    }
  }

  private mutating func emitInteger(_ digits: ArraySlice<UInt8>, radix: Int, at start: Int, end: Int) throws {
    let text = String(decoding: digits.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    guard let number = Int64(text, radix: radix) else {
      throw PlacedFailure("the number does not fit in 64 bits", at: start)
    }
    emit(.integer, String(number), at: start)
    position = end
  }

  private mutating func readSymbol(_ first: UInt8, _ closers: inout [UInt8]) throws {
    let pair = byte(position + 1).map { [first, $0] } ?? [first]
    let double = String(decoding: pair, as: UTF8.self)
    if ["//", "**", "==", "!=", ">=", "<="].contains(double) {
      emit(.symbol, double, at: position)
      position += 2
      return
    }
    switch first {
    case UInt8(ascii: "("): closers.append(UInt8(ascii: ")"))
    case UInt8(ascii: "["): closers.append(UInt8(ascii: "]"))
    case UInt8(ascii: "{"): closers.append(UInt8(ascii: "}"))
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      let symbol = Character(Unicode.Scalar(first))
      guard let expected = closers.popLast() else {
        throw PlacedFailure("unexpected '\(symbol)'", at: position)
      }
      guard expected == first else {
        throw PlacedFailure(
          "unexpected '\(symbol)', expected '\(Character(Unicode.Scalar(expected)))'", at: position)
      }
    default:
      guard "+-/*%~><=.:|,;".utf8.contains(first) else {
        throw PlacedFailure("unexpected char '\(Character(Unicode.Scalar(first)))'", at: position)
      }
    }
    emit(.symbol, String(Character(Unicode.Scalar(first))), at: position)
    position += 1
  }
}
