import OrderedCollections
import Value

/// Finds declarations by what their arguments say, without a walk over all of them for each question.
struct NameIndex {
  private struct Key: Hashable {
    var module: String
    var value: Value
  }

  /// Ids whose declaration of a module has an argument of that value, once for each such argument.
  private var ids: [Key: [Value]] = [:]
  /// The first declaration with `name: value`.
  private var named: [Value: (module: String, id: Value)] = [:]
  private var slsEntries: [String: [(id: Value, module: String)]] = [:]
  private var slsIDs: [String: [Value]] = [:]

  init(_ high: HighData) {
    for (id, declaration) in high.declarations {
      let sls = declaration.sls
      slsIDs[sls, default: []].append(id)
      for module in declaration.modules {
        slsEntries[sls, default: []].append((id, module))
        for case .map(let argument) in declaration.arguments(of: module) ?? [] {
          if let name = argument["name"], named[name] == nil { named[name] = (module, id) }
          add(argument, id: id, module: module)
        }
      }
    }
  }

  mutating func add(_ argument: ValueMap, id: Value, module: String) {
    guard argument.count == 1, let value = argument.values.first else { return }
    switch value {
    case .list, .map: return
    default: ids[Key(module: module, value: value), default: []].append(id)
    }
  }

  /// The declarations that an `extend` or a `use` of `id` means (Salt's `find_name`).
  func find(_ id: Value, module: String, in high: HighData, isStrict: Bool) -> [(id: Value, module: String)] {
    if let declaration = high.declarations[id], !isStrict || declaration.body[module] != nil { return [(id, module)] }
    if module == "sls", case .string(let sls) = id {
      return (slsIDs[sls] ?? []).compactMap { id in
        high.declarations[id]?.modules.first.map { (id, $0) }
      }
    }
    return (ids[Key(module: module, value: id)] ?? []).map { ($0, module) }
  }

  /// All declarations of an SLS.
  func entries(ofSLS sls: String) -> [(id: Value, module: String)] { slsEntries[sls] ?? [] }

  /// The first declaration with that `name` argument.
  func declaration(named name: Value) -> (module: String, id: Value)? { named[name] }
}
