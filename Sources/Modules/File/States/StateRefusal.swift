import Value

/// Thrown where a state ends with `result: False`: its comment, and what was changed until then.
struct StateRefusal: Error, Sendable {
  var comment: String
  var changes: ValueMap = [:]

  /// The comment is said as it is; others get words before it (`Unable to manage file: …`).
  var isWhole = false

  init(_ comment: String, changes: ValueMap = [:], isWhole: Bool = false) {
    self.comment = comment
    self.changes = changes
    self.isWhole = isWhole
  }

  /// The refusal with words before its comment.
  func prefixed(_ words: String) -> StateRefusal {
    isWhole ? self : StateRefusal(words + comment, changes: changes)
  }
}
