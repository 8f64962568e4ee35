/// The text that is read, for errors that show the line.
struct YAMLSource {
  let text: String
  let file: String

  func line(_ number: Int) -> String {
    guard number > 0 else { return "" }
    var rest = text.utf8[...]
    for _ in 1..<number {
      guard let end = rest.firstIndex(of: 0x0a) else { return "" }
      rest = rest[rest.index(after: end)...]
    }
    let line = rest.prefix { $0 != 0x0a && $0 != 0x0d }
    return Self.printable(String(decoding: line.prefix(200), as: UTF8.self))
  }

  /// Errors are printed on terminals: what would steer one becomes U+FFFD.
  private static func printable(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 && scalar != "\t" || 0x7f...0x9f ~= scalar.value
      output.append(isControl ? "\u{fffd}" : scalar)
    }
    return String(output)
  }

  func error(_ message: String, at mark: YAMLMark, advice: String? = nil) -> YAMLError {
    YAMLError(
      file: file, line: mark.line, column: mark.column, message: Self.printable(message), advice: advice,
      sourceLine: line(mark.line))
  }

  /// A fault that libyaml found, in words that say what to look for.
  func explain(_ failure: YAMLEventStream.Failure) -> YAMLError {
    let line = line(failure.mark.line)
    let before = line.unicodeScalars.prefix(failure.mark.column - 1)
    let stopsAt = line.unicodeScalars.dropFirst(failure.mark.column - 1).first
    if stopsAt == "\t" || before.allSatisfy({ $0 == " " || $0 == "\t" }) && before.contains("\t") {
      return error("a tab stands where YAML takes only spaces", at: failure.mark, advice: "Indent with spaces.")
    }
    if failure.context.hasPrefix("while scanning a quoted scalar"), let start = failure.contextMark {
      return error(
        "the quote that opens here is not closed", at: start,
        advice: "Close it; within '…' a quote is written twice, within \"…\" as \\\".")
    }
    switch (failure.context, failure.problem) {
    case ("while scanning a simple key", _):
      let start = failure.contextMark ?? failure.mark
      return error(
        "no ':' follows this key", at: start,
        advice: "Write 'key: value' with a space after the colon, or '- ' before an element of a list.")
    case (_, "mapping values are not allowed in this context"):
      return error(
        failure.problem, at: failure.mark,
        advice: "Look for a text with ': ' in it that needs quotes, a missing ':' on the line above, or a wrong "
          + "indentation.")
    case ("while scanning an alias", _):
      return error(
        "'*' begins the name of an alias, and none follows", at: failure.mark,
        advice: "Text that begins with '*' stands in quotes: '*'.")
    case (_, "found character that cannot start any token"):
      return error(
        "a value cannot begin with '\(stopsAt.map { String(Character($0)) } ?? "")'", at: failure.mark,
        advice: "Put the value in quotes.")
    case (_, "did not find expected key"):
      return error(
        "expected a key of the map that begins at line \(failure.contextMark?.line ?? 1)", at: failure.mark,
        advice: "Keys of one map stand in one column. An unclosed quote above has the same effect.")
    case (_, "did not find expected '-' indicator"):
      return error(
        "expected '- ', as in the list that begins at line \(failure.contextMark?.line ?? 1)", at: failure.mark,
        advice: "Elements of one list stand in one column.")
    case (_, "did not find expected ',' or ']'"), (_, "did not find expected ',' or '}'"):
      let start = failure.contextMark.map { " (it opens at line \($0.line), column \($0.column))" } ?? ""
      return error("\(failure.problem)\(start)", at: failure.mark, advice: "Close the bracket, or add a comma.")
    case ("", let problem): return error(problem, at: failure.mark)
    case (let context, let problem): return error("\(problem) \(context)", at: failure.mark)
    }
  }
}
