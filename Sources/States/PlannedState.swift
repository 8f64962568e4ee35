public import OrderedCollections

/// A low chunk in its final place, with what it waits for as positions in the plan.
public struct PlannedState: Sendable, Hashable {
  public var chunk: LowChunk
  /// Positions in `StatePlan.states`, by requisite, in the order written. `listen` may point forwards; `prereq` points
  /// forwards always; all others point backwards.
  public var requisites: OrderedDictionary<Requisite, [Int]>

  public init(_ chunk: LowChunk, requisites: OrderedDictionary<Requisite, [Int]> = [:]) {
    self.chunk = chunk
    self.requisites = requisites
  }
}
