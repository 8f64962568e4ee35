extension Lexer {
  /// The next tag: what kind it is, where the text before it ends, and where its mark ends.
  func nextTag() -> (kind: TagMarks.Kind, begin: Int, end: Int)? {
    var index = position
    while index < bytes.count {
      if marks.isFirst[Int(bytes[index])] {
        for (kind, mark) in marks.begins {
          if let end = end(of: mark, kind, at: index) { return (kind, index, end) }
        }
      }
      index += 1
    }
    return nil
  }

  private func end(of mark: [UInt8], _ kind: TagMarks.Kind, at index: Int) -> Int? {
    var start = index
    switch kind {
    case .variable, .block, .comment: break
    case .lineStatement, .lineComment:
      let isAtStart = index == 0 || bytes[index - 1] == 0x0a
      guard isAtStart || (kind == .lineComment && !Self.isSpace(bytes[index - 1])) else { return nil }
      while let byte = byte(start), byte == 0x20 || byte == 0x09 || byte == 0x0b { start += 1 }
    }
    return has(mark, at: start) ? start + mark.count : nil
  }

  /// The end of a line statement, when only white space is left of its line: lines without anything after it go with it.
  func lineEnd() -> Int? {
    let end = skipSpace(position)
    if end == bytes.count { return end }
    return bytes[position..<end].lastIndex(of: 0x0a).map { $0 + 1 }
  }
}
