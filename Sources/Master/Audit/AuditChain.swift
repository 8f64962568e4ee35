import Hashing
public import OrderedCollections
public import Value
public import Wire

/// The hash chain of the audit log: each line holds the hash of the line before, so that a line changed, removed or put
/// in later breaks it.
public struct AuditChain: Sendable {
  /// Hex SHA-256 of the last line; 64 zeros before the first.
  public private(set) var head: String
  public private(set) var count: Int

  public init(head: String = String(repeating: "0", count: 64), count: Int = 0) {
    self.head = head
    self.count = count
  }

  /// The next line (without its newline): compact JSON.
  public mutating func append(who: String, what: String, details: ValueMap, now: Moment) -> String {
    let line = JSONWriter.compact([
      "n": .int(Int64(count + 1)), "time": .string(now.description), "who": .string(who), "what": .string(what),
      "details": .map(details), "previous": .string(head),
    ])
    head = Self.hash(line)
    count += 1
    return line
  }

  /// Checks one more line.
  ///
  /// - Returns: what is wrong with it; nil when it continues the chain.
  public mutating func verify(_ line: String) -> String? {
    guard let entry = try? JSONParser.parse(line) else { return "line \(count + 1) is not JSON" }
    guard entry["n"]?.intValue == Int64(count + 1) else {
      return "line \(count + 1) has the number \(entry["n"] ?? .null): a line is missing or was added"
    }
    guard entry["previous"]?.stringValue == head else {
      return "line \(count + 1) does not follow line \(count): one of them was changed"
    }
    head = Self.hash(line)
    count += 1
    return nil
  }

  static func hash(_ line: String) -> String { DigestAlgorithm.sha256.hexadecimal(of: Array(line.utf8)) }
}
