import OrderedCollections
public import Value

/// Hides values, and keeps the shape: what Salt 3008 puts in place of pillar values that it shows.
public enum PillarMask {
  public static let text = "**********"

  /// Each text, number and True in it replaced; empty ones, 0 and False stay, as in Salt.
  public static func mask(_ value: Value) -> Value {
    switch value {
    case .map(let map): .map(map.mapValues(mask))
    case .list(let items): .list(items.map(mask))
    case .null: .null
    case .bool, .int, .double, .string, .bytes: Truth.isTrue(value) ? .string(text) : value
    }
  }
}
