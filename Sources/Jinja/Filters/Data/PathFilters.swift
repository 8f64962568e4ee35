import Value

/// Places in nested data, named `a:b:0`.
enum PathFilters {
  static var all: [Filter] {
    [
      Filter(
        "traverse", "traverse_dict_and_list", .required("key"), .optional("default"),
        .optional("delimiter", .string(":")), body: traverse),
      Filter("json_query", "json_query", .required("expr"), body: search),
      change("set_dict_key_value") { dict, key, value, _ in dict.entries[key] = value },
      change("append_dict_key_value") { dict, key, value, _ in
        let list = try list(dict, key, "append")
        list.elements.append(value)
      },
      change("extend_dict_key_value") { dict, key, value, evaluation in
        let list = try list(dict, key, "extend")
        guard try TypeTests.isIterable(value) else {
          throw TemplateFailure(
            .hostFunction, "Cannot extend <class 'list'> with a \(Evaluation.className(value)).")
        }
        list.elements += try evaluation.elements(of: value)
      },
      change("update_dict_key_value") { dict, key, value, evaluation in
        if dict.entries[key]?.isNone ?? true { dict.entries[key] = .dict(TemplateDict()) }
        let current = dict.entries[key] ?? .none
        guard case .dict(let target) = current else {
          throw TemplateFailure(
            .hostFunction, "The last key contains a \(Evaluation.className(current)), which cannot update.")
        }
        guard case .dict(let source) = try evaluation.defined(value) else {
          throw TemplateFailure(
            .hostFunction, "Cannot update <class 'dict'> with a \(Evaluation.className(value)).")
        }
        for (key, value) in source.entries { target.entries[key] = value }
      },
    ]
  }

  /// JMESPath.
  private static func search(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    let data = try evaluation.defined(value).value()
    let search = JMESPathSearch { steps in
      try evaluation.charge(steps)
      try evaluation.claim(bytes: 16 * steps)
    }
    do {
      return TemplateValue(try search.value(JMESPathParser.parse(evaluation.string(given[0])), of: data))
    } catch let error as JMESPathError {
      throw TemplateFailure(.operation, "json_query: \(error)", hint: "the language is that of jmespath.org")
    }
  }

  private static func list(_ dict: TemplateDict, _ key: TemplateKey, _ verb: String) throws -> TemplateList {
    if dict.entries[key]?.isNone ?? true { dict.entries[key] = .list(TemplateList()) }
    let current = dict.entries[key] ?? .none
    guard case .list(let list) = current else {
      throw TemplateFailure(
        .hostFunction, "The last key contains a \(Evaluation.className(current)), which cannot \(verb).")
    }
    return list
  }

  /// A filter that changes the place `keys` of a dict, makes the dicts on the way, and gives the whole dict back.
  private static func change(
    _ name: String, _ body: @escaping (TemplateDict, TemplateKey, TemplateValue, Evaluation) throws -> Void
  ) -> Filter {
    Filter(
      name, name, .required("keys"), .required("value"), .optional("delimiter", .string(":")),
      .optional("ordered_dict", .bool(false))
    ) { value, given, evaluation in
      guard case .dict(var dict) = try evaluation.defined(value) else {
        throw TemplateFailure(.operation, "'\(value.typeName)' object does not support item assignment")
      }
      let delimiter = try evaluation.text(given[2])
      var keys = [given[0]]
      if let text = given[0].stringValue { keys = names(text, delimiter) }
      for key in keys.dropLast() {
        let key = TemplateKey(key) ?? .none
        if case .dict(let next)? = dict.entries[key] {
          dict = next
        } else {
          let next = TemplateDict()
          dict.entries[key] = .dict(next)
          dict = next
        }
      }
      guard let last = keys.last, let key = TemplateKey(last) else { throw evaluation.unhashable(given[0]) }
      try body(dict, key, evaluation.defined(given[1]), evaluation)
      return value
    }
  }

  private static func names(_ path: String, _ delimiter: String) -> [TemplateValue] {
    path.split(separator: delimiter, omittingEmptySubsequences: false).map { .string(String($0)) }
  }

  private static func traverse(
    _ value: TemplateValue, _ given: [TemplateValue], _ evaluation: Evaluation
  ) throws -> TemplateValue {
    let keys: [TemplateValue]
    switch given[0] {
    case .string(let text), .markup(let text):
      keys = names(text, try evaluation.text(given[2]))
    case .int, .bool: keys = [given[0]]
    default: keys = try evaluation.elements(of: given[0])
    }
    var current = try evaluation.defined(value)
    for key in keys {
      guard let next = try step(current, key, evaluation) else { return given[1] }
      current = next
    }
    return current
  }

  private static func step(
    _ value: TemplateValue, _ key: TemplateValue, _ evaluation: Evaluation
  ) throws -> TemplateValue? {
    try evaluation.charge()
    switch try evaluation.defined(value) {
    case .list(let list):
      let index = key.stringValue.map { PythonNumber.integer($0) } ?? (try? evaluation.integer(key)).map(Int64.init)
      let name = index.map(TemplateValue.int) ?? key
      for case .dict(let dict) in list.elements {
        if let hashable = TemplateKey(name), let found = dict.entries[hashable] { return found }
      }
      guard let index else { return nil }
      let position = index < 0 ? index + Int64(list.elements.count) : index
      return list.elements.indices.contains(Int(clamping: position)) ? list.elements[Int(position)] : nil
    case .dict(let dict):
      guard let hashable = TemplateKey(key) else { return nil }
      if let found = dict.entries[hashable] { return found }
      // A key that is a number in YAML may be named by its text.
      guard let text = key.stringValue, let loaded = try? YAMLParser.value(of: text),
        let other = TemplateKey(TemplateValue(loaded))
      else { return nil }
      return dict.entries[other]
    case .string, .markup, .tuple, .bytes:
      guard case .int = key else { return nil }
      let found = try evaluation.item(key, of: value)
      guard !found.isUndefined else { throw TemplateFailure(.operation, "\(value.typeName) index out of range") }
      return found
    default: return nil
    }
  }
}
