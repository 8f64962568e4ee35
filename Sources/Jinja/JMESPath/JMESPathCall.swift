import OrderedCollections
import Value

/// The arguments of a JMESPath function, checked.
struct JMESPathCall {
  let name: String
  let arguments: [JMESPathSearch.Argument]

  func count(_ expected: Int) throws {
    guard arguments.count == expected else { throw wrongCount(expected) }
  }

  func wrongCount(_ expected: Int) -> JMESPathError {
    JMESPathError(
      "Expected \(expected) argument\(expected == 1 ? "" : "s") for function \(name)(), received \(arguments.count)")
  }

  func wrongType(_ value: Value, _ wanted: String) -> JMESPathError {
    JMESPathError("In function \(name)(), a \(Self.kind(of: value)) was given where one of: \(wanted) is expected")
  }

  func value(_ index: Int) throws -> Value {
    guard case .value(let value) = arguments[index] else {
      throw JMESPathError("In function \(name)(), an expression (&) stands where a value is expected")
    }
    return value
  }

  func expression(_ index: Int) throws -> JMESPathNode {
    switch arguments[index] {
    case .expression(let node): return node
    case .value(let value): throw wrongType(value, "expref")
    }
  }

  func string(_ index: Int) throws -> String {
    guard let text = try value(index).stringValue else { throw wrongType(try value(index), "string") }
    return text
  }

  func number(_ index: Int) throws -> Value {
    guard JMESPathSearch.isNumber(try value(index)) else { throw wrongType(try value(index), "number") }
    return try value(index)
  }

  func list(_ index: Int) throws -> [Value] {
    guard let items = try value(index).listValue else { throw wrongType(try value(index), "array") }
    return items
  }

  func map(_ index: Int) throws -> ValueMap {
    guard let map = try value(index).mapValue else { throw wrongType(try value(index), "object") }
    return map
  }

  func numbers(_ index: Int) throws -> [Value] {
    let items = try list(index)
    for item in items where !JMESPathSearch.isNumber(item) { throw wrongType(item, "array-number") }
    return items
  }

  func strings(_ index: Int) throws -> [String] {
    try list(index).map { item in
      guard let text = item.stringValue else { throw wrongType(item, "array-string") }
      return text
    }
  }

  /// Numbers alone or strings alone.
  func comparable(_ index: Int) throws -> [Value] {
    let items = try list(index)
    try check(keys: items)
    return items
  }

  func check(keys: [Value]) throws {
    guard let first = keys.first else { return }
    let kind = Self.kind(of: first)
    guard kind == "number" || kind == "string" else { throw wrongType(first, "string, number") }
    for key in keys where Self.kind(of: key) != kind { throw wrongType(key, kind) }
  }

  /// The language's name of a value's type.
  static func kind(of value: Value) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .int, .double: "number"
    case .string, .bytes: "string"
    case .list: "array"
    case .map: "object"
    }
  }
}
