import OrderedCollections
import Value

/// Takes secrets out of a configuration that is to be shown.
enum OptionRedaction {
  private static let secretWords = ["pass", "secret", "token", "private", "credential", "api_key", "apikey", "sealing"]

  static func redact(_ value: Value) -> Value {
    switch value {
    case .map(let map):
      .map(
        ValueMap(
          uniqueKeysWithValues: map.map { key, value in
            (key, isSecret(key.description) && !value.isNull && value.boolValue == nil ? "***" : redact(value))
          }))
    case .list(let items): .list(items.map(redact))
    case let other: other
    }
  }

  private static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return secretWords.contains { name.contains($0) } || name == "key" || name.hasSuffix("_key") || name == "invitation"
  }
}
