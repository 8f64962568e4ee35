import OrderedCollections
import Value

/// Finds what `listen` and `listen_in` mean among the states of a plan.
struct ListenResolution {
  private struct Key: Hashable {
    var module: String
    var name: String
  }

  private let states: [PlannedState]
  private var positions: [Key: [Int]] = [:]
  private var first: [String: Int] = [:]
  /// What each position listens to.
  private(set) var listens: [Int: [Int]] = [:]
  private(set) var missing: [MissingListen] = []

  init(_ states: [PlannedState]) {
    self.states = states
    guard states.contains(where: { $0.chunk.data["listen"] != nil || $0.chunk.data["listen_in"] != nil }) else {
      return
    }
    for (position, state) in states.enumerated() {
      let chunk = state.chunk
      for name in Set([chunk.module, chunk.id, chunk.name]) {
        positions[Key(module: chunk.module, name: name), default: []].append(position)
      }
      for name in [chunk.id, chunk.name] where first[name] == nil { first[name] = position }
    }
    for (position, state) in states.enumerated() {
      for item in state.chunk.data["listen"]?.listValue ?? [] { listen(position, to: item) }
      for item in state.chunk.data["listen_in"]?.listValue ?? [] { listenIn(position, item) }
    }
  }

  private mutating func listen(_ position: Int, to item: Value) {
    guard case .map(let map) = item else {
      if let found = first[item.description] { append([found], to: position) }
      return
    }
    for (module, name) in map {
      guard let found = positions[Key(module: module.description, name: name.description)] else {
        missing.append(MissingListen(module: module.description, id: name.description))
        continue
      }
      append(found, to: position)
    }
  }

  private mutating func listenIn(_ position: Int, _ item: Value) {
    let chunk = states[position].chunk
    let sources = positions[Key(module: chunk.module, name: chunk.id)] ?? [position]
    for (module, name) in item.mapValue ?? [:] {
      guard let found = positions[Key(module: module.description, name: name.description)] else {
        missing.append(MissingListen(module: module.description, id: name.description, triggers: sources))
        continue
      }
      for listener in found { append(sources, to: listener) }
    }
  }

  private mutating func append(_ found: [Int], to position: Int) {
    for source in found where listens[position]?.contains(source) != true {
      listens[position, default: []].append(source)
    }
  }
}
