import Functions
import OrderedCollections
import Value

extension GrainsStates {
  static let append = StateFunction(
    "grains.append", "Adds a value to a grain that is a list.",
    parameters: [
      name, value, .optional("convert", .bool, default: false, "Makes a list of a grain that is none."), delimiter,
    ]
  ) { arguments, context in
    let grains = CurrentGrains(context)
    let (key, value) = (key(arguments), arguments["value"])
    let text = PythonText.str(value)
    let present = grains.value(of: key)
    guard present.map(isTrue) == true || grains.all[key] != nil else {
      return StateResult(false, "Grain \(key) does not exist")
    }
    let added: ValueMap = ["added": value]
    if let items = present?.listValue {
      if items.contains(value) { return StateResult(true, "Value \(text) is already in the list for grain \(key)") }
      if context.isTest {
        return StateResult(nil, "Value \(text) in grain \(key) is set to be added", changes: added)
      }
      let stored = try await grains.call(GrainsFunctions.append, ["key": .string(key), "val": value])
      grains.remember(stored.mapValue ?? [:])
      return StateResult(true, "Value \(text) was added to grain \(key)", changes: added)
    }
    guard arguments.bool("convert") else { return StateResult(false, "Grain \(key) is not a valid list") }
    if context.isTest {
      return StateResult(
        nil, "Grain \(key) is set to be converted to list and value \(text) will be added", changes: added)
    }
    let items = present.map { $0.isNull ? [] : [$0] } ?? []
    let stored = try await grains.call(
      GrainsFunctions.setValue, ["key": .string(key), "val": .list(items + [value])])
    grains.remember(stored.mapValue ?? [:])
    return StateResult(true, "Value \(text) was added to grain \(key)", changes: added)
  }

  static let listPresent = StateFunction(
    "grains.list_present", "Adds values to a grain that is a list, or makes one.",
    parameters: [name, value, delimiter]
  ) { arguments, context in
    let grains = CurrentGrains(context)
    let key = key(arguments)
    var value = arguments["value"]
    // Salt reads a missing grain as an empty text, and reports that as what was there.
    let present = grains.value(of: key) ?? ""
    guard !isTrue(present) || present.listValue != nil else {
      return StateResult(false, "Grain \(key) is not a valid list")
    }
    let items = present.listValue ?? []
    let isThere = isTrue(present)
    let wanted = value.listValue ?? [value]
    let new = pendingAdded(wanted, to: key, besides: isThere ? items : [], context)
    if new.isEmpty, value.listValue == nil || !wanted.isEmpty {
      let text = PythonText.str(value)
      let comment =
        isThere
        ? "Value \(text) is already in grain \(key) (or pending)" : "Value \(text) is already pending in grain \(key)"
      return StateResult(true, comment)
    }
    let old = wanted.filter { !new.contains($0) }
    if value.listValue != nil { value = .list(new) }
    if context.isTest {
      let comment =
        isThere
        ? "Value \(PythonText.str(value)) is set to be appended to grain \(key)"
        : "Grain \(key) is set to be added"
      return StateResult(nil, comment, changes: ["new": present])
    }
    var comment = ""
    if !old.isEmpty {
      let removed = PythonText.repr(.list(old))
      let reason = isThere ? "found in \"\(key)\" (or pending)" : "already pending in \"\(key)\""
      comment = "Removed value \(removed) from update due to value \(reason).\n"
    }
    let text = PythonText.str(value)
    guard let stored = try? await grains.call(GrainsFunctions.append, ["key": .string(key), "val": value]),
      let changed = stored.mapValue
    else { return StateResult(false, "Failed append value \(text) to grain \(key)") }
    grains.remember(changed)
    return StateResult(true, "\(comment)Append value \(text) to grain \(key)", changes: ["new": stored])
  }

  static let listAbsent = StateFunction(
    "grains.list_absent", "Takes values out of a grain that is a list.", parameters: [name, value, delimiter]
  ) { arguments, context in
    let grains = CurrentGrains(context)
    let key = key(arguments)
    guard let present = grains.value(of: key), isTrue(present) else {
      return StateResult(true, "Grain \(key) does not exist")
    }
    guard let items = present.listValue else { return StateResult(false, "Grain \(key) is not a valid list") }
    var comments: [String] = []
    var deleted: [Value] = []
    for value in arguments["value"].listValue ?? [arguments["value"]] {
      let text = PythonText.str(value)
      guard items.contains(value) else {
        comments.append("Value \(text) is absent from grain \(key)")
        continue
      }
      deleted.append(value)
      if context.isTest {
        comments.append("Value \(text) in grain \(key) is set to be deleted")
        continue
      }
      let stored = try await grains.call(GrainsFunctions.remove, ["key": .string(key), "val": value])
      grains.remember(stored.mapValue ?? [:])
      comments.append("Value \(text) was deleted from grain \(key)")
    }
    return StateResult(
      context.isTest && !deleted.isEmpty ? nil : true, comments.joined(separator: "\n"),
      changes: deleted.isEmpty ? [:] : ["deleted": .list(deleted)])
  }

  /// The values that neither the grain nor an earlier state of this run has; they count as pending from now on, so that
  /// test mode does not add one twice either.
  private static func pendingAdded(_ wanted: [Value], to key: String, besides items: [Value], _ context: StateContext)
    -> [Value]
  {
    context.memory.update("grains.pending") { value in
      var all = value?.mapValue ?? [:]
      var pending = all[key]?.listValue ?? []
      var new: [Value] = []
      for item in wanted where !items.contains(item) && !pending.contains(item) {
        new.append(item)
        pending.append(item)
      }
      all[key] = .list(pending)
      value = .map(all)
      return new
    }
  }

  /// Python's truth of a value.
  private static func isTrue(_ value: Value) -> Bool {
    switch value {
    case .null, .bool(false), .int(0), .double(0), .string(""), .bytes([]), .list([]): false
    case .map(let map): !map.isEmpty
    default: true
    }
  }
}
