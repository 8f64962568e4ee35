import Value

/// Breaks a paragraph into lines of a width, as Python's `textwrap` does.
struct TextWrapping {
  let width: Int
  let breaksLongWords: Bool
  let breaksOnHyphens: Bool

  func lines(_ text: [Unicode.Scalar]) -> [String] {
    var chunks = Array(chunks(of: text).reversed())
    var lines: [String] = []
    while let next = chunks.last {
      var line: [ArraySlice<Unicode.Scalar>] = []
      var length = 0
      if Self.isSpace(next), !lines.isEmpty { chunks.removeLast() }
      while let chunk = chunks.last, length + chunk.count <= width {
        line.append(chunk)
        length += chunk.count
        chunks.removeLast()
      }
      if let chunk = chunks.last, chunk.count > width {
        if breaksLongWords {
          let end = chunk.startIndex + breakPosition(of: chunk, room: width - length)
          line.append(chunk[..<end])
          chunks[chunks.count - 1] = chunk[end...]
        } else if line.isEmpty {
          line.append(chunk)
          chunks.removeLast()
        }
      }
      if let last = line.last, Self.isSpace(last) { line.removeLast() }
      if !line.isEmpty { lines.append(String(String.UnicodeScalarView(line.joined()))) }
    }
    return lines
  }

  /// How much of a long word goes into the room that is left: up to a hyphen when there is one.
  private func breakPosition(of chunk: ArraySlice<Unicode.Scalar>, room: Int) -> Int {
    let room = max(room, 0)
    guard breaksOnHyphens, chunk.count > room, let hyphen = chunk.prefix(room).lastIndex(of: "-"),
      hyphen > chunk.startIndex, chunk[..<hyphen].contains(where: { $0 != "-" })
    else { return room }
    return hyphen - chunk.startIndex + 1
  }

  /// Spaces, words, and the parts of words that a line may end in.
  private func chunks(of text: [Unicode.Scalar]) -> [ArraySlice<Unicode.Scalar>] {
    var chunks: [ArraySlice<Unicode.Scalar>] = []
    var index = 0
    while index < text.count {
      let start = index
      if Self.isWhite(text[index]) {
        while index < text.count, Self.isWhite(text[index]) { index += 1 }
      } else {
        while index < text.count, !Self.isWhite(text[index]) {
          index += 1
          if breaksOnHyphens, index < text.count, isBreak(text, start: start, at: index) { break }
        }
      }
      chunks.append(text[start..<index])
    }
    return chunks
  }

  /// Whether a word may be broken before `index`: after a hyphen between letters, and around dashes.
  private func isBreak(_ text: [Unicode.Scalar], start: Int, at index: Int) -> Bool {
    func scalar(_ position: Int) -> Unicode.Scalar? { text.indices.contains(position) ? text[position] : nil }
    func isLetter(_ position: Int) -> Bool { scalar(position).map(Self.isLetter) ?? false }
    func isWord(_ position: Int) -> Bool { scalar(position).map(Self.isWordOrPunctuation) ?? false }
    if scalar(index - 1) == "-" {
      let isAfterWord = isLetter(index - 2) && isLetter(index - 3)
      let isAfterPart = isWord(index - 2) && scalar(index - 3) == "-" && isLetter(index - 4)
      let isBeforeWord = isLetter(index) && (isLetter(index + 1) || scalar(index + 1) == "-" && isLetter(index + 2))
      if isAfterWord || isAfterPart, isBeforeWord { return true }
    }
    // Before a dash of several hyphens, and after one.
    if scalar(index) == "-", scalar(index + 1) == "-", isWord(index - 1), scalar(index - 1) != "-" {
      var end = index
      while scalar(end) == "-" { end += 1 }
      return scalar(end).map { $0 == "_" || Self.isAlphanumeric($0) } ?? false
    }
    if scalar(index - 1) == "-", scalar(start) == "-", start > 0, isWord(start - 1), index - start >= 2 {
      return text[start..<index].allSatisfy { $0 == "-" } && (scalar(index).map(Self.isAlphanumeric) ?? false)
    }
    return false
  }

  private static func isSpace(_ chunk: ArraySlice<Unicode.Scalar>) -> Bool { chunk.allSatisfy(PythonText.isSpace) }

  private static func isWhite(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || 0x09...0x0d ~= scalar.value }

  private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar == "_" || scalar.properties.isAlphabetic }

  private static func isWordOrPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || isAlphanumeric(scalar) || "!\"'&.,?".unicodeScalars.contains(scalar)
  }
}
