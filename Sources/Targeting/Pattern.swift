/// A regular expression, anchored at the start only, as Python's `re.match` and so Salt's `-E` are.
///
/// Compiled once by PCRE2 with a limit on the steps of a match: a pattern that backtracks without end is an error,
/// never a silent "no".
public struct Pattern: Sendable {
  /// The pattern as it was given.
  public let text: String
  private let position: SourcePosition
  private let ignoresCase: Bool
  private let compiled: CompiledPattern

  /// - Parameter ignoresCase: pattern and text are both made lower case, as Salt does for grains. The pattern whole:
  ///   `\S` becomes `\s`, as it does there.
  public init(_ text: String, ignoresCase: Bool = false) throws(TargetError) {
    try self.init(text, ignoresCase: ignoresCase, at: SourcePosition(text: text, column: 1))
  }

  init(_ text: String, ignoresCase: Bool = false, at position: SourcePosition) throws(TargetError) {
    guard text.utf8.count <= TargetLimits.patternBytes else {
      throw TargetError(.tooLarge, "A pattern is at most \(TargetLimits.patternBytes) bytes.", at: position)
    }
    self.text = text
    self.ignoresCase = ignoresCase
    self.position = position
    let translated = PatternTranslation(ignoresCase ? text.lowercased() : text)
    do {
      compiled = try CompiledPattern(translated.text)
    } catch {
      throw TargetError(
        .badPattern, "This regular expression is not valid: \(error.message).",
        at: position.advanced(by: translated.column(ofByte: error.offset)))
    }
  }

  /// Whether the text begins with what the pattern describes.
  ///
  /// - Throws: `TargetError.Code.matchLimit`.
  public func matches(_ text: String) throws(TargetError) -> Bool {
    switch compiled.matches(ignoresCase && Self.needsLowering(text) ? text.lowercased() : text) {
    case .success(let result):
      return result
    case .failure(let failure):
      throw TargetError(
        .matchLimit,
        "This regular expression takes too many steps on a text of \(text.utf8.count) bytes "
          + "(\(failure.message)); write it without repeats inside repeats.", at: position)
    }
  }

  private static func needsLowering(_ text: String) -> Bool {
    text.utf8.contains { $0 &- 0x41 < 26 || $0 >= 0x80 }
  }
}
