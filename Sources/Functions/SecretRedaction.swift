import OrderedCollections
public import Value

/// Puts stars in place of secrets in what a job gives back, wherever they got into it: a diff, an error that shows a line,
/// the name of a state. Results are kept by the master.
///
/// What a secret took the place of was most likely one too, and nobody knows it any more: `old` beside a `new` that is
/// secret, and the removed and surrounding lines of a diff that has a secret in it, are starred as well.
///
/// A secret of several lines is found line by line. What a caller has encoded (base64, a hash) is not found.
public struct SecretRedaction: Sendable {
  /// As pillar functions mask.
  static let stars = "**********"
  /// In bytes. Shorter ones would be found in too much that is no secret.
  static let minimumLength = 6

  /// Names of what is there now, each with the name of what was there before.
  private static let successions = [("new", "old"), ("after", "before")]

  private let needles: [[UInt8]]

  public init(_ secrets: [String]) {
    var found: Set<[UInt8]> = []
    for secret in secrets {
      for line in secret.utf8.split(separator: UInt8(ascii: "\n")) {
        let line = Self.trimmed(Array(line))
        // The frame of a key is no secret.
        guard line.count >= Self.minimumLength, !line.starts(with: "-----".utf8) else { continue }
        let text = String(decoding: line, as: UTF8.self)
        found.insert(line)
        found.insert(Array(JSONWriter.compact(.string(text)).utf8.dropFirst().dropLast()))
        found.insert(line.flatMap { $0 == UInt8(ascii: "'") ? [UInt8(ascii: "\\"), $0] : [$0] })
        found.insert(line.flatMap { $0 == UInt8(ascii: "'") ? [$0, $0] : [$0] })
      }
    }
    // One that has another within goes first.
    needles = found.sorted { ($0.count, $1[0]) > ($1.count, $0[0]) }
  }

  private static func trimmed(_ line: [UInt8]) -> [UInt8] {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 13 }
    guard let first = line.firstIndex(where: { !isBlank($0) }), let last = line.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return Array(line[first...last])
  }

  /// The value with stars in texts, in keys, and in place of numbers that are a secret.
  public func redacted(_ value: Value) -> Value {
    guard !needles.isEmpty else { return value }
    switch value {
    case .map(let map):
      var result = ValueMap(minimumCapacity: map.count)
      for (key, inner) in map {
        var name = redacted(key)
        // No state may take another's place.
        var number = 1
        while result[name] != nil {
          number += 1
          name = .string("\(redacted(key).description) (\(number))")
        }
        result[name] = redacted(inner)
      }
      for (new, old) in Self.successions where map[new] != nil && map[new] != result[new] {
        if result[old]?.stringValue?.isEmpty == false { result[old] = .string(Self.stars) }
      }
      return .map(result)
    case .list(let items): return .list(items.map(redacted))
    case .string(let text): return .string(redacted(text))
    case .bytes(let bytes): return replaced(bytes).map(Value.bytes) ?? value
    case .int, .double: return needles.contains(Array(value.description.utf8)) ? .string(Self.stars) : value
    case .null, .bool: return value
    }
  }

  public func redacted(_ text: String) -> String {
    replaced(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// Nil when there is nothing to replace.
  private func replaced(_ text: [UInt8]) -> [UInt8]? {
    var current = text
    var hasChanged = false
    for needle in needles {
      guard var next = Self.index(of: needle, in: current, from: 0) else { continue }
      var result: [UInt8] = []
      var rest = 0
      while true {
        result += current[rest..<next]
        result += Self.stars.utf8
        rest = next + needle.count
        guard let following = Self.index(of: needle, in: current, from: rest) else { break }
        next = following
      }
      current = result + current[rest...]
      hasChanged = true
    }
    return hasChanged ? Self.withoutFormerLines(current) : nil
  }

  /// A unified diff without what the file said before: lines that go, and those that stay, among which the secret
  /// before may stand. Any other text as it is.
  private static func withoutFormerLines(_ text: [UInt8]) -> [UInt8] {
    guard text.starts(with: "--- ".utf8), index(of: Array("\n@@ ".utf8), in: text, from: 0) != nil else { return text }
    let (minus, blank) = (UInt8(ascii: "-"), UInt8(ascii: " "))
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return Array(
      lines.enumerated().map { number, line -> [UInt8] in
        guard number > 0, let mark = line.first, mark == minus || mark == blank else { return Array(line) }
        return [mark] + stars.utf8
      }.joined(separator: [UInt8(ascii: "\n")]))
  }

  private static func index(of needle: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    var position = start
    let last = text.count - needle.count
    while position <= last {
      if text[position] == needle[0], text[position..<position + needle.count].elementsEqual(needle) { return position }
      position += 1
    }
    return nil
  }
}
