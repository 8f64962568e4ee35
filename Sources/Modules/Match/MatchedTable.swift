import Functions
import OrderedCollections
import States
import Targeting
import Value

/// Picks entries of a table by targets that mean this host.
struct MatchedTable: Sendable {
  private let host: MatchedHost
  private let kind: String
  private let overlay: Value
  private let joinsLists: Bool

  init(_ arguments: Arguments, _ context: FunctionContext) async throws {
    kind = arguments.string("tgt_type")
    host = try await MatchedHost(
      context, minionID: arguments.optionalString("minion_id"), kind: TargetKind(rawValue: kind))
    let isMerging = arguments.has("merge")
    overlay = isMerging ? arguments["merge"] : .null
    joinsLists = isMerging && arguments.bool("merge_lists")
  }

  func matches(_ target: Value) -> Bool {
    guard kind != "data" else { return host.matchesData(target.description) }
    guard let kind = TargetKind(rawValue: kind) else { return false }
    return host.matches(kind, MatchedHost.text(target, kind))
  }

  /// The first entry whose key means this host, with the overlay over it; else the one under the default.
  func pick(_ table: ValueMap, default fallback: Value) throws -> Value {
    for (target, entry) in table where target != fallback || target.stringValue?.contains("\0") == false {
      guard matches(target) else { continue }
      guard isOverlaid else { return entry }
      guard let overlay = overlay.mapValue else {
        throw FunctionError(.badArguments, "filter_by merge argument must be a dictionary.")
      }
      if entry.isNull { return .map(overlay) }
      guard let lower = entry.mapValue else {
        throw FunctionError(.badArguments, "The entry is no map, so nothing can be merged into it.")
      }
      return .map(DictionaryMerge.update(lower, overlay, joiningLists: joinsLists))
    }
    return table[fallback] ?? .null
  }

  /// What formulas give where they have nothing to merge is an empty text.
  private var isOverlaid: Bool {
    switch overlay {
    case .null, .bool(false), .string(""), .int(0): false
    case .list(let items): !items.isEmpty
    case .map(let map): !map.isEmpty
    default: true
    }
  }
}
