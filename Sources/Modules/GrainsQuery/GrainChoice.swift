import Functions
import Targeting
import Value

/// Picks an entry of a table by a grain, for `grains.filter_by`.
enum GrainChoice {
  /// The entry whose key, a glob, matches the grain's value or one of its values; else the one under `default`.
  static func pick(_ table: ValueMap, by grain: Value?, default fallback: String) -> Value? {
    for candidate in grain?.listValue ?? grain.map({ [$0] }) ?? [] {
      for (key, value) in table where Glob(key.description).matches(candidate.description) && !value.isNull {
        return value
      }
    }
    return table[fallback]
  }

  /// The lower map with the upper one over it, maps in maps merged likewise.
  static func merged(_ lower: ValueMap, _ upper: ValueMap) -> ValueMap {
    var result = lower
    for (key, value) in upper {
      if let inner = value.mapValue, let present = lower[key]?.mapValue {
        result[key] = .map(merged(present, inner))
      } else {
        result[key] = value
      }
    }
    return result
  }

  /// `base`, then the choice, then `merge`, each over the one before.
  static func combined(_ choice: Value?, base: Value?, merge: ValueMap?) throws(FunctionError) -> Value {
    var result = choice
    if let base {
      if let lower = base.mapValue, let choice {
        guard let upper = choice.mapValue else {
          throw FunctionError(.badArguments, "grains.filter_by: the entry is no map, so it cannot go over the base.")
        }
        result = .map(merged(lower, upper))
      } else {
        result = choice ?? base
      }
    }
    guard let merge else { return result ?? .null }
    guard let result, !result.isNull else { return .map(merge) }
    guard let lower = result.mapValue else {
      throw FunctionError(.badArguments, "grains.filter_by: the entry is no map, so nothing can be merged into it.")
    }
    return .map(merged(lower, merge))
  }
}
