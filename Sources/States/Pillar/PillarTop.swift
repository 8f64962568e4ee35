import Functions
import OrderedCollections
import Value

/// The top files of the pillar's environments: which SLS are for which minions. All of them count for all environments;
/// the later replaces what an earlier one has for the same target.
struct PillarTop {
  private(set) var environments: OrderedDictionary<String, ValueMap> = [:]
  /// Names that may be missing (`ignore_missing`), by environment.
  private(set) var ignored: [String: Set<String>] = [:]
  private(set) var problems: [PillarProblem] = []
  private var orders: [String: [Value: Int64]] = [:]

  static func load(
    _ context: FunctionContext, roots: FileRoots, environment: String?, strategy: DictionaryMerge
  ) async -> PillarTop {
    var top = PillarTop()
    let loader = TopLoader(context: context, environment: environment)
    do {
      for name in environments(context, roots, environment, strategy) {
        let section = try await loader.section(of: name)
        try top.add(section)
        try await top.include(section, loader)
      }
    } catch {
      top.problems.append(
        PillarProblem(
          error, opening: "Rendering Primary Top file failed, render error:", subject: "The pillar's top file"))
    }
    top.sort()
    return top
  }

  /// The environments whose top files count.
  private static func environments(
    _ context: FunctionContext, _ roots: FileRoots, _ environment: String?, _ strategy: DictionaryMerge
  ) -> [String] {
    if let environment { return roots.directories[environment] == nil ? [] : [environment] }
    var names: OrderedSet<String> = ["base"]
    names.append(contentsOf: roots.directories.keys)
    guard strategy == .none else { return Array(names) }
    return [context.options["saltenv"]?.stringValue ?? "base"].filter(names.contains)
  }

  private mutating func include(_ section: TopSection, _ loader: TopLoader) async throws(StateProblem) {
    var done: Set<String> = []
    for name in section.includes where done.insert(name).inserted {
      let base = name.replacing(".", with: "/")
      for path in ["\(base).sls", "\(base)/init.sls"] {
        guard let map = try await loader.map(path, sls: "", environment: section.environment) else { continue }
        try add(TopSection(environment: section.environment, map: map))
        break
      }
    }
  }

  private mutating func add(_ section: TopSection) throws(StateProblem) {
    for (environment, value) in section.environments {
      guard case .map(let targets) = value else { throw Self.malformed(environment, nil) }
      for (target, value) in targets {
        guard case .list(let items) = value else { throw Self.malformed(environment, target) }
        var kept = items.filter { $0["match"] != nil }
        let names = OrderedSet(items.filter { $0.stringValue != nil })
        if items.contains(where: { Truth.isTrue($0["ignore_missing"] ?? .null) }) {
          ignored[environment, default: []].formUnion(names.map(\.description))
        }
        kept += names
        environments[environment, default: [:]][target] = .list(kept)
        let order = items.last { $0["order"] != nil }?["order"]
        orders[environment, default: [:]][target] = order.map { $0.intValue ?? Int64($0.description) ?? 0 } ?? 0
      }
    }
  }

  private static func malformed(_ environment: String, _ target: Value?) -> StateProblem {
    let place = target.map { "target \(PythonText.repr($0)) of environment '\(environment)'" }
    return StateProblem(
      "What the top file has for \(place ?? "environment '\(environment)'") is no \(target == nil ? "map" : "list").",
      place: "top.sls",
      hint: "Below an environment stand targets, and below each target SLS in lines of their own that begin with '- '.",
      cause: "an environment is no map of targets, or a target has no list")
  }

  private mutating func sort() {
    for (environment, targets) in environments {
      let order = orders[environment] ?? [:]
      let sorted = targets.elements.enumerated().sorted { first, second in
        (order[first.element.key] ?? 0, first.offset) < (order[second.element.key] ?? 0, second.offset)
      }
      environments[environment] = ValueMap(uniqueKeysWithValues: sorted.map { ($0.element.key, $0.element.value) })
    }
  }

  /// The SLS of the matching targets by environment, each once, in the order written; names as they stand there.
  ///
  /// - Throws: `StateProblem` for a target that cannot be read.
  func matches(_ matcher: TopMatcher) throws(StateProblem) -> OrderedDictionary<String, [String]> {
    var found: OrderedDictionary<String, OrderedSet<String>> = [:]
    for (environment, targets) in environments {
      if let only = matcher.environment, environment != only { continue }
      for (target, items) in targets {
        let items = items.listValue ?? []
        guard try matcher.matches(PythonText.str(target), options: items) else { continue }
        found[environment, default: []].append(contentsOf: items.compactMap(\.stringValue))
      }
    }
    return found.mapValues { Array($0) }
  }
}
