import Functions

/// Thrown in place of a change under `test=True`: carries what would have been done, and becomes the function's result.
struct PlannedChange: Error, Sendable {
  var comment: String
}

extension FunctionContext {
  /// Ends the function here under `test=True`. Stands after all checks and before the first change.
  func stopIfTest(_ change: @autoclosure () -> String) throws(PlannedChange) {
    if isTest { throw PlannedChange(comment: change()) }
  }
}
