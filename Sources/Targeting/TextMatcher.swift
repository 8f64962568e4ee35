import Value

/// The last part of a path pattern against one value's text, in any letter case.
enum TextMatcher: Sendable {
  enum Kind: Sendable { case glob, regex }

  case glob(Glob)
  case pattern(Pattern)
  /// A regular expression that cannot be: Salt takes it to match nothing.
  case nothing

  init(_ text: String, _ kind: Kind, at position: SourcePosition) {
    switch kind {
    case .glob: self = .glob(Glob(text, ignoresCase: true))
    case .regex:
      do {
        self = .pattern(try Pattern(text, ignoresCase: true, at: position))
      } catch {
        self = .nothing
      }
    }
  }

  func matches(_ value: Value) throws(TargetError) -> Bool {
    if case .string(let text) = value { return try matches(text) }
    return try matches(PythonText.str(value))
  }

  private func matches(_ text: String) throws(TargetError) -> Bool {
    switch self {
    case .glob(let glob): glob.matches(text)
    case .pattern(let pattern): try pattern.matches(text)
    case .nothing: false
    }
  }
}
