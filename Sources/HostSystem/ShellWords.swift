/// Splits a command line into words by the quoting rules of the POSIX shell, and nothing else of the shell: no
/// variables, no globs, no pipes, no comments.
public enum ShellWords {
  /// - Throws: `ShellWordsError` for a quote that is not closed or a backslash at the end.
  public static func split(_ line: String) throws(ShellWordsError) -> [String] {
    var words: [String] = []
    var word: String.UnicodeScalarView?
    var scalars = line.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      switch scalar {
      case " ", "\t", "\n", "\r":
        if let finished = word { words.append(String(finished)) }
        word = nil
      case "'":
        var text = word ?? String.UnicodeScalarView()
        while true {
          guard let next = scalars.next() else { throw .unclosed("'") }
          if next == "'" { break }
          text.append(next)
        }
        word = text
      case "\"": word = try quoted(&scalars, word ?? String.UnicodeScalarView())
      case "\\":
        guard let next = scalars.next() else { throw .trailingBackslash }
        // A backslash before the end of a line joins the lines.
        if next != "\n" { word = (word ?? String.UnicodeScalarView()) + [next] }
      default: word = (word ?? String.UnicodeScalarView()) + [scalar]
      }
    }
    if let word { words.append(String(word)) }
    return words
  }

  /// Between double quotes a backslash is taken away only before what it protects there.
  private static func quoted(
    _ scalars: inout String.UnicodeScalarView.Iterator, _ text: String.UnicodeScalarView
  ) throws(ShellWordsError) -> String.UnicodeScalarView {
    var text = text
    while let scalar = scalars.next() {
      if scalar == "\"" { return text }
      guard scalar == "\\" else {
        text.append(scalar)
        continue
      }
      guard let next = scalars.next() else { break }
      switch next {
      case "\n": break
      case "\"", "\\", "$", "`": text.append(next)
      default:
        text.append(scalar)
        text.append(next)
      }
    }
    throw .unclosed("\"")
  }
}
