/// Cuts a template into tokens, with Jinja's control of the white space around tags.
struct Lexer {
  let bytes: [UInt8]
  let options: TemplateOptions
  let marks: TagMarks
  var position = 0
  var tokens: [Token] = []
  /// Whether the last thing read ended a line: only then is white space before a tag the start of a line.
  var isLineStart = true

  /// - Parameter source: with `\n` as its only line ends (`normalized`).
  init(_ source: [UInt8], _ options: TemplateOptions) {
    bytes = source
    self.options = options
    marks = TagMarks(options.delimiters)
  }

  /// `\r\n` and `\r` become `\n`; one line end at the end goes, unless it is to be kept.
  static func normalized(_ source: String, keepTrailingNewline: Bool) -> [UInt8] {
    var bytes: [UInt8] = Array(source.utf8)
    if bytes.contains(0x0d) {
      var output: [UInt8] = []
      output.reserveCapacity(bytes.count)
      for (index, byte) in bytes.enumerated() {
        if byte == 0x0d {
          output.append(0x0a)
        } else if byte != 0x0a || index == 0 || bytes[index - 1] != 0x0d {
          output.append(byte)
        }
      }
      bytes = output
    }
    if !keepTrailingNewline, bytes.last == 0x0a { bytes.removeLast() }
    return bytes
  }

  mutating func run() throws -> [Token] {
    while position < bytes.count {
      guard let tag = nextTag() else {
        emit(.data, String(decoding: bytes[position...], as: UTF8.self), at: position)
        break
      }
      if tag.kind == .block, let contentStart = rawBegin(tag.begin) {
        try readRaw(tag.begin, contentStart: contentStart)
        continue
      }
      let sign = byte(tag.end)
      let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
      emitData(from: position, to: tag.begin, sign: hasSign ? sign : nil, isVariable: tag.kind == .variable)
      position = tag.end + (hasSign ? 1 : 0)
      switch tag.kind {
      case .comment: try skipComment(tag.begin)
      case .lineComment:
        while let byte = byte(position), byte != 0x0a { position += 1 }
        isLineStart = false
      case .variable, .block, .lineStatement: try readTag(tag.begin, tag.kind)
      }
    }
    emit(.end, "", at: bytes.count)
    return tokens
  }

  mutating func emit(_ kind: Token.Kind, _ text: String, at offset: Int) {
    tokens.append(Token(kind: kind, text: text, offset: offset))
  }

  func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Text before a tag, without the white space that the tag takes away.
  private mutating func emitData(from start: Int, to end: Int, sign: UInt8?, isVariable: Bool) {
    var last = end
    if sign == UInt8(ascii: "-") {
      while last > start, Self.isSpace(bytes[last - 1]) { last -= 1 }
    } else if sign == nil, options.lstripBlocks, !isVariable {
      var lineStart = end
      while lineStart > start, bytes[lineStart - 1] != 0x0a { lineStart -= 1 }
      if lineStart > start || isLineStart, bytes[lineStart..<end].allSatisfy(Self.isSpace) { last = lineStart }
    }
    if last > start { emit(.data, String(decoding: bytes[start..<last], as: UTF8.self), at: start) }
  }

  /// The end of `{% raw %}` when that is what begins here.
  private func rawBegin(_ begin: Int) -> Int? {
    guard let afterName = skipKeyword("raw", from: begin) else { return nil }
    if byte(afterName) == UInt8(ascii: "-"), isBlockEnd(afterName + 1) {
      return skipSpace(afterName + 1 + marks.blockEnd.count)
    }
    return isBlockEnd(afterName) ? afterName + marks.blockEnd.count : nil
  }

  /// The place after `{%`, a sign, white space, the word and white space.
  private func skipKeyword(_ word: String, from begin: Int) -> Int? {
    guard has(marks.blockBegin, at: begin) else { return nil }
    var index = begin + marks.blockBegin.count
    if byte(index) == UInt8(ascii: "-") || byte(index) == UInt8(ascii: "+") { index += 1 }
    index = skipSpace(index)
    guard bytes[index...].starts(with: word.utf8) else { return nil }
    return skipSpace(index + word.utf8.count)
  }

  private mutating func readRaw(_ begin: Int, contentStart: Int) throws {
    let sign = byte(begin + marks.blockBegin.count)
    let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
    emitData(from: position, to: begin, sign: hasSign ? sign : nil, isVariable: false)
    isLineStart = byte(contentStart - 1) == 0x0a
    var index = contentStart
    while index < bytes.count {
      if let afterName = skipKeyword("endraw", from: index) {
        let endSign = byte(afterName)
        let isSigned = endSign == UInt8(ascii: "-") || endSign == UInt8(ascii: "+")
        let end = isSigned ? afterName + 1 : afterName
        if isBlockEnd(end) {
          let sign = byte(index + marks.blockBegin.count)
          let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
          emitData(from: contentStart, to: index, sign: hasSign ? sign : nil, isVariable: false)
          finishTag(end + marks.blockEnd.count, sign: isSigned ? endSign : nil, trims: true)
          return
        }
      }
      index += 1
    }
    throw PlacedFailure("Missing end of raw directive", at: begin, hint: "it ends with {% endraw %}")
  }

  private mutating func skipComment(_ begin: Int) throws {
    var index = position
    while index < bytes.count {
      if has(marks.commentEnd, at: index) {
        let sign = index > position ? bytes[index - 1] : nil
        let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
        finishTag(index + marks.commentEnd.count, sign: isSigned ? sign : nil, trims: true)
        return
      }
      index += 1
    }
    throw PlacedFailure(
      "Missing end of comment tag", at: begin,
      hint: "'{#' opens a comment, also within ${#x}; write {{ '{#' }} or use {% raw %} for the characters themselves")
  }

  /// Goes on after a tag, with the white space that the tag takes away.
  mutating func finishTag(_ end: Int, sign: UInt8?, trims: Bool) {
    position = end
    if sign == UInt8(ascii: "-") {
      position = skipSpace(end)
    } else if sign == nil, trims, options.trimBlocks, byte(end) == 0x0a {
      position = end + 1
    }
    isLineStart = byte(position - 1) == 0x0a
  }

  func isBlockEnd(_ index: Int) -> Bool { has(marks.blockEnd, at: index) }

  func has(_ mark: [UInt8], at index: Int) -> Bool {
    guard index + mark.count <= bytes.count else { return false }
    for (offset, byte) in mark.enumerated() where bytes[index + offset] != byte { return false }
    return true
  }

  func skipSpace(_ start: Int) -> Int {
    var index = start
    while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
    return min(index, bytes.count)
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d ~= byte) || (0x1c...0x1f ~= byte) }
}
