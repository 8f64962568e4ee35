import OrderedCollections
import Value

extension JMESPathSearch {
  /// The functions of the language.
  func call(_ name: String, _ arguments: [Argument]) throws -> Value {
    let call = JMESPathCall(name: name, arguments: arguments)
    switch name {
    case "abs":
      try call.count(1)
      switch try call.number(0) {
      case .int(let number): return .int(number == .min ? .max : abs(number))
      case let number: return .double(abs(number.doubleValue ?? 0))
      }
    case "avg":
      try call.count(1)
      let items = try call.numbers(0)
      let sum = items.reduce(0) { $0 + ($1.doubleValue ?? 0) }
      return items.isEmpty ? .null : .double(sum / Double(items.count))
    case "sum":
      try call.count(1)
      return try Self.sum(call.numbers(0))
    case "ceil", "floor":
      try call.count(1)
      guard case .double(let number) = try call.number(0) else { return try call.number(0) }
      return Int64(exactly: number.rounded(name == "ceil" ? .up : .down)).map(Value.int) ?? .double(number)
    case "contains":
      try call.count(2)
      let search = try call.value(1)
      if let items = try call.value(0).listValue { return .bool(items.contains { Self.areEqual($0, search) }) }
      return .bool(try call.string(0).contains(call.string(1)))
    case "starts_with":
      try call.count(2)
      return .bool(try call.string(0).hasPrefix(call.string(1)))
    case "ends_with":
      try call.count(2)
      return .bool(try call.string(0).hasSuffix(call.string(1)))
    case "join":
      try call.count(2)
      return .string(try call.strings(1).joined(separator: call.string(0)))
    case "keys":
      try call.count(1)
      return .list(Array(try call.map(0).keys))
    case "values":
      try call.count(1)
      return .list(Array(try call.map(0).values))
    case "length":
      try call.count(1)
      return try Self.length(call.value(0), call)
    case "merge":
      guard !arguments.isEmpty else { throw call.wrongCount(1) }
      return .map(try arguments.indices.reduce(into: ValueMap()) { $0.merge(try call.map($1)) { $1 } })
    case "not_null":
      guard !arguments.isEmpty else { throw call.wrongCount(1) }
      return try arguments.indices.lazy.map { try call.value($0) }.first { !$0.isNull } ?? .null
    case "reverse":
      try call.count(1)
      if case .string(let text) = try call.value(0) {
        return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
      }
      return .list(try call.list(0).reversed())
    case "to_array":
      try call.count(1)
      let value = try call.value(0)
      return value.listValue == nil ? .list([value]) : value
    case "to_string":
      try call.count(1)
      let value = try call.value(0)
      return value.stringValue == nil ? .string(JSONWriter.compact(value)) : value
    case "to_number":
      try call.count(1)
      return Self.number(try call.value(0))
    case "type":
      try call.count(1)
      return .string(JMESPathCall.kind(of: try call.value(0)))
    case "map":
      try call.count(2)
      let expression = try call.expression(0)
      return .list(try call.list(1).map { try value(expression, of: $0) })
    case "sort":
      try call.count(1)
      let items = try call.comparable(0)
      try charge(items.count)
      return .list(try items.sorted(by: Self.precedes))
    case "max", "min":
      try call.count(1)
      return try Self.extreme(call.comparable(0), isLargest: name == "max") { $0 }
    case "sort_by", "max_by", "min_by":
      try call.count(2)
      let expression = try call.expression(1)
      let keyed = try call.list(0).map { (key: try value(expression, of: $0), item: $0) }
      try call.check(keys: keyed.map(\.key))
      try charge(keyed.count)
      if name == "sort_by" { return .list(try keyed.sorted { try Self.precedes($0.key, $1.key) }.map(\.item)) }
      return try Self.extreme(keyed, isLargest: name == "max_by") { $0.key }.item
    default: throw JMESPathError("Unknown function: \(name)()")
    }
  }

  private static func sum(_ items: [Value]) throws -> Value {
    var whole: Int64 = 0
    for item in items {
      guard case .int(let number) = item else { return .double(items.reduce(0) { $0 + ($1.doubleValue ?? 0) }) }
      let (sum, overflow) = whole.addingReportingOverflow(number)
      guard !overflow else { throw JMESPathError("the sum is beyond 64 bits") }
      whole = sum
    }
    return .int(whole)
  }

  private static func length(_ value: Value, _ call: JMESPathCall) throws -> Value {
    switch value {
    case .string(let text): return .integer(text.unicodeScalars.count)
    case .list(let items): return .integer(items.count)
    case .map(let map): return .integer(map.count)
    default: throw call.wrongType(value, "string, array, object")
    }
  }

  private static func number(_ value: Value) -> Value {
    switch value {
    case .int, .double: return value
    case .string(let text):
      let bare = String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
      return Int64(bare).map(Value.int) ?? Double(bare).map(Value.double) ?? .null
    default: return .null
    }
  }

  /// The first of the largest or smallest; null, or nothing, of an empty list.
  private static func extreme(_ items: [Value], isLargest: Bool, _ key: (Value) -> Value) throws -> Value {
    guard !items.isEmpty else { return .null }
    return try extreme(items.map { (key: $0, item: $0) }, isLargest: isLargest) { $0.key }.item
  }

  private static func extreme(
    _ items: [(key: Value, item: Value)], isLargest: Bool, _ key: ((key: Value, item: Value)) -> Value
  ) throws -> (key: Value, item: Value) {
    guard var best = items.first else { return (.null, .null) }
    for item in items.dropFirst()
    where try isLargest ? precedes(best.key, item.key) : precedes(item.key, best.key) { best = item }
    return best
  }
}
