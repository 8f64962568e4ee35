/// Why a template could not be rendered, and where.
public struct TemplateError: Error, Sendable, Hashable, CustomStringConvertible {
  public let code: TemplateFailure.Code
  /// One sentence, without a full stop where it is ours; Jinja's or Python's own words where they have some.
  public let message: String
  public let hint: String?
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column in characters, from 1.
  public let column: Int
  /// The line itself, at most 200 characters of it.
  public let sourceLine: String
  /// What led there, the innermost first: macros that were called, templates that were included or imported.
  public internal(set) var chain: [Step]

  /// One step on the way to the error.
  public struct Step: Sendable, Hashable {
    /// `macro 'name'`, `import of 'map.jinja'`…
    public let what: String
    /// Where it was called.
    public let file: String
    public let line: Int
    public let column: Int
  }

  init(_ failure: TemplateFailure, in template: Template, at offset: Int) {
    self.init(failure, file: template.file, place: template.place(at: offset))
  }

  init(_ failure: TemplateFailure, file: String, place: (line: Int, column: Int, text: String)) {
    code = failure.code
    message = failure.message
    hint = failure.hint
    self.file = file
    line = place.line
    column = place.column
    sourceLine = place.text
    chain = []
  }

  /// `file:line:column: message`, the line with a caret, the hint, and the way there.
  public var description: String {
    var text = "\(file):\(line):\(column): \(message)"
    if !sourceLine.isEmpty {
      let lead = sourceLine.unicodeScalars.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      text += "\n  \(sourceLine)\n  \(lead)^"
    }
    if let hint { text += "\n\(hint)" }
    for step in chain { text += "\nin \(step.what), from \(step.file):\(step.line):\(step.column)" }
    return text
  }
}
