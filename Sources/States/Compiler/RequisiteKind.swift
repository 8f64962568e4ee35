/// Requisites as edges of the dependency graph. The raw value is Salt's weight: what decides whether a state's order
/// pulls what it depends on forwards.
enum RequisiteKind: Int, Sendable, Hashable, CaseIterable {
  case onfail, onfailAny, onfailAll, require, requireAny, onchanges, onchangesAny, watch, watchAny, prereq
  case prerequired, listen

  /// The kinds that make edges, in the order in which a state's requisites are looked at.
  static let compiled: [RequisiteKind] = [
    .require, .requireAny, .watch, .watchAny, .prereq, .onfail, .onfailAny, .onfailAll, .onchanges, .onchangesAny,
  ]

  var word: String {
    switch self {
    case .onfail: "onfail"
    case .onfailAny: "onfail_any"
    case .onfailAll: "onfail_all"
    case .require: "require"
    case .requireAny: "require_any"
    case .onchanges: "onchanges"
    case .onchangesAny: "onchanges_any"
    case .watch: "watch"
    case .watchAny: "watch_any"
    case .prereq: "prereq"
    case .prerequired: "prerequired"
    case .listen: "listen"
    }
  }

  var requisite: Requisite? { Requisite(rawValue: word) }
}
