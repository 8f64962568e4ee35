/// A word of a compound expression, with the place it came from.
struct CompoundWord: Sendable {
  enum Role: Sendable, Equatable {
    case and, or, not, open, close
    /// A test on the minion.
    case term
    /// What an empty nodegroup leaves: a test that no minion passes.
    case nobody
  }

  var role: Role
  var text: String
  var position: SourcePosition

  init(_ text: String, at position: SourcePosition) {
    self.text = text
    self.position = position
    role =
      switch text {
      case "and": .and
      case "or": .or
      case "not": .not
      case "(": .open
      case ")": .close
      default: .term
      }
  }

  init(_ role: Role, _ text: String, at position: SourcePosition) {
    self.role = role
    self.text = text
    self.position = position
  }
}
