import Functions

extension StateResult {
  /// The state failed for this reason.
  init(failed error: any Error, _ words: String = "") {
    let reason =
      (error as? FunctionError)?.description ?? (error as? StateRefusal)?.comment ?? String(describing: error)
    self.init(false, words + reason)
  }
}
