import OrderedCollections
import Value

/// Turns `require_in`, `watch_in`, `use` and their like into additions to the declarations they name (Salt's
/// `requisite_in`).
struct RequisiteInMerge {
  /// What is added to one module of a declaration: an argument, or a requisite whose list grows.
  private struct Addition {
    var requisite: String?
    var items: [Value]

    var value: Value {
      if let requisite { .map([.string(requisite): .list(items)]) } else { items.first ?? .null }
    }
  }

  private struct Target {
    var modules: OrderedDictionary<String, [Addition]> = [:]
    var environment: Value?
    var sls: Value?
    var place: SourcePlace

    mutating func add(_ requisite: String, _ entry: Value, to module: String) {
      if let position = modules[module]?.firstIndex(where: { $0.requisite == requisite }) {
        modules[module]?[position].items.append(entry)
      } else {
        modules[module, default: []].append(Addition(requisite: requisite, items: [entry]))
      }
    }
  }

  /// A requisite list carries what stands before in the same list along, as Salt's does; past this many it does not, or
  /// a long list would take time and memory by its square.
  private static let carriedLimit = 100

  private let high: HighData
  private let index: NameIndex
  private let disabled: Set<String>
  private var targets: OrderedDictionary<Value, Target> = [:]
  private var problems: [StateProblem] = []

  static func merge(_ high: inout HighData, disabled: Set<String> = []) -> [StateProblem] {
    guard usesMergedWords(high) else { return [] }
    var merge = RequisiteInMerge(high, disabled)
    for (id, declaration) in high.declarations { merge.collect(id, declaration) }
    high.extensions = merge.extensions()
    return merge.problems + high.mergeExtensions(isStrict: true)
  }

  private init(_ high: HighData, _ disabled: Set<String>) {
    self.high = high
    self.disabled = disabled
    index = NameIndex(high)
  }

  private static func usesMergedWords(_ high: HighData) -> Bool {
    high.declarations.values.contains { declaration in
      declaration.body.values.contains { value in
        guard case .list(let arguments) = value else { return false }
        return arguments.contains { argument in
          guard case .map(let map) = argument, case .string(let key)? = map.keys.first else { return false }
          return StateWords.merged.contains(key)
        }
      }
    }
  }

  private mutating func collect(_ id: Value, _ declaration: Declaration) {
    for module in declaration.modules {
      for case .map(let argument) in declaration.arguments(of: module) ?? [] {
        guard case .string(let key)? = argument.keys.first, StateWords.merged.contains(key), !disabled.contains(key)
        else { continue }
        switch argument[key] {
        case .map(let items): collect(single: items, key, id, module, declaration)
        case .list(let items): collect(list: items, key, id, module, declaration)
        default: continue
        }
      }
    }
  }

  /// `require_in: {service: nginx}`.
  private mutating func collect(
    single items: ValueMap, _ key: String, _ id: Value, _ module: String, _ declaration: Declaration
  ) {
    for (kind, name) in items {
      guard case .string(var state) = kind else { continue }
      if let dot = state.firstIndex(of: ".") {
        let base = String(state[..<dot])
        problems.append(
          high.problem(
            "Invalid requisite in \(stem(key)): \(state) for \(PythonText.str(name)) in SLS '\(declaration.sls)'. "
              + "Requisites must not contain dots, did you mean '\(base)'?", declaration.place))
        state = base
      }
      add(stem(key), from: id, module, declaration, to: name, state)
    }
  }

  private mutating func collect(
    list items: [Value], _ key: String, _ id: Value, _ module: String, _ declaration: Declaration
  ) {
    var hinges: [(id: Value, module: String)] = []
    for item in items {
      let state: String
      let name: Value
      switch item {
      case .map(let map):
        guard let first = map.elements.first, case .string(let kind) = first.key else { continue }
        (state, name) = (kind, first.value)
      default:
        guard let found = resolve(plain: item) else { continue }
        (state, name) = found
      }
      if hinges.count >= Self.carriedLimit { hinges = [] }
      if state == "sls" { hinges = index.entries(ofSLS: PythonText.str(name)) } else { hinges.append((name, state)) }
      if let dot = state.firstIndex(of: ".") {
        problems.append(
          high.problem(
            "Invalid requisite in \(stem(key)): \(state) for \(PythonText.str(name)), in SLS '\(declaration.sls)'. "
              + "Requisites must not contain dots, did you mean '\(state[..<dot])'?", declaration.place))
      }
      for hinge in hinges {
        switch key {
        case "use_in": use(from: id, module, in: hinge)
        case "use": use(from: hinge, in: id, module)
        default: add(stem(key), from: id, module, declaration, to: hinge.id, hinge.module)
        }
      }
    }
  }

  /// An item without a module: the first module of the declaration with that id, or the one with that name.
  private func resolve(plain item: Value) -> (String, Value)? {
    if let declaration = high.declarations[item] { return declaration.modules.first.map { ($0, item) } }
    return index.declaration(named: item).map { ($0.module, $0.id) }
  }

  private func stem(_ key: String) -> String { String(key.prefix { $0 != "_" }) }

  private mutating func add(
    _ requisite: String, from id: Value, _ module: String, _ declaration: Declaration, to name: Value, _ state: String
  ) {
    targets[name, default: Target(place: declaration.place)].add(requisite, .map([.string(module): id]), to: state)
    targets[name]?.environment = declaration.body["__env__"]
    targets[name]?.sls = declaration.body["__sls__"]
    targets[name]?.place = declaration.place
  }

  /// Adds the arguments of a declaration to those that its `use_in` names.
  private mutating func use(from id: Value, _ module: String, in hinge: (id: Value, module: String)) {
    for found in index.find(hinge.id, module: hinge.module, in: high, isStrict: true) {
      carry(from: id, module, to: found.id, found.module, present: argumentNames(found.id, hinge.module))
    }
  }

  /// Adds the arguments of what `use` names to the declaration.
  private mutating func use(from hinge: (id: Value, module: String), in id: Value, _ module: String) {
    for found in index.find(hinge.id, module: hinge.module, in: high, isStrict: true) {
      carry(from: found.id, found.module, to: id, module, present: argumentNames(id, module))
    }
  }

  private func argumentNames(_ id: Value, _ module: String) -> Set<Value> {
    Set(
      (high.declarations[id]?.arguments(of: module) ?? []).compactMap { argument in
        argument.mapValue.flatMap { $0.count == 1 ? $0.keys.first : nil }
      })
  }

  private mutating func carry(
    from source: Value, _ sourceModule: String, to id: Value, _ module: String, present: Set<Value>
  ) {
    var additions: [Addition] = []
    for argument in high.declarations[source]?.arguments(of: sourceModule) ?? [] {
      guard case .map(let map) = argument, map.count == 1, let key = map.keys.first, !present.contains(key) else {
        continue
      }
      if let word = key.stringValue, StateWords.notUsed.contains(word) { continue }
      additions.append(Addition(items: [argument]))
    }
    targets[id, default: Target(place: SourcePlace(file: ""))].modules[module, default: []] += additions
  }

  private func extensions() -> [Extension] {
    targets.map { id, target in
      var body = ValueMap()
      for (module, additions) in target.modules {
        body[.string(module)] = .list(additions.map(\.value))
      }
      if let environment = target.environment { body["__env__"] = environment }
      if let sls = target.sls { body["__sls__"] = sls }
      return Extension(id: id, body: body, place: target.place)
    }
  }
}
