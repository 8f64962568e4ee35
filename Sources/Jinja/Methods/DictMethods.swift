import OrderedCollections

/// Methods of Python's `dict`.
struct DictMethods {
  static let names: Set<String> = [
    "get", "items", "keys", "values", "update", "pop", "popitem", "setdefault", "copy", "clear", "fromkeys",
  ]

  let dict: TemplateDict
  let evaluation: Evaluation

  func call(_ name: String, _ arguments: TemplateArguments) throws -> TemplateValue {
    switch name {
    case "get":
      let bound = try arguments.bind("get", .required("key"), .optional("default"))
      return dict.entries[try key(bound[0])] ?? bound[1]
    case "items": return try view("dict_items", arguments) { dict.entries.map { .tuple([$0.key.value, $0.value]) } }
    case "keys": return try view("dict_keys", arguments) { dict.entries.keys.map(\.value) }
    case "values": return try view("dict_values", arguments) { Array(dict.entries.values) }
    case "update": try update(arguments)
    case "pop":
      guard (1...2).contains(arguments.positional.count), arguments.named.isEmpty else {
        throw TemplateFailure(.operation, "pop expected at least 1 argument, got \(arguments.positional.count)")
      }
      let key = try key(arguments.positional[0])
      try evaluation.charge(dict.entries.count / 32)
      if let value = dict.entries.removeValue(forKey: key) { return value }
      guard arguments.positional.count == 2 else { throw keyError(try evaluation.representation(key.value)) }
      return arguments.positional[1]
    case "popitem":
      _ = try arguments.bind("popitem", [])
      guard !dict.entries.isEmpty else { throw keyError("'popitem(): dictionary is empty'") }
      let (key, value) = dict.entries.removeLast()
      return .tuple([key.value, value])
    case "setdefault":
      let bound = try arguments.bind("setdefault", .required("key"), .optional("default"))
      let key = try key(bound[0])
      if let value = dict.entries[key] { return value }
      try evaluation.claim(bytes: 64)
      dict.entries[key] = bound[1]
      return bound[1]
    case "copy":
      _ = try arguments.bind("copy", [])
      try evaluation.claim(dict.entries.count, times: 64)
      return .dict(TemplateDict(dict.entries, isOrdered: dict.isOrdered))
    case "clear":
      _ = try arguments.bind("clear", [])
      dict.entries = [:]
    case "fromkeys":
      let bound = try arguments.bind("fromkeys", .required("iterable"), .optional("value"))
      return .dict(try Self.fromKeys(bound[0], bound[1], evaluation))
    default: throw TemplateFailure(.operation, "'dict' object has no method '\(name)'")
    }
    return .none
  }

  static func fromKeys(
    _ keys: TemplateValue, _ value: TemplateValue, _ evaluation: Evaluation
  ) throws -> TemplateDict {
    let made = TemplateDict()
    for element in try evaluation.elements(of: keys) {
      guard let key = TemplateKey(element) else { throw evaluation.unhashable(element) }
      try evaluation.claim(bytes: 64)
      made.entries[key] = value
    }
    return made
  }

  private func view(
    _ kind: String, _ arguments: TemplateArguments, _ elements: () -> [TemplateValue]
  ) throws -> TemplateValue {
    _ = try arguments.bind(String(kind.dropFirst(5)), [])
    try evaluation.charge(dict.entries.count)
    return .object(ViewObject(kind, elements(), of: dict))
  }

  private func update(_ arguments: TemplateArguments) throws {
    guard arguments.positional.count <= 1 else {
      throw TemplateFailure(.operation, "update expected at most 1 argument, got \(arguments.positional.count)")
    }
    if let source = arguments.positional.first { try Self.merge(source, into: dict, "update", evaluation) }
    for (name, value) in arguments.named {
      try evaluation.claim(bytes: 64)
      dict.entries[.string(name)] = value
    }
  }

  /// Puts the entries of a dict or of pairs into a dict, as `dict.update` and `dict()` do.
  static func merge(
    _ source: TemplateValue, into dict: TemplateDict, _ function: String, _ evaluation: Evaluation
  ) throws {
    if case .dict(let other) = source {
      try evaluation.charge(other.entries.count)
      try evaluation.claim(other.entries.count, times: 64)
      for (key, value) in other.entries { dict.entries[key] = value }
      return
    }
    for (index, element) in try evaluation.elements(of: source).enumerated() {
      let pair: [TemplateValue]
      do { pair = try evaluation.elements(of: element) } catch let failure as TemplateFailure {
        guard failure.code == .operation else { throw failure }
        throw TemplateFailure(
          .operation, "cannot convert dictionary update sequence element #\(index) to a sequence")
      }
      guard pair.count == 2 else {
        throw TemplateFailure(
          .operation, "dictionary update sequence element #\(index) has length \(pair.count); 2 is required")
      }
      guard let key = TemplateKey(pair[0]) else { throw evaluation.unhashable(pair[0]) }
      try evaluation.claim(bytes: 64)
      dict.entries[key] = pair[1]
    }
  }

  private func key(_ value: TemplateValue) throws -> TemplateKey {
    guard let key = TemplateKey(value) else { throw evaluation.unhashable(value) }
    return key
  }

  private func keyError(_ key: String) -> TemplateFailure { TemplateFailure(.operation, "KeyError: \(key)") }
}
