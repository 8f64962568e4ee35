import Value

extension Evaluation {
  /// Python's truth of a value.
  ///
  /// - Throws: for undefined values.
  public func isTrue(_ value: TemplateValue) throws -> Bool {
    switch value {
    case .bool(let flag): return flag
    case .undefined(let undefined):
      guard undefined.isLenient else { throw undefined.failure }
      return false
    case .none: return false
    case .int(let number): return number != 0
    case .double(let number): return number != 0
    case .string(let text), .markup(let text): return !text.isEmpty
    case .bytes(let bytes): return !bytes.isEmpty
    case .list(let list): return !list.elements.isEmpty
    case .tuple(let elements): return !elements.isEmpty
    case .dict(let dict): return !dict.entries.isEmpty
    case .object(let object): return object.isTrue
    }
  }

  /// Python's `==`. Undefined values within lists equal nothing; the operator itself refuses them (`compare`).
  public func equals(_ left: TemplateValue, _ right: TemplateValue) -> Bool { equals(left, right, depth: 0) }

  private func equals(_ left: TemplateValue, _ right: TemplateValue, depth: Int) -> Bool {
    // Out of steps: the next operation says so.
    guard stepsLeft >= 0 else { return false }
    switch (left, right) {
    case (.string(let left), .string(let right)), (.string(let left), .markup(let right)),
      (.markup(let left), .string(let right)), (.markup(let left), .markup(let right)):
      return left == right
    case (.none, .none): return true
    case (.bytes(let left), .bytes(let right)): return left == right
    case (.list(let left), .list(let right)):
      return left === right || equals(left.elements, right.elements, depth: depth + 1)
    case (.tuple(let left), .tuple(let right)): return equals(left, right, depth: depth + 1)
    case (.dict(let left), .dict(let right)):
      if left === right { return true }
      guard depth < 100, left.entries.count == right.entries.count else { return false }
      stepsLeft &-= left.entries.count
      return left.entries.allSatisfy { key, value in
        right.entries[key].map { equals(value, $0, depth: depth + 1) } ?? false
      }
    case (.object(let left), .object(let right)):
      if left === right { return true }
      return (left as? any ComparableObject)?.equals(right, in: self) ?? false
    case (.undefined(let left), .undefined(let right)): return left.isLenient && right.isLenient
    default:
      guard let left = Number(left), let right = Number(right) else { return false }
      return left == right
    }
  }

  private func equals(_ left: [TemplateValue], _ right: [TemplateValue], depth: Int) -> Bool {
    guard depth < 100, left.count == right.count else { return false }
    stepsLeft &-= left.count
    return zip(left, right).allSatisfy { equals($0, $1, depth: depth) }
  }

  /// Python's `<`.
  ///
  /// - Throws: Python's TypeError for kinds that have no order between them, and for undefined values.
  public func isLess(_ left: TemplateValue, _ right: TemplateValue) throws -> Bool {
    try isOrdered(left, right, "<", depth: 0)
  }

  func isOrdered(_ left: TemplateValue, _ right: TemplateValue, _ symbol: String, depth: Int) throws -> Bool {
    try charge()
    switch (left, right) {
    case (.undefined(let undefined), _), (_, .undefined(let undefined)): throw undefined.failure
    case (.string(let left), .string(let right)), (.string(let left), .markup(let right)),
      (.markup(let left), .string(let right)), (.markup(let left), .markup(let right)):
      return left < right
    case (.bytes(let left), .bytes(let right)): return left.lexicographicallyPrecedes(right)
    case (.list(let left), .list(let right)): return try isOrdered(left.elements, right.elements, symbol, depth: depth)
    case (.tuple(let left), .tuple(let right)): return try isOrdered(left, right, symbol, depth: depth)
    default:
      guard let leftNumber = Number(left), let rightNumber = Number(right) else {
        throw TemplateFailure(
          .operation, "'\(symbol)' not supported between instances of '\(left.typeName)' and '\(right.typeName)'")
      }
      return leftNumber < rightNumber
    }
  }

  private func isOrdered(
    _ left: [TemplateValue], _ right: [TemplateValue], _ symbol: String, depth: Int
  ) throws -> Bool {
    guard depth < 100 else { throw TemplateFailure(.limit, "lists stand more than 100 levels within one another") }
    for (left, right) in zip(left, right) where !equals(left, right) {
      return try isOrdered(left, right, symbol, depth: depth + 1)
    }
    return left.count < right.count
  }

  /// One comparison of a chain.
  func compare(_ left: TemplateValue, _ comparison: ComparisonOperator, _ right: TemplateValue) throws -> Bool {
    switch comparison {
    case .equal, .notEqual:
      if case .undefined(let undefined) = left, !undefined.isLenient { throw undefined.failure }
      if case .undefined(let undefined) = right, !undefined.isLenient { throw undefined.failure }
      return equals(left, right) == (comparison == .equal)
    case .less: return try isOrdered(left, right, "<", depth: 0)
    case .greater: return try isOrdered(right, left, ">", depth: 0)
    case .lessOrEqual:
      if try isOrdered(left, right, "<=", depth: 0) { return true }
      return equals(left, right)
    case .greaterOrEqual:
      if try isOrdered(right, left, ">=", depth: 0) { return true }
      return equals(left, right)
    case .within: return try contains(right, left)
    case .notWithin: return try !contains(right, left)
    }
  }

  /// Python's `element in container`.
  func contains(_ container: TemplateValue, _ element: TemplateValue) throws -> Bool {
    if case .undefined(let undefined) = container, !undefined.isLenient { throw undefined.failure }
    if case .undefined(let undefined) = element, !undefined.isLenient { throw undefined.failure }
    switch container {
    case .undefined: return false
    case .string(let text), .markup(let text):
      guard let part = element.stringValue else {
        throw TemplateFailure(
          .operation, "'in <string>' requires string as left operand, not \(element.typeName)")
      }
      return text.contains(part)
    case .list(let list): return try contains(list.elements, element)
    case .tuple(let elements): return try contains(elements, element)
    case .dict(let dict):
      guard let key = TemplateKey(element) else { throw unhashable(element) }
      return dict.entries.keys.contains(key)
    case .bytes(let bytes):
      if case .int(let number) = element { return bytes.contains { Int64($0) == number } }
      guard case .bytes(let part) = element else {
        throw TemplateFailure(.operation, "a bytes-like object is required, not '\(element.typeName)'")
      }
      return ByteSearch.firstIndex(of: part, in: bytes, from: 0) != nil
    case .object(let object):
      if let found = try (object as? any ContainerObject)?.contains(element, in: self) { return found }
      guard let elements = try object.elements() else { throw isNoContainer(container) }
      return try contains(elements, element)
    case .none, .bool, .int, .double: throw isNoContainer(container)
    }
  }

  private func contains(_ elements: [TemplateValue], _ element: TemplateValue) throws -> Bool {
    try charge(elements.count)
    return elements.contains { equals($0, element) }
  }

  private func isNoContainer(_ value: TemplateValue) -> TemplateFailure {
    TemplateFailure(.operation, "argument of type '\(value.typeName)' is not iterable")
  }

  func unhashable(_ value: TemplateValue) -> TemplateFailure {
    if case .undefined(let undefined) = value { return undefined.failure }
    return TemplateFailure(.operation, "unhashable type: '\(value.typeName)'")
  }

  func notIterable(_ value: TemplateValue) -> TemplateFailure {
    if case .undefined(let undefined) = value { return undefined.failure }
    return TemplateFailure(.operation, "'\(value.typeName)' object is not iterable")
  }
}
