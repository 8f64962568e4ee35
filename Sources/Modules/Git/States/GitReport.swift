import Functions
import OrderedCollections
import Value

/// What a state of git has done so far, and the words it ends with.
struct GitReport: Sendable {
  let isTest: Bool
  var changes: ValueMap = [:]
  var comments: [String] = []
  var warnings: [String] = []

  init(isTest: Bool) { self.isTest = isTest }

  /// Joined as Salt does: a full stop after the last only where there are several.
  static func joined(_ comments: [String]) -> String {
    comments.joined(separator: ". ") + (comments.count > 1 ? "." : "")
  }

  func done(_ comment: String? = nil) -> StateResult {
    StateResult(true, comment ?? Self.joined(comments), changes: changes, warnings: warnings)
  }

  func failed(_ comment: String) -> StateResult {
    let made = comments.isEmpty ? "" : "\n\nChanges already made: " + Self.joined(comments)
    return StateResult(false, comment + made, changes: changes, warnings: warnings)
  }

  func planned(_ comment: String) -> StateResult { StateResult(nil, comment, changes: changes, warnings: warnings) }

  func upToDate(_ target: String, actions: [String]? = nil, hasLocalChanges: Bool = false) -> StateResult {
    var comment = "Repository \(target) is up-to-date"
    if hasLocalChanges {
      comment +=
        ", but with uncommitted changes. Set 'force_reset' to True to purge uncommitted changes."
    }
    let made = actions ?? comments
    if !made.isEmpty { comment += "\n\nChanges \(isTest ? "that would be " : "")made: \(Self.joined(made))" }
    return done(comment)
  }

  /// Of an error of git what it said, without the command.
  static func reason(_ error: any Error) -> String {
    if let error = error as? GitError { return error.text }
    return (error as? FunctionError)?.description ?? String(describing: error)
  }
}
