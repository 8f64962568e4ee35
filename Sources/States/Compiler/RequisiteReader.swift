import OrderedCollections
import Targeting
import Value

/// Reads the requisites of the chunks into edges (Salt's `add_requisites`).
struct RequisiteReader {
  private(set) var graph: DependencyGraph
  private let high: HighData
  private let disabled: Set<String>
  private var patterns: [String: [Int]] = [:]
  private(set) var problems: [StateProblem] = []

  init(_ graph: DependencyGraph, high: HighData, disabled: Set<String>) {
    self.graph = graph
    self.high = high
    self.disabled = disabled
  }

  /// Adds the edges of one chunk.
  ///
  /// - Returns: whether all its requisites are good.
  mutating func read(_ index: Int) -> Bool {
    let data = graph.chunks[index].data
    for kind in RequisiteKind.compiled {
      guard let value = data[kind.word], !disabled.contains(kind.word) else { continue }
      guard case .list(let items) = value else {
        if value.isNull { continue }
        return refuse(
          index,
          "The \(kind.word) statement in state '\(text(data["__id__"]))' in SLS '\(text(data["__sls__"]))' "
            + "needs to be formed as a list")
      }
      for item in items where !read(item, kind, index) { return false }
    }
    return true
  }

  private mutating func read(_ item: Value, _ kind: RequisiteKind, _ index: Int) -> Bool {
    var key = "id"
    var value = item
    if case .map(let map) = item {
      guard let first = map.elements.first else { return true }
      key = String(first.key.description.prefix { $0 != "." })
      value = first.value
    }
    let data = graph.chunks[index].data
    if value.isNull { return true }
    guard case .string(let name) = value else {
      return refuse(
        index,
        "Requisite [\(kind.word): \(key)] in state [\(text(data["name"]))] in SLS [\(text(data["__sls__"]))] "
          + "must have a string as the value")
    }
    let node = graph.node(ofChunk: index)
    let hasTrial = data["__prereq__"] == true
    if StateWords.isPattern(name) {
      let targets = matching(key, name)
      guard !targets.isEmpty || key == "sls" else { return missing(index, kind, key, name) }
      graph.connect(node, to: targets, kind, hasTrial: hasTrial)
      return true
    }
    let targets = key == "sls" ? graph.slsNodes[name] : graph.lookup[key]?[name]
    guard let targets else { return missing(index, kind, key, name) }
    graph.connect(node, to: targets, kind, hasTrial: hasTrial)
    return true
  }

  /// All nodes that a glob means, found once for each glob of a run.
  private mutating func matching(_ key: String, _ pattern: String) -> [Int] {
    let cacheKey = "\(key)\u{0}\(pattern)"
    if let found = patterns[cacheKey] { return found }
    let glob = Glob(pattern)
    let names = key == "sls" ? graph.slsNodes : graph.lookup[key] ?? [:]
    var found: OrderedSet<Int> = []
    for (name, nodes) in names where glob.matches(name) { found.append(contentsOf: nodes) }
    patterns[cacheKey] = Array(found)
    return Array(found)
  }

  private func text(_ value: Value?) -> String { value.map(PythonText.str) ?? "None" }

  private mutating func refuse(_ index: Int, _ message: String, hint: String? = nil) -> Bool {
    let chunk = graph.chunks[index]
    problems.append(high.problem(message, SourcePlace(file: chunk.file, line: chunk.line), hint: hint))
    return false
  }

  private mutating func missing(_ index: Int, _ kind: RequisiteKind, _ key: String, _ name: String) -> Bool {
    let data = graph.chunks[index].data
    return refuse(
      index,
      "Referenced state does not exist for requisite [\(kind.word): (\(key): \(name))] in state "
        + "[\(text(data["name"]))] in SLS [\(text(data["__sls__"]))]", hint: hint(key, name))
  }

  private func hint(_ key: String, _ name: String) -> String? {
    // One hint costs a look at all names; a broken tree with thousands of faults need not have one for each.
    guard problems.count < 20, graph.nodes.count <= 5_000 else { return nil }
    if key == "sls" {
      let near = NearestName.candidates(for: name, among: Array(graph.slsNodes.keys))
      return "An SLS is known here once it is included and declares a state."
        + (near.isEmpty ? "" : " Did you mean \(near.joined(separator: " or "))?")
    }
    if let others = graph.lookup["id"]?[name], let node = others.first {
      return "There is '\(graph.chunks[graph.nodes[node].chunk].module): \(name)'."
    }
    let near = NearestName.candidates(for: name, among: Array((graph.lookup[key] ?? graph.lookup["id"] ?? [:]).keys))
    return near.isEmpty ? nil : "Did you mean \(near.map { "'\(key): \($0)'" }.joined(separator: " or "))?"
  }
}
