import HostSystem
import OrderedCollections
import Value

/// Reads what gpg prints with `--with-colons`, in Salt's shape: keys by their long id.
enum RepositoryKeyList {
  static func parse(_ lines: [String]) -> ValueMap {
    var keys: [ValueMap] = []
    for line in lines {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false).map { $0.trimmed() }
      guard fields.count > 1 else { continue }
      switch fields[0] {
      case "pub":
        if fields.count > 11 { keys.append(key(fields)) }
      case "sub":
        if fields.count > 11, !keys.isEmpty { keys[keys.count - 1]["subkey"] = .map(key(fields)) }
      case "fpr":
        guard fields.count > 9, let last = keys.indices.last else { continue }
        if var sub = keys[last]["subkey"]?.mapValue {
          sub["fingerprint"] = .string(fields[9])
          keys[last]["subkey"] = .map(sub)
        } else {
          keys[last]["fingerprint"] = .string(fields[9])
        }
      case "uid":
        guard fields.count > 9, let last = keys.indices.last else { continue }
        keys[last]["uid"] = .string(fields[9])
        keys[last]["uid_hash"] = .string(fields[7])
      default: continue
      }
    }
    var map: ValueMap = [:]
    for key in keys { map[key["keyid"] ?? ""] = .map(key) }
    return map
  }

  private static func key(_ fields: [String]) -> ValueMap {
    [
      "algorithm": value(fields[3]), "bits": value(fields[2]), "capability": value(fields[11]),
      "date_creation": value(fields[5]), "date_expiration": value(fields[6]), "keyid": .string(fields[4]),
      "validity": value(fields[1]),
    ]
  }

  private static func value(_ text: String) -> Value {
    text.isEmpty ? .null : Int64(text).map(Value.int) ?? .string(text)
  }
}
