import Value

extension StringMethods {
  func splitting(_ name: String, _ arguments: TemplateArguments) throws -> TemplateValue? {
    switch name {
    case "split", "rsplit":
      let bound = try arguments.bind(name, .optional("sep"), .optional("maxsplit", .int(-1)))
      let limit = try evaluation.integer(bound[1])
      let most = limit < 0 ? Int.max : limit
      guard !bound[0].isNone else { return list(bySpace(name == "rsplit", most)) }
      let separator = Array(try evaluation.string(bound[0], "sep").utf8)
      guard !separator.isEmpty else { throw TemplateFailure(.operation, "empty separator") }
      return list(try by(separator, name == "rsplit", most))
    case "splitlines":
      let bound = try arguments.bind(name, .optional("keepends", .bool(false)))
      return list(lines(keepingEnds: try evaluation.isTrue(bound[0])))
    case "partition", "rpartition":
      let separator = Array(try evaluation.string(try arguments.bind(name, .required("sep"))[0], "sep").utf8)
      guard !separator.isEmpty else { throw TemplateFailure(.operation, "empty separator") }
      let bytes = Array(receiver.utf8)
      let isLast = name == "rpartition"
      let index =
        isLast
        ? ByteSearch.lastIndex(of: separator, in: bytes, before: bytes.count)
        : ByteSearch.firstIndex(of: separator, in: bytes, from: 0)
      guard let index else { return tuple(isLast ? ["", "", receiver] : [receiver, "", ""]) }
      return tuple([text(bytes[..<index]), text(separator[...]), text(bytes[(index + separator.count)...])])
    default: return nil
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
  private func value(_ text: String) -> TemplateValue { isMarkup ? .markup(text) : .string(text) }
  private func list(_ texts: [String]) -> TemplateValue { .list(TemplateList(texts.map(value))) }
  private func tuple(_ texts: [String]) -> TemplateValue { .tuple(texts.map(value)) }

  private func by(_ separator: [UInt8], _ fromEnd: Bool, _ most: Int) throws -> [String] {
    let bytes = Array(receiver.utf8)
    var parts: [String] = []
    if fromEnd {
      var end = bytes.count
      while parts.count < most, let index = ByteSearch.lastIndex(of: separator, in: bytes, before: end) {
        parts.append(text(bytes[(index + separator.count)..<end]))
        end = index
      }
      parts.append(text(bytes[..<end]))
      parts.reverse()
    } else {
      var start = 0
      while parts.count < most, let index = ByteSearch.firstIndex(of: separator, in: bytes, from: start) {
        parts.append(text(bytes[start..<index]))
        start = index + separator.count
      }
      parts.append(text(bytes[start...]))
    }
    try evaluation.charge(parts.count)
    try evaluation.claim(parts.count, times: 32)
    return parts
  }

  private func bySpace(_ fromEnd: Bool, _ most: Int) -> [String] {
    var scalars = Array(receiver.unicodeScalars)
    if fromEnd { scalars.reverse() }
    var parts: [[Unicode.Scalar]] = []
    var position = 0
    while true {
      while position < scalars.count, PythonText.isSpace(scalars[position]) { position += 1 }
      guard position < scalars.count else { break }
      if parts.count == most {
        // What is left is kept with the space at its end.
        parts.append(Array(scalars[position...]))
        break
      }
      var end = position
      while end < scalars.count, !PythonText.isSpace(scalars[end]) { end += 1 }
      parts.append(Array(scalars[position..<end]))
      position = end
    }
    let texts = parts.map { part in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: fromEnd ? part.reversed() : part)
      return String(view)
    }
    return fromEnd ? texts.reversed() : texts
  }

  private func lines(keepingEnds: Bool) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var scalars = receiver.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\n", "\r", "\u{b}", "\u{c}", "\u{1c}", "\u{1d}", "\u{1e}", "\u{85}", "\u{2028}", "\u{2029}":
        if keepingEnds { line.append(scalar) }
        if scalar == "\r", scalars.first == "\n" {
          scalars.removeFirst()
          if keepingEnds { line.append("\n") }
        }
        lines.append(String(line))
        line = String.UnicodeScalarView()
      default: line.append(scalar)
      }
    }
    if !line.isEmpty { lines.append(String(line)) }
    return lines
  }
}
