import OrderedCollections
import Value

/// High data to ordered states, without input or output.
struct Compilation {
  /// Modules that can be told that what they watch has changed; for others `watch` is `require`.
  var watchingModules: Set<String>
  /// Salt's `disabled_requisites`.
  var disabledRequisites: Set<String> = []

  /// Merges `extend`, `_in` requisites, `use` and `exclude`, and compiles.
  func compile(_ high: HighData) -> Result<CompiledStates, StateProblems> {
    var high = high
    let problems = high.mergeExtensions() + HighDataVerification.problems(of: high)
    guard problems.isEmpty else { return .failure(StateProblems(problems)) }
    let merged = RequisiteInMerge.merge(&high, disabled: disabledRequisites)
    high.applyExclusions()
    guard merged.isEmpty else { return .failure(StateProblems(merged)) }
    return order(high)
  }

  /// Compiles what is declared as it stands (`state.show_low_sls`).
  func compileUnmerged(_ high: HighData) -> Result<CompiledStates, StateProblems> {
    let problems = HighDataVerification.problems(of: high)
    guard problems.isEmpty else { return .failure(StateProblems(problems)) }
    return order(high)
  }

  private func order(_ high: HighData) -> Result<CompiledStates, StateProblems> {
    var chunks = ChunkBuilder.chunks(of: high)
    for index in chunks.indices where !watchingModules.contains(chunks[index].module) {
      Self.move("watch", to: "require", in: &chunks[index].data)
      Self.move("watch_any", to: "require_any", in: &chunks[index].data)
    }
    var reader = RequisiteReader(DependencyGraph(chunks), high: high, disabled: disabledRequisites)
    var cap: Int64 = 1
    for index in chunks.indices where reader.read(index) {
      guard let number = Self.wholeOrder(chunks[index]), number > cap - 1, number > 0 else { continue }
      cap = min(number, 1 << 52) + 100
    }
    var order = ChunkOrder(reader.graph, cap: cap)
    let nodes = order.sorted()
    var problems = reader.problems
    if nodes.count != order.graph.nodes.count, let cycle = CycleSearch.problem(in: order.graph, high: high) {
      problems.append(cycle)
    }
    guard problems.isEmpty else { return .failure(StateProblems(problems)) }
    return .success(Self.plan(order.graph, nodes))
  }

  private static func move(_ word: String, to other: String, in data: inout ValueMap) {
    guard case .list(let items)? = data[word] else { return }
    data.removeValue(forKey: .string(word))
    data[other] = .list((data[other]?.listValue ?? []) + items)
  }

  private static func wholeOrder(_ chunk: LowChunk) -> Int64? {
    switch chunk.data["order"] {
    case .int(let number)?: number
    case .bool(let flag)?: flag ? 1 : 0
    default: nil
    }
  }

  private static func plan(_ graph: DependencyGraph, _ nodes: [Int]) -> CompiledStates {
    var positions = [Int](repeating: -1, count: graph.nodes.count)
    var count = 0
    for node in nodes where graph.nodes[node].trialOf == nil {
      positions[node] = count
      count += 1
    }
    var states: [PlannedState] = []
    states.reserveCapacity(count)
    for node in nodes where graph.nodes[node].trialOf == nil {
      var requisites: OrderedDictionary<Requisite, [Int]> = [:]
      for (source, kinds) in graph.nodes[node].incoming {
        let position = positions[graph.nodes[source].trialOf ?? source]
        for kind in kinds {
          guard let requisite = kind.requisite else { continue }
          requisites[requisite, default: []].append(position)
        }
      }
      states.append(PlannedState(graph.chunks[graph.nodes[node].chunk], requisites: requisites))
    }
    let resolution = ListenResolution(states)
    for (position, sources) in resolution.listens { states[position].requisites[.listen] = sources }
    return CompiledStates(
      lowChunks: nodes.map { graph.chunks[graph.nodes[$0].chunk] }, plan: StatePlan(states),
      missingListens: resolution.missing)
  }
}
