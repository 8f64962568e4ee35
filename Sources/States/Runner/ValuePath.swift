import OrderedCollections
public import Value

/// Walks into nested maps and lists by a path such as `a:b:0`.
public enum ValuePath {
  /// What stands at the path; nil when nothing does. A list is entered by a number, or searched for a map with the key.
  public static func value(at path: String, in value: Value, separator: Character = ":") -> Value? {
    var current = value
    for step in path.split(separator: separator, omittingEmptySubsequences: false) {
      switch current {
      case .map(let map):
        guard let next = entry(String(step), of: map) else { return nil }
        current = next
      case .list(let items):
        if let index = Int(step) {
          guard let next = item(index, of: items) else { return nil }
          current = next
        } else {
          guard let next = items.lazy.compactMap({ $0[String(step)] }).first else { return nil }
          current = next
        }
      default: return nil
      }
    }
    return current
  }

  private static func entry(_ step: String, of map: ValueMap) -> Value? {
    if let value = map[step] { return value }
    return Int64(step).flatMap { map[.int($0)] }
  }

  /// Negative numbers count from the end, as in Python.
  private static func item(_ index: Int, of items: [Value]) -> Value? {
    let place = index < 0 ? items.count + index : index
    return items.indices.contains(place) ? items[place] : nil
  }
}
