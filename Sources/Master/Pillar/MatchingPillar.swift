import OrderedCollections
import Value

/// A minion's pillar as targets are matched against it.
enum MatchingPillar: Sendable {
  case compiled(ValueMap)
  /// It could not be compiled: the minion does not match, and the operator is told this.
  case failed(String)
}
