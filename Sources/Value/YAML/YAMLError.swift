/// What is wrong with a YAML text, where, and how to put it right.
public struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column in characters, from 1.
  public let column: Int
  /// What is wrong, in one sentence without a full stop.
  public let message: String
  /// What to do about it; nil when there is no better advice than the message.
  public let advice: String?
  /// The line itself.
  public let sourceLine: String

  public init(file: String, line: Int, column: Int, message: String, advice: String? = nil, sourceLine: String = "") {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.advice = advice
    self.sourceLine = sourceLine
  }

  /// The place, the message, the line with a caret under the place, and the advice.
  public var description: String { "\(file):\(line):\(column): \(details)" }

  /// The same without the place, for those who name it themselves.
  public var details: String {
    var text = message
    if !sourceLine.isEmpty {
      // Tabs before the caret are kept, so that it stands under its character whatever a tab is worth.
      let lead = sourceLine.unicodeScalars.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      text += "\n  \(sourceLine)\n  \(lead)^"
    }
    if let advice { text += "\n\(advice)" }
    return text
  }
}
