import Functions
import Value

/// Puts a value at a nested key: the change to make is of the whole grain at the top.
enum GrainNesting {
  /// - Parameters:
  ///   - force: replaces what is no map on the way.
  ///   - isRemoving: takes the last key out of its map instead of setting it.
  static func placing(
    _ value: Value, at path: GrainPath, in grains: ValueMap, force: Bool = false, isRemoving: Bool = false
  ) throws(FunctionError) -> ValueMap {
    guard let top = path.parts.first else { return [:] }
    guard path.parts.count > 1 else { return [.string(top): value] }
    let changed = try place(
      value, at: path.parts.dropFirst(), in: grains[top], of: top, force: force, isRemoving: isRemoving)
    return [.string(top): changed]
  }

  private static func place(
    _ value: Value, at parts: ArraySlice<String>, in present: Value?, of name: String, force: Bool, isRemoving: Bool
  ) throws(FunctionError) -> Value {
    guard let key = parts.first else { return value }
    let rest = parts.dropFirst()
    func inner(_ present: Value?) throws(FunctionError) -> Value {
      try place(value, at: rest, in: present, of: "\(name):\(key)", force: force, isRemoving: isRemoving)
    }
    switch present {
    case nil, .null?:
      return isRemoving ? .map([:]) : [.string(key): try inner(nil)]
    case .map(var map)?:
      if rest.isEmpty, isRemoving {
        map.removeValue(forKey: .string(key))
      } else {
        map[key] = try inner(map[key])
      }
      return .map(map)
    case .list(var items)?:
      // An element that is the key, or a map with it, takes the value.
      var isPlaced = false
      for (index, item) in items.enumerated() {
        if item == .string(key) {
          items[index] = [.string(key): try inner(nil)]
          isPlaced = true
        } else if var map = item.mapValue, let old = map[key] {
          map[key] = try inner(old)
          items[index] = .map(map)
          isPlaced = true
        }
      }
      if !isPlaced { items.append([.string(key): try inner(nil)]) }
      return .list(items)
    case let other?:
      guard other == .string(key) || force else {
        throw FunctionError(
          .failed, "The key '\(name)' value is '\(other)', which is different from the provided key '\(key)'.")
      }
      return [.string(key): try inner(nil)]
    }
  }
}
