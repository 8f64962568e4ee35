/// All states of a run in the order they run. Test mode walks the same plan.
public struct StatePlan: Sendable, Hashable {
  public var states: [PlannedState]
  public init(_ states: [PlannedState] = []) { self.states = states }
}
