import OrderedCollections
import Value

/// All states of a run and what they wait for: nodes are states and, for the target of a `prereq`, its trial in test
/// mode (Salt's `DependencyGraph`).
struct DependencyGraph {
  struct Node {
    /// Salt's tag; the last word on which of two states comes first.
    var tag: String
    /// Index of its chunk.
    var chunk: Int
    /// The state that this node tries out; nil for a state itself.
    var trialOf: Int?
    /// What it waits for, by node.
    var incoming: OrderedDictionary<Int, EdgeKinds> = [:]
    /// What waits for it.
    var outgoing: OrderedDictionary<Int, EdgeKinds> = [:]
  }

  private(set) var nodes: [Node] = []
  var chunks: [LowChunk]
  /// Nodes by module (or `id` for any module) and by id or name.
  private(set) var lookup: [String: OrderedDictionary<String, [Int]>] = [:]
  private(set) var slsNodes: OrderedDictionary<String, [Int]> = [:]
  private var nodesByTag: [String: Int] = [:]
  /// The nodes of the chunks.
  private var nodesByChunk: [Int] = []
  private(set) var trials: [Int: Int] = [:]

  init(_ chunks: [LowChunk]) {
    self.chunks = chunks
    nodes.reserveCapacity(chunks.count)
    nodesByTag.reserveCapacity(chunks.count)
    nodesByChunk.reserveCapacity(chunks.count)
    for index in chunks.indices { add(index) }
  }

  private mutating func add(_ index: Int) {
    let chunk = chunks[index]
    let tag = chunk.tag
    let node: Int
    if let present = nodesByTag[tag] {
      node = present
      nodes[node].chunk = index
    } else {
      node = nodes.count
      nodes.append(Node(tag: tag, chunk: index))
      nodesByTag[tag] = node
    }
    nodesByChunk.append(node)
    let module = chunk.module
    let name = chunk.name
    let id = chunk.id
    register(node, module, name)
    if id != name { register(node, module, id) }
    register(node, "id", id)
    if id != name { register(node, "id", name) }
    if let sls = chunk.data["__sls__"]?.stringValue, !sls.isEmpty { registerSLS(node, sls) }
    for sls in chunk.data["__sls_included_from__"]?.listValue ?? [] { registerSLS(node, sls.description) }
  }

  private mutating func register(_ node: Int, _ kind: String, _ value: String) {
    lookup[kind, default: [:]][value, default: []].append(node)
  }

  private mutating func registerSLS(_ node: Int, _ sls: String) {
    if slsNodes[sls]?.last != node { slsNodes[sls, default: []].append(node) }
  }

  func node(ofChunk index: Int) -> Int { nodesByChunk[index] }

  mutating func connect(_ source: Int, _ target: Int, _ kind: RequisiteKind) {
    nodes[source].outgoing[target, default: EdgeKinds()].insert(kind)
    nodes[target].incoming[source, default: EdgeKinds()].insert(kind)
  }

  /// The state waits for others; for a `prereq` their trial runs before it, and they themselves after it.
  mutating func connect(_ node: Int, to targets: [Int], _ kind: RequisiteKind, hasTrial: Bool) {
    for target in targets {
      if kind == .prereq {
        connectPrereq(node, target)
      } else {
        if hasTrial, let trial = trials[node] { connect(target, trial, kind) }
        connect(target, node, kind)
      }
    }
  }

  private mutating func connectPrereq(_ node: Int, _ target: Int) {
    chunks[nodes[node].chunk].data["__prerequiring__"] = true
    chunks[nodes[target].chunk].data["__prereq__"] = true
    let trial: Int
    if let present = trials[target] {
      trial = present
    } else {
      trial = nodes.count
      nodes.append(Node(tag: nodes[target].tag + "_|-__prereq_test__", chunk: nodes[target].chunk, trialOf: target))
      trials[target] = trial
      for (source, kinds) in nodes[target].incoming {
        for kind in kinds where kind != .prereq { connect(source, trial, kind) }
      }
    }
    connect(trial, node, .prereq)
    connect(node, target, .require)
    if let own = trials[node] { connect(trial, own, .prereq) }
  }
}
