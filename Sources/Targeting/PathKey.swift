import OrderedCollections
import Value

/// One key of a path: what it may be called in a map or a list.
struct PathKey: Sendable {
  /// As a map's key.
  private let name: Value
  /// As the key that YAML would read the text as: `8` finds the integer 8, `true` finds true.
  private let scalar: Value?
  private let index: Int64?

  init(_ text: String) {
    name = .string(text)
    index = Int64(text)
    scalar = index.map(Value.int) ?? Self.scalar(text)
  }

  private static func scalar(_ text: String) -> Value? {
    switch text {
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": .bool(true)
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": .bool(false)
    case "null", "Null", "NULL", "None", "~": .null
    default: text.utf8.contains(UInt8(ascii: ".")) ? Double(text).map(Value.double) : nil
    }
  }

  /// What the key finds: an entry of a map, an element of a list by its index (from the end when negative), or the
  /// entry of the first map in a list that has one.
  func find(in value: Value) -> Value? {
    switch value {
    case .map(let map): return map[name] ?? scalar.flatMap { map[$0] }
    case .list(let items):
      let key = index.map(Value.int) ?? name
      for case .map(let map) in items {
        if let found = map[key] { return found }
      }
      guard let index else { return nil }
      let position = index < 0 ? Int64(items.count) + index : index
      return position >= 0 && position < items.count ? items[Int(position)] : nil
    default: return nil
    }
  }

  func find(in map: ValueMap) -> Value? { map[name] ?? scalar.flatMap { map[$0] } }
}
