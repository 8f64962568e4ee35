/// How states are shown: Salt's `state_verbose`, `state_output`.
public struct StateOutputStyle: Sendable, Hashable {
  /// Salt's `state_output`, without the `_id` variants.
  public enum Detail: String, Sendable, Hashable, CaseIterable {
    /// Every state with all its lines.
    case full
    /// One line a state.
    case terse
    /// One line for what is well, all lines for what failed.
    case mixed
    /// One line for what is as it was, all lines for what changed or failed.
    case changes
  }

  public var detail: Detail
  /// Also states that are well and changed nothing.
  public var isVerbose: Bool

  public init(detail: Detail = .full, isVerbose: Bool = true) {
    self.detail = detail
    self.isVerbose = isVerbose
  }

  func shows(_ state: StateLine) -> Bool {
    isVerbose || state.result != true || !state.changes.isEmpty || !state.warnings.isEmpty
  }

  func isShort(_ state: StateLine) -> Bool {
    switch detail {
    case .full: false
    case .terse: true
    case .mixed: state.result != false
    case .changes: state.result == true && state.changes.isEmpty
    }
  }
}
