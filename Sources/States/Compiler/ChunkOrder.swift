import OrderedCollections
import Value

/// Puts the nodes of a graph in the order in which they run: what waits comes after what it waits for, and among those
/// that could run the lowest `order` is next (Salt's `aggregate_and_order_chunks`).
struct ChunkOrder {
  /// What decides between nodes that could both run.
  private struct Key {
    var order: Double
    var own: Double
    var label: String
    var tag: String
    var node: Int

    static func precedes(_ left: Key, _ right: Key) -> Bool {
      if left.order != right.order { return left.order < right.order }
      if left.own != right.own { return left.own < right.own }
      if left.label != right.label { return left.label.utf8.lexicographicallyPrecedes(right.label.utf8) }
      return left.tag.utf8.lexicographicallyPrecedes(right.tag.utf8)
    }
  }

  private(set) var graph: DependencyGraph
  /// What an order that is not a number stands for, and where counting from the end begins.
  private let cap: Int64

  init(_ graph: DependencyGraph, cap: Int64) {
    self.graph = graph
    self.cap = cap
  }

  /// The nodes in order; fewer than there are when some wait for one another.
  mutating func sorted() -> [Int] {
    var waiting = graph.nodes.map { node in node.incoming.values.reduce(0) { $0 + $1.count } }
    var queue = PriorityQueue<Key>(precedes: Key.precedes)
    for node in graph.nodes.indices where waiting[node] == 0 { queue.push(key(node)) }
    var result: [Int] = []
    result.reserveCapacity(waiting.count)
    while let next = queue.pop() {
      result.append(next.node)
      for (target, kinds) in graph.nodes[next.node].outgoing {
        waiting[target] -= kinds.count
        if waiting[target] == 0 { queue.push(key(target)) }
      }
    }
    return result
  }

  private mutating func key(_ node: Int) -> Key {
    let index = graph.nodes[node].chunk
    let own = settleOrder(index)
    let lowest = lowestOrderOfDependents(node)
    let chunk = graph.chunks[index]
    return Key(
      order: min(own, lowest), own: own, label: chunk.module + chunk.name + chunk.function,
      tag: graph.nodes[node].tag, node: node)
  }

  /// Writes the number that the chunk's `order` stands for: `first`, `last`, negative ones, positions among `names`.
  private mutating func settleOrder(_ index: Int) -> Double {
    var order = settleWord(index)
    if let position = graph.chunks[index].data.removeValue(forKey: "name_order"), let position = position.doubleValue {
      order = .double((order.doubleValue ?? 0) + position / 10000)
      graph.chunks[index].data["order"] = order
    }
    if let number = order.doubleValue, number < 0 {
      if case .int(let whole) = order {
        order = .int(whole + cap + 1_000_000)
      } else {
        order = .double(number + Double(cap + 1_000_000))
      }
      graph.chunks[index].data["order"] = order
    }
    return order.doubleValue ?? 0
  }

  private mutating func settleWord(_ index: Int) -> Value {
    switch graph.chunks[index].data["order"] {
    case .int(let number)?: return .int(number)
    case .double(let number)? where !number.isNaN: return .double(number)
    case .bool(let flag)?: return .int(flag ? 1 : 0)
    case let other:
      let order: Value = other == "last" ? .int(cap + 1_000_000) : other == "first" ? 0 : .int(cap)
      graph.chunks[index].data["order"] = order
      return order
    }
  }

  /// The lowest order among what waits for a node, so that a state with a low order pulls what it needs forwards. Only
  /// requisites that weigh no less than the heaviest seen so far count, as in Salt.
  private mutating func lowestOrderOfDependents(_ node: Int) -> Double {
    var lowest = Double.infinity
    var heaviest = -1
    for (target, kinds) in graph.nodes[node].outgoing {
      for kind in kinds where heaviest <= kind.rawValue {
        heaviest = kind.rawValue
        let index = graph.nodes[target].chunk
        if graph.chunks[index].data["order"] == nil { continue }
        lowest = min(lowest, settleWord(index).doubleValue ?? .infinity)
      }
    }
    return lowest
  }
}
