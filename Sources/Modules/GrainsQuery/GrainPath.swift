import Value

/// A key such as `systemd:version` or `ipv4:0`, followed through maps and lists as Salt follows it.
struct GrainPath: Sendable {
  var parts: [String]

  init(_ key: String, delimiter: String) {
    parts = key.split(separator: delimiter, omittingEmptySubsequences: false).map(String.init)
  }

  /// Nil when there is nothing under the key.
  func value(in grains: ValueMap) -> Value? {
    var value = Value.map(grains)
    for part in parts {
      guard let next = Self.member(part, of: value) else { return nil }
      value = next
    }
    return value
  }

  private static func member(_ part: String, of value: Value) -> Value? {
    switch value {
    case .map(let map):
      // A key in YAML may be a number.
      return map[part] ?? Int64(part).flatMap { map[.int($0)] }
    case .list(let items):
      guard let number = Int(part) else { return items.lazy.compactMap { $0[part] }.first }
      if let found = items.lazy.compactMap({ $0.mapValue?[.integer(number)] }).first { return found }
      let index = number < 0 ? items.count + number : number
      return items.indices.contains(index) ? items[index] : nil
    default: return nil
    }
  }
}
