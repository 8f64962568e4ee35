import OrderedCollections
public import Value

extension TemplateValue {
  /// How deep lists and maps may stand in one another when they leave a template.
  private static var depthLimit: Int { 128 }

  /// - Parameter isOrdered: whether its maps, at every depth, are Python's `OrderedDict`.
  public init(_ value: Value, isOrdered: Bool = false) {
    switch value {
    case .null: self = .none
    case .bool(let flag): self = .bool(flag)
    case .int(let number): self = .int(number)
    case .double(let number): self = .double(number)
    case .string(let text): self = .string(text)
    case .bytes(let bytes): self = .bytes(bytes)
    case .list(let elements): self = .list(TemplateList(elements.map { TemplateValue($0, isOrdered: isOrdered) }))
    case .map(let map):
      var entries = OrderedDictionary<TemplateKey, TemplateValue>(minimumCapacity: map.count)
      for (key, value) in map { entries[TemplateKey(key)] = TemplateValue(value, isOrdered: isOrdered) }
      self = .dict(TemplateDict(entries, isOrdered: isOrdered))
    }
  }

  /// The data as it leaves the template (arguments of functions).
  ///
  /// - Throws: undefined values, objects that are no data, and nesting beyond 128 levels.
  public func value() throws -> Value {
    var budget = 4_000_000
    return try value(depth: 0, budget: &budget)
  }

  private func value(depth: Int, budget: inout Int) throws -> Value {
    budget -= 1
    guard budget > 0 else { throw TemplateFailure(.limit, "more than four million values") }
    guard depth <= Self.depthLimit else { throw TemplateFailure(.limit, "more than \(Self.depthLimit) levels deep") }
    switch self {
    case .undefined(let undefined):
      if undefined.isLenient { return .string("") }
      throw undefined.failure
    case .none: return .null
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .double(let number): return .double(number)
    case .string(let text), .markup(let text): return .string(text)
    case .bytes(let bytes): return .bytes(bytes)
    case .list(let list): return .list(try list.elements.map { try $0.value(depth: depth + 1, budget: &budget) })
    case .tuple(let elements): return .list(try elements.map { try $0.value(depth: depth + 1, budget: &budget) })
    case .dict(let dict):
      var map = ValueMap(minimumCapacity: dict.entries.count)
      for (key, value) in dict.entries {
        map[try key.value.value(depth: depth + 1, budget: &budget)] = try value.value(depth: depth + 1, budget: &budget)
      }
      return .map(map)
    case .object(let object):
      guard let elements = try object.elements() else {
        throw TemplateFailure(.operation, "a '\(object.typeName)' object is not data")
      }
      return .list(try elements.map { try $0.value(depth: depth + 1, budget: &budget) })
    }
  }
}

extension TemplateKey {
  /// A key of a YAML or JSON map: what Python could not hash becomes a tuple.
  public init(_ value: Value) {
    switch value {
    case .null: self = .none
    case .bool(let flag): self = .int(flag ? 1 : 0, isBool: true)
    case .int(let number): self = .int(number, isBool: false)
    case .double(let number):
      if let whole = Int64(exactly: number) { self = .int(whole, isBool: false) } else { self = .double(number) }
    case .string(let text): self = .string(text)
    case .bytes(let bytes): self = .bytes(bytes)
    case .list(let elements): self = .tuple(elements.map(TemplateKey.init))
    case .map(let map): self = .tuple(map.map { .tuple([TemplateKey($0.key), TemplateKey($0.value)]) })
    }
  }
}
