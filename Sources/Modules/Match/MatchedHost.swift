import Functions
import OrderedCollections
import States
import Targeting
import Value

/// This host as targets are matched against it.
struct MatchedHost: Sendable {
  private let subject: TargetSubject
  private let nodegroups: ValueMap
  private let store: ValueMap

  /// - Parameter kind: how targets are read; only some look at the pillar, which takes its time to compile.
  init(_ context: FunctionContext, minionID: String?, kind: TargetKind?) async throws {
    let needsPillar = kind == .pillar || kind == .pillarPCRE || kind == .compound
    let prepared = needsPillar ? try await MasterlessContext.prepare(context) : context
    let id = prepared.options["id"] ?? prepared.grains["id"] ?? ""
    subject = TargetSubject(id: minionID ?? id.description, grains: prepared.grains, pillar: prepared.pillar)
    nodegroups = prepared.options["nodegroups"]?.mapValue ?? [:]
    store = (try? DataStore(context).read()) ?? [:]
  }

  /// A target as text: the words of a compound one, the names of a list.
  static func text(_ value: Value, _ kind: TargetKind) -> String {
    guard let items = value.listValue else { return value.description }
    return items.map(\.description).joined(separator: kind == .compound ? " " : ",")
  }

  /// False for what cannot be read.
  func matches(_ kind: TargetKind, _ text: String, delimiter: String = ":") -> Bool {
    guard let separator = delimiter.unicodeScalars.first, delimiter.unicodeScalars.count == 1,
      let target = try? Target.parse(kind: kind, text: text, nodegroups: nodegroups, delimiter: separator)
    else { return false }
    return (try? target.matches(subject)) ?? false
  }

  func matchesData(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, let value = store[parts[0]] else { return false }
    switch value {
    case .null: return false
    case .list(let items):
      return items.contains { Glob(parts[1], ignoresCase: true).matches($0.description) }
    case .map(let map): return map[parts[1]] != nil
    default: return Glob(parts[1]).matches(value.description)
    }
  }
}
