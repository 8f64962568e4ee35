/// High data compiled: what is printed and what is run.
public struct CompiledStates: Sendable {
  /// Salt's ordered low chunks, as `state.show_lowstate` prints them: the target of a `prereq` stands twice, first for
  /// its trial in test mode.
  public var lowChunks: [LowChunk]
  /// Every state once, in the order of Salt's `__run_num__`.
  ///
  /// The target of a `prereq` also requires the state that has the prereq, as in Salt: it fails when that one does.
  /// That requisite points backwards like all others, so while the target is tried out before its turn, requisites at
  /// or behind the position of the state that has the `prereq` do not count.
  public var plan: StatePlan
  public var missingListens: [MissingListen]

  public init(lowChunks: [LowChunk], plan: StatePlan, missingListens: [MissingListen] = []) {
    self.lowChunks = lowChunks
    self.plan = plan
    self.missingListens = missingListens
  }
}
