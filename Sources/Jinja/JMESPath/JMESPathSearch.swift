import OrderedCollections
import Value

/// Evaluates a JMESPath expression on data.
struct JMESPathSearch {
  /// What a function gets: a value, or an expression that it applies.
  enum Argument {
    case value(Value)
    case expression(JMESPathNode)
  }

  /// Counts steps, and ends what takes too many.
  let charge: (Int) throws -> Void

  func value(_ node: JMESPathNode, of data: Value) throws -> Value {
    try charge(1)
    switch node {
    case .current: return data
    case .literal(let value): return value
    case .field(let name): return data.mapValue?[name] ?? .null
    case .index(let number):
      guard let items = data.listValue else { return .null }
      let place = number < 0 ? Int64(items.count) + number : number
      return place >= 0 && place < items.count ? items[Int(place)] : .null
    case .slice(let start, let stop, let step): return try slice(data, start, stop, step ?? 1)
    case .chain(let first, let second): return try value(second, of: value(first, of: data))
    case .projection(let base, let each):
      guard let items = try value(base, of: data).listValue else { return .null }
      return try project(items, each)
    case .valueProjection(let base, let each):
      guard let map = try value(base, of: data).mapValue else { return .null }
      return try project(Array(map.values), each)
    case .filterProjection(let base, let each, let condition):
      guard let items = try value(base, of: data).listValue else { return .null }
      return try project(items.filter { Self.isTrue(try value(condition, of: $0)) }, each)
    case .flatten(let base):
      guard let items = try value(base, of: data).listValue else { return .null }
      try charge(items.count)
      return .list(items.flatMap { $0.listValue ?? [$0] })
    case .list(let nodes): return data.isNull ? .null : .list(try nodes.map { try value($0, of: data) })
    case .map(let nodes, let order):
      guard !data.isNull else { return .null }
      var map: ValueMap = [:]
      for name in order { map[name] = try nodes[name].map { try value($0, of: data) } }
      return .map(map)
    case .comparison(let comparison, let left, let right):
      return try compare(comparison, value(left, of: data), value(right, of: data))
    case .and(let left, let right):
      let first = try value(left, of: data)
      return Self.isTrue(first) ? try value(right, of: data) : first
    case .or(let left, let right):
      let first = try value(left, of: data)
      return Self.isTrue(first) ? first : try value(right, of: data)
    case .not(let inner):
      let result = try value(inner, of: data)
      // 0 counts as true.
      return .bool(Self.isNumber(result) ? false : !Self.isTrue(result))
    case .reference: throw JMESPathError("an expression (&) is only an argument of a function")
    case .call(let name, let nodes):
      let arguments = try nodes.map { node -> Argument in
        if case .reference(let inner) = node { return .expression(inner) }
        return .value(try value(node, of: data))
      }
      return try call(name, arguments)
    }
  }

  private func project(_ items: [Value], _ each: JMESPathNode) throws -> Value {
    .list(try items.map { try value(each, of: $0) }.filter { !$0.isNull })
  }

  private func slice(_ data: Value, _ start: Int64?, _ stop: Int64?, _ step: Int64) throws -> Value {
    guard let items = data.listValue else { return .null }
    guard step != 0 else { throw JMESPathError("slice step cannot be zero") }
    let count = Int64(items.count)
    let (lowest, highest): (Int64, Int64) = step > 0 ? (0, count) : (-1, count - 1)
    func place(_ bound: Int64?, _ standard: Int64) -> Int64 {
      guard let bound else { return standard }
      return min(max(bound < 0 ? max(bound, -count - 1) + count : bound, lowest), highest)
    }
    var index = place(start, step > 0 ? lowest : highest)
    let end = place(stop, step > 0 ? highest : lowest)
    var result: [Value] = []
    while step > 0 ? index < end : index > end {
      result.append(items[Int(index)])
      let (next, overflow) = index.addingReportingOverflow(step)
      if overflow { break }
      index = next
    }
    try charge(result.count)
    return .list(result)
  }

  private func compare(_ comparison: JMESPathNode.Comparison, _ left: Value, _ right: Value) throws -> Value {
    switch comparison {
    case .equal: return .bool(Self.areEqual(left, right))
    case .unequal: return .bool(!Self.areEqual(left, right))
    case .less, .lessOrEqual, .greater, .greaterOrEqual: break
    }
    for side in [left, right] where !Self.isNumber(side) && side.stringValue == nil { return .null }
    let isLess = try Self.precedes(left, right)
    let isGreater = try Self.precedes(right, left)
    switch comparison {
    case .less: return .bool(isLess)
    case .greater: return .bool(isGreater)
    case .lessOrEqual: return .bool(!isGreater)
    default: return .bool(!isLess)
    }
  }
}

extension JMESPathSearch {
  static func isTrue(_ value: Value) -> Bool {
    switch value {
    case .null, .bool(false), .string(""): false
    case .list(let items): !items.isEmpty
    case .map(let map): !map.isEmpty
    default: true
    }
  }

  static func isNumber(_ value: Value) -> Bool {
    switch value {
    case .int, .double: true
    default: false
    }
  }

  /// Numbers by what they are worth; 1 is not True.
  static func areEqual(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.int(let first), .double(let second)), (.double(let second), .int(let first)): Double(first) == second
    case (.list(let first), .list(let second)):
      first.count == second.count && zip(first, second).allSatisfy(areEqual)
    case (.map(let first), .map(let second)):
      first.count == second.count && first.allSatisfy { key, value in second[key].map { areEqual(value, $0) } ?? false }
    default: left == right
    }
  }

  /// - Throws: for a number and a string, which have no order.
  static func precedes(_ left: Value, _ right: Value) throws -> Bool {
    switch (left, right) {
    case (.int(let first), .int(let second)): return first < second
    case (.string(let first), .string(let second)):
      return first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars)
    default:
      guard isNumber(left), isNumber(right), let first = left.doubleValue, let second = right.doubleValue else {
        throw JMESPathError("a \(left.kindName) and a \(right.kindName) have no order")
      }
      return first < second
    }
  }
}
