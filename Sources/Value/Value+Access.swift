extension Value {
  /// A list of strings as a value.
  public static func strings(_ strings: some Sequence<String>) -> Value { .list(strings.map(Value.string)) }

  /// An integer of any width as a value; beyond 64 bits signed it becomes a double.
  public static func integer(_ number: some BinaryInteger) -> Value {
    Int64(exactly: number).map(Value.int) ?? .double(Double(number))
  }

  public var isNull: Bool { self == .null }
  public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var intValue: Int64? { if case .int(let value) = self { value } else { nil } }
  public var stringValue: String? { if case .string(let value) = self { value } else { nil } }
  public var listValue: [Value]? { if case .list(let value) = self { value } else { nil } }
  public var mapValue: ValueMap? { if case .map(let value) = self { value } else { nil } }

  /// The number of an int or a double.
  public var doubleValue: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// The bytes of a byte string, or the UTF-8 of a string.
  public var bytesValue: [UInt8]? {
    switch self {
    case .bytes(let value): value
    case .string(let value): Array(value.utf8)
    default: nil
    }
  }

  /// The entry of a map under a string key; nil for anything else.
  public subscript(_ key: String) -> Value? {
    if case .map(let map) = self { map[.string(key)] } else { nil }
  }

  /// The element of a list; nil for anything else or outside its bounds.
  public subscript(_ index: Int) -> Value? {
    if case .list(let list) = self, list.indices.contains(index) { list[index] } else { nil }
  }

  /// What kind of value this is, in words for an error message.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .int: "an integer"
    case .double: "a number"
    case .string: "a string"
    case .bytes: "bytes"
    case .list: "a list"
    case .map: "a map"
    }
  }
}
