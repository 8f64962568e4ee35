/// A target as a tree. A chain of `and` or of `or` is one flat node, so that only parentheses deepen it.
indirect enum TargetExpression: Sendable {
  case term(TargetTerm)
  case not(TargetExpression)
  case every([TargetExpression])
  case any([TargetExpression])

  func matches(_ subject: TargetSubject) throws(TargetError) -> Bool {
    switch self {
    case .term(let term):
      return try term.matches(subject)
    case .not(let inner):
      return try !inner.matches(subject)
    case .every(let parts):
      for part in parts where try !part.matches(subject) { return false }
      return true
    case .any(let parts):
      for part in parts where try part.matches(subject) { return true }
      return false
    }
  }

  /// Whether a term satisfies the predicate.
  func contains(_ predicate: (TargetTerm) -> Bool) -> Bool {
    switch self {
    case .term(let term): predicate(term)
    case .not(let inner): inner.contains(predicate)
    case .every(let parts), .any(let parts): parts.contains { $0.contains(predicate) }
    }
  }
}
