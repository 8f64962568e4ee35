public import Functions
public import OrderedCollections
public import Value

/// Compiles a pillar from `pillar_roots`: its top file, and the SLS that this has for the host, merged.
///
/// What goes wrong stands under `_errors`, as in Salt: state runs refuse a pillar that has them.
public struct LocalPillar: Sendable {
  let context: FunctionContext
  let environment: String?
  let override: ValueMap
  let strategy: DictionaryMerge
  let joinsLists: Bool
  let roots: FileRoots

  /// - Parameters:
  ///   - context: grains, functions, and options (`id pillar_roots nodegroups pillar_source_merging_strategy
  ///     pillar_merge_lists pillar_includes_override_sls`).
  ///   - environment: the one environment that counts (`pillarenv`); nil for all.
  ///   - override: what templates see as pillar, and what is merged over the result (`pillar=`).
  public init(context: FunctionContext, environment: String? = nil, override: ValueMap = [:]) {
    roots = FileRoots(context.options["pillar_roots"], fallback: "/srv/pillar")
    var context = MasterlessContext.unmasked(context)
    context.source = LocalFileSource(roots)
    if context.templates is NoTemplateRenderer { context.templates = JinjaRenderer() }
    context.pillar = override
    self.context = context
    self.environment = environment
    self.override = override
    let strategy = context.options["pillar_source_merging_strategy"]?.description ?? "smart"
    self.strategy = DictionaryMerge(rawValue: strategy) ?? .smart
    joinsLists = MasterlessContext.joinsLists(context)
  }

  public func compile() async -> ValueMap {
    var errors: [String] = []
    var pillar = override
    do {
      let matches = try await self.matches()
      for (environment, names) in matches.sls {
        var loader = PillarLoader(pillar: self, environment: environment, ignored: matches.ignored)
        for data in await loader.load(names) { pillar = merge(pillar, data) }
        errors += loader.errors
      }
    } catch {
      errors.append("Rendering Primary Top file failed, render error:\n\(error)")
    }
    if !errors.isEmpty { pillar["_errors"] = .strings(errors) }
    return override.isEmpty ? pillar : merge(pillar, override)
  }

  func merge(_ first: ValueMap, _ second: ValueMap) -> ValueMap {
    strategy.merge(first, second, joiningLists: joinsLists)
  }

  private struct Matches {
    var sls: OrderedDictionary<String, [String]>
    /// Names that may be missing (`ignore_missing`).
    var ignored: Set<String> = []
  }

  private func matches() async throws(StateProblem) -> Matches {
    let loader = TopLoader(context: context, environment: environment)
    var top = try await loader.load()
    var ignored: Set<String> = []
    for (name, targets) in top.environments {
      for items in targets.values where Self.option("ignore_missing", items) == true {
        for case .string(let sls) in items.listValue ?? [] { ignored.insert(sls) }
      }
      let sorted = targets.elements.enumerated().sorted { first, second in
        (Self.order(first.element.value), first.offset) < (Self.order(second.element.value), second.offset)
      }
      top.environments[name] = ValueMap(uniqueKeysWithValues: sorted.map { ($0.element.key, $0.element.value) })
    }
    let known = Set(try await loader.environmentNames())
    let found = try top.matches(TopMatcher(context, environments: known, environment: environment))
    return Matches(sls: found.mapValues { Array(OrderedSet($0)) }, ignored: ignored)
  }

  private static func option(_ name: String, _ items: Value) -> Value? {
    items.listValue?.lazy.compactMap { $0.mapValue?[name] }.last
  }

  private static func order(_ items: Value) -> Int64 {
    guard let order = option("order", items) else { return 0 }
    return order.intValue ?? Int64(order.description) ?? 0
  }
}
