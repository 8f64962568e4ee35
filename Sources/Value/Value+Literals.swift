/// There is no nil literal on purpose: `condition ? nil : value` would quietly mean `.some(.null)` where nothing is meant.
extension Value: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int64) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: Value...) { self = .list(elements) }
  /// A later duplicate of a key wins, as in a Python dict display.
  public init(dictionaryLiteral elements: (Value, Value)...) {
    self = .map(ValueMap(elements, uniquingKeysWith: { _, last in last }))
  }
}
