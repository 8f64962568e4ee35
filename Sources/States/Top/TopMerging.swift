import OrderedCollections
import Value

/// Salt's `top_file_merging_strategy`: how the top files of several environments become one.
enum TopMerging: String {
  /// The base environment's file counts; another's only for its own environment, and only where base says nothing.
  case merge
  /// Each environment's file counts for that environment alone; `default_top` stands in for a missing one.
  case same
  /// All files count, their lists joined.
  case mergeAll = "merge_all"

  typealias Merged = OrderedDictionary<String, ValueMap>

  /// - Throws: `StateProblem` when an environment's part is no map.
  func merged(_ sections: [TopSection], defaultTop: String) throws(StateProblem) -> Merged {
    switch self {
    case .merge: try Self.merge(sections)
    case .same: try Self.same(sections, defaultTop: defaultTop)
    case .mergeAll: try Self.mergeAll(sections)
    }
  }

  private static func targets(_ value: Value, of environment: String) throws(StateProblem) -> ValueMap {
    guard case .map(let map) = value else {
      throw StateProblem(
        "Unable to render top file. No targets found.",
        hint: "Below '\(environment):' stand targets, each with a list of SLS: `'*':` and below it `- name`.")
    }
    return map
  }

  private static func add(_ targets: ValueMap, to environment: String, _ merged: inout Merged) {
    for (target, names) in targets { merged[environment, default: [:]][target] = names }
  }

  private static func merge(_ sections: [TopSection]) throws(StateProblem) -> Merged {
    var merged: Merged = [:]
    for section in sections where section.environment == "base" {
      for (name, value) in section.environments { add(try targets(value, of: name), to: name, &merged) }
    }
    for section in sections where section.environment != "base" {
      for (name, value) in section.environments where name == section.environment && merged[name] == nil {
        add(try targets(value, of: name), to: name, &merged)
      }
    }
    return merged
  }

  private static func same(_ sections: [TopSection], defaultTop: String) throws(StateProblem) -> Merged {
    var merged: Merged = [:]
    var environments: OrderedDictionary<String, [TopSection]> = [:]
    for section in sections { environments[section.environment, default: []].append(section) }
    for (environment, own) in environments {
      let used = own.allSatisfy(\.isEmpty) ? environments[defaultTop] ?? [] : own
      for section in used {
        for (name, value) in section.environments where name == environment {
          add(try targets(value, of: name), to: name, &merged)
        }
      }
    }
    return merged
  }

  private static func mergeAll(_ sections: [TopSection]) throws(StateProblem) -> Merged {
    var merged: Merged = [:]
    for section in sections {
      for (name, value) in section.environments {
        for (target, names) in try targets(value, of: name) {
          guard let present = merged[name]?[target] else {
            merged[name, default: [:]][target] = names
            continue
          }
          merged[name]?[target] = .list(join(present.listValue ?? [], names.listValue ?? []))
        }
      }
    }
    return merged
  }

  /// One match option (the later one's) and the SLS of both.
  private static func join(_ first: [Value], _ second: [Value]) -> [Value] {
    func option(_ items: [Value]) -> Value? { items.last { $0.mapValue != nil } }
    func names(_ items: [Value]) -> [Value] { items.filter { $0.stringValue != nil } }
    var joined: OrderedSet<Value> = []
    let options = [option(second) ?? option(first)].compactMap(\.self)
    let kept = options + names(first)
    joined.append(contentsOf: kept)
    return kept + names(second).filter { !joined.contains($0) }
  }
}
