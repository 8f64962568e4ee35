import OrderedCollections

/// Writes values as PyYAML's safe dumper writes them, with its options: layout, quotes, line width and escapes are the
/// same to the letter.
public struct PythonYAMLWriter: Sendable {
  /// Nesting beyond this is refused.
  private static let depthLimit = 200

  /// PyYAML's `default_flow_style`.
  public var layout = YAMLEmitter.Layout.block
  /// Columns after which lines are broken.
  public var width = 80
  /// Spaces a level of a block.
  public var indent = 2
  public var sortsKeys = true
  /// Letters beyond ASCII are written as they are, not escaped.
  public var allowsUnicode = false

  public init() {}

  /// The document with its final line break; nil when it is nested too deeply.
  public func text(of value: Value) -> String? {
    guard let node = node(value, depth: 0) else { return nil }
    return YAMLEmitter.text(node, layout: layout, width: width, indent: indent, allowsUnicode: allowsUnicode)
  }

  private func node(_ value: Value, depth: Int) -> YAMLEmitter.Node? {
    guard depth < Self.depthLimit else { return nil }
    switch value {
    case .null: return Self.plain("null")
    case .bool(let flag): return Self.plain(flag ? "true" : "false")
    case .int(let number): return Self.plain(String(number))
    case .double(let number): return Self.plain(Self.text(of: number))
    case .string(let text): return .scalar(text, isPlain: Self.isPlain(text), isQuoted: true, tag: nil)
    case .bytes(let bytes):
      return .scalar(Base64.lines(bytes), isPlain: false, isQuoted: false, tag: "tag:yaml.org,2002:binary")
    case .list(let items):
      var nodes: [YAMLEmitter.Node] = []
      for item in items {
        guard let node = node(item, depth: depth + 1) else { return nil }
        nodes.append(node)
      }
      return .sequence(nodes, anchor: nil)
    case .map(let map):
      let entries = sortsKeys ? Self.sorted(map) : Array(map.elements)
      var nodes: [(key: YAMLEmitter.Node, value: YAMLEmitter.Node)] = []
      for entry in entries {
        guard let key = node(entry.key, depth: depth + 1), let value = node(entry.value, depth: depth + 1) else {
          return nil
        }
        nodes.append((key: key, value: value))
      }
      return .mapping(nodes, anchor: nil)
    }
  }

  private static func plain(_ text: String) -> YAMLEmitter.Node {
    .scalar(text, isPlain: true, isQuoted: false, tag: nil)
  }

  /// By key where Python can compare all keys, else as they are.
  private static func sorted(_ map: ValueMap) -> [(key: Value, value: Value)] {
    let entries = Array(map.elements)
    if entries.allSatisfy({ $0.key.stringValue != nil }) {
      return entries.sorted { first, second in
        (first.key.stringValue ?? "").unicodeScalars.lexicographicallyPrecedes(
          (second.key.stringValue ?? "").unicodeScalars)
      }
    }
    guard entries.allSatisfy({ $0.key.doubleValue != nil }) else { return entries }
    return entries.sorted { ($0.key.doubleValue ?? 0) < ($1.key.doubleValue ?? 0) }
  }

  private static func text(of number: Double) -> String {
    if number.isNaN { return ".nan" }
    if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
    let text = Value.double(number).description
    guard !text.contains("."), let exponent = text.firstIndex(of: "e") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }

  /// Whether a plain scalar of this text is read as a string.
  private static func isPlain(_ text: String) -> Bool {
    switch text {
    case "", "!", "&", "*": false
    default: YAMLResolver.tag(ofPlain: text) == YAMLTag.str && !isTimestamp(Array(text.utf8))
    }
  }

  /// `2001-12-14`, or a date with a time of day: YAML 1.1's own pattern.
  private static func isTimestamp(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    func digits(_ counts: ClosedRange<Int>) -> Int? {
      let count = rest.prefix { 0x30...0x39 ~= $0 }.count
      guard counts.contains(count) else { return nil }
      rest = rest.dropFirst(count)
      return count
    }
    func take(_ bytes: String) -> Bool {
      guard let first = rest.first, bytes.utf8.contains(first) else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard digits(4...4) != nil, take("-"), let month = digits(1...2), take("-"), let day = digits(1...2) else {
      return false
    }
    if rest.isEmpty { return month == 2 && day == 2 }
    if !take("Tt") {
      guard take(" \t") else { return false }
      while take(" \t") {}
    }
    guard digits(1...2) != nil, take(":"), digits(2...2) != nil, take(":"), digits(2...2) != nil else { return false }
    if take(".") { _ = digits(0...Int.max) }
    while take(" \t") {}
    if rest.isEmpty || take("Z") { return rest.isEmpty }
    guard take("-+"), digits(1...2) != nil else { return false }
    return rest.isEmpty || take(":") && digits(2...2) != nil && rest.isEmpty
  }
}
