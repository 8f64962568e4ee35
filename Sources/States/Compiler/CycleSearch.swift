import OrderedCollections
import Value

/// Finds states that wait for one another, and says so in Salt's words.
enum CycleSearch {
  private struct Edge {
    var source: Int
    var target: Int
    var kind: RequisiteKind
  }

  /// A node on the path being walked, and where in its edges the walk is.
  private struct Step {
    var node: Int
    var target = 0
    var kind = 0
    /// The edge by which the walk came.
    var arrival: Edge?
  }

  /// The problem that names every member of the first cycle; nil when there is none.
  static func problem(in graph: DependencyGraph, high: HighData) -> StateProblem? {
    let edges = cycle(in: graph)
    guard let first = edges.first else { return nil }
    let words = edges.map { edge -> String in
      let dependent = graph.chunks[graph.nodes[edge.target].chunk]
      let dependency = graph.chunks[graph.nodes[edge.source].chunk]
      // A prereq makes its target require the state: the requisite that was written is named.
      let isImplied = edge.kind == .require && dependent.data["require"] == nil
      let kind = isImplied ? RequisiteKind.prereq : edge.kind
      return "(\(text(of: dependency)), '\(kind.word)', \(text(of: dependent)))"
    }
    let chunk = graph.chunks[graph.nodes[first.target].chunk]
    let places = edges.map { edge -> String in
      let chunk = graph.chunks[graph.nodes[edge.target].chunk]
      return "\(chunk.id) (\(chunk.file):\(chunk.line))"
    }
    return StateProblem(
      "Recursive requisites were found: \(words.joined(separator: ", "))",
      place: high.describe(SourcePlace(file: chunk.file, line: chunk.line)),
      hint: "These wait for one another: \(places.joined(separator: " → ")). Take out one of the requisites.")
  }

  private static func text(of chunk: LowChunk) -> String {
    var words: ValueMap = ["SLS": chunk.data["__sls__"] ?? .null, "ID": chunk.data["__id__"] ?? .null]
    if chunk.data["__id__"] != chunk.data["name"] { words["NAME"] = chunk.data["name"] ?? .null }
    return PythonText.repr(.map(words))
  }

  private static func cycle(in graph: DependencyGraph) -> [Edge] {
    enum Color { case new, open, done }
    var colors = [Color](repeating: .new, count: graph.nodes.count)
    for start in graph.nodes.indices where colors[start] == .new {
      var path = [Step(node: start)]
      colors[start] = .open
      while let step = path.last {
        let edges = graph.nodes[step.node].outgoing
        guard step.target < edges.count else {
          colors[step.node] = .done
          path.removeLast()
          continue
        }
        let (target, kinds) = edges.elements[step.target]
        guard let kind = step.kind < kinds.count ? kinds[step.kind] : nil else {
          path[path.count - 1].target += 1
          path[path.count - 1].kind = 0
          continue
        }
        path[path.count - 1].kind += 1
        let edge = Edge(source: step.node, target: target, kind: kind)
        switch colors[target] {
        case .open:
          let begin = path.firstIndex { $0.node == target } ?? 0
          return path[(begin + 1)...].compactMap(\.arrival) + [edge]
        case .new:
          colors[target] = .open
          path.append(Step(node: target, arrival: edge))
        case .done: continue
        }
      }
    }
    return []
  }
}
