import OrderedCollections
import Value
import Wire

/// The pillars of all accepted minions for one request of an operator.
struct PillarSnapshot: Sendable {
  /// So many failures are told one by one.
  private static let named = 20

  var pillars: [MinionID: ValueMap] = [:]
  var failures: [MinionID: String] = [:]

  /// For the operator: reasons by id, the first of them.
  var failureValue: Value {
    let first = failures.sorted { $0.key < $1.key }.prefix(Self.named)
    return .map(ValueMap(uniqueKeysWithValues: first.map { (.string($0.key.text), .string($0.value)) }))
  }

  /// A sentence about those whose pillar is not known; empty when there are none.
  var warning: String {
    guard !failures.isEmpty else { return "" }
    let first = failures.sorted { $0.key < $1.key }.prefix(3).map { "\($0.key) (\($0.value))" }
    let more = failures.count > 3 ? ", and \(failures.count - 3) more" : ""
    return "The pillar of \(failures.count) cannot be compiled, so they do not match: "
      + "\(first.joined(separator: "; "))\(more)."
  }
}
