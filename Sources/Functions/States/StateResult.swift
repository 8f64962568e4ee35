public import OrderedCollections
public import Value

/// What a state function says: Salt's `{name, result, changes, comment}`.
public struct StateResult: Sendable, Hashable {
  /// True: it is so. False: it could not be made so. Nil: in test mode, it would be changed.
  public var result: Bool?
  /// What was changed (in test mode: what would be). Empty when nothing was to do.
  public var changes: ValueMap
  public var comment: String
  /// Salt's `warnings` of a state.
  public var warnings: [String]
  /// Further keys of the return (`data`, `pchanges`, `skip_watch`, …).
  public var extra: ValueMap

  public init(
    _ result: Bool?, _ comment: String, changes: ValueMap = [:], warnings: [String] = [], extra: ValueMap = [:]
  ) {
    self.result = result
    self.comment = comment
    self.changes = changes
    self.warnings = warnings
    self.extra = extra
  }
}
