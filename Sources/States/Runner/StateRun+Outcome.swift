import OrderedCollections
import Value

extension StateRun {
  /// A state failed and no `onfail` state with `onfail_stop: false` made up for it; or there was nothing at all, which
  /// Salt counts as a failure too.
  var hasFailed: Bool {
    if order.isEmpty || !errors.isEmpty { return true }
    return order.contains { returns[$0]?.result == false && !isMadeUpFor($0) }
  }

  /// The returns that say something: failures, changes, and what test mode would change.
  var remarkable: ValueMap {
    value.filter { entry in
      entry.value["result"] != true || entry.value["changes"]?.mapValue?.isEmpty == false
    }
  }

  private func isMadeUpFor(_ position: Int) -> Bool {
    var isRepaired = false
    for (other, state) in states.enumerated() where state.chunk.data["onfail_stop"] == false {
      guard state.requisites[.onfail]?.contains(position) == true else { continue }
      isRepaired = returns[other]?.result == true
    }
    return isRepaired
  }
}
