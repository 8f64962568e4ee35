import Value

extension HighData {
  /// Merges the extensions into the declarations they mean (Salt's `reconcile_extend`).
  ///
  /// - Parameter isStrict: an id counts only with the same module: for what comes from `_in` requisites.
  mutating func mergeExtensions(isStrict: Bool = false) -> [StateProblem] {
    guard !extensions.isEmpty else { return [] }
    var problems: [StateProblem] = []
    let pending = extensions
    extensions = []
    var index: NameIndex?
    let excluded = Set(
      exclusions.compactMap { exclusion -> String? in
        exclusion.stringValue ?? exclusion["sls"]?.stringValue
      })
    for item in pending {
      var id = item.id
      guard let module = item.body.keys.compactMap(\.stringValue).first(where: { !$0.hasPrefix("__") }) else {
        problems.append(problem("Extension name '\(PythonText.str(id))' extends nothing", item.place))
        continue
      }
      if declarations[id]?.body[module] == nil {
        if index == nil { index = NameIndex(self) }
        let found = index?.find(id, module: module, in: self, isStrict: isStrict) ?? []
        guard found.count == 1 else {
          problems.append(missing(item))
          continue
        }
        id = found[0].id
      }
      if let sls = item.body["__sls__"]?.stringValue, excluded.contains(sls) { continue }
      for (key, value) in item.body {
        guard let module = key.stringValue, !module.hasPrefix("__") else { continue }
        merge(value, into: id, module: module, index: &index)
      }
    }
    return problems
  }

  private func missing(_ item: Extension) -> StateProblem {
    let name = PythonText.str(item.id)
    let environment = item.body["__env__"]?.description ?? "base"
    let sls = item.body["__sls__"]?.description ?? "base"
    return problem(
      "Cannot extend ID '\(name)' in '\(environment):\(sls)'. It is not part of the high state.\n"
        + "This is likely due to a missing include statement or an incorrectly typed ID.\nEnsure that a state with "
        + "an ID of '\(name)' is available\nin environment '\(environment)' and to SLS '\(sls)'", item.place,
      hint: nearest(name))
  }

  /// The ids that a misspelt one may have meant.
  func nearest(_ name: String) -> String? {
    // Distances over tens of thousands of ids would take longer than the run.
    guard declarations.count <= 5_000 else { return nil }
    let near = NearestName.candidates(for: name, among: declarations.keys.map(\.description))
    return near.isEmpty ? nil : "Did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
  }

  private mutating func merge(_ value: Value, into id: Value, module: String, index: inout NameIndex?) {
    guard var declaration = declarations[id] else { return }
    guard case .list(var present)? = declaration.body[module] else {
      if declaration.body[module] == nil {
        declaration.body[module] = value
        declarations[id] = declaration
      }
      return
    }
    for argument in value.listValue ?? [] {
      var isMerged = false
      for position in present.indices {
        switch (argument, present[position]) {
        case (.string, .string):
          present[position] = argument
          isMerged = true
        case (.map(let addition), .map(var existing)):
          guard let key = addition.keys.first, let old = existing.keys.first else { continue }
          if key == old {
            if let word = key.stringValue, StateWords.requisites.contains(word) {
              let items = (existing[key]?.listValue ?? []) + (addition[key]?.listValue ?? [])
              existing[key] = .list(items)
              present[position] = .map(existing)
            } else {
              present[position] = argument
            }
            isMerged = true
          } else if key == "name", old == "names" {
            present[position] = argument
          }
        default: continue
        }
      }
      if !isMerged { present.append(argument) }
      if case .map(let map) = argument { index?.add(map, id: id, module: module) }
    }
    declaration.body[module] = .list(present)
    declarations[id] = declaration
  }
}
