import Targeting
import Value

/// A template's value as PyYAML's safe dumper represents it: keys sorted, objects that stand in several places written
/// once and referred to after that.
struct YAMLTree {
  private var counts: [ObjectIdentifier: Int] = [:]
  private var anchors: [ObjectIdentifier: String] = [:]
  private let evaluation: Evaluation

  /// As Salt's `yaml` filter writes it: no line break at the end, and no `...` after a scalar.
  static func text(_ value: TemplateValue, isFlow: Bool, _ evaluation: Evaluation) throws -> String {
    var tree = YAMLTree(evaluation: evaluation)
    try tree.count(value, depth: 0)
    let node = try tree.node(value)
    guard var text = YAMLEmitter.text(node, layout: isFlow ? .flow : .block) else {
      throw TemplateFailure(.operation, "the value cannot be written as YAML")
    }
    while let last = text.unicodeScalars.last, PythonText.isSpace(last) { text.unicodeScalars.removeLast() }
    text = String(text.unicodeScalars.drop(while: PythonText.isSpace))
    if text.hasSuffix("\n...") { text.removeLast(4) }
    try evaluation.claim(bytes: text.utf8.count)
    return text
  }

  /// A float: `1.5`, `1.0e+20`, `.inf`.
  static func text(of number: Double) -> String {
    if number.isNaN { return ".nan" }
    if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
    let text = PythonText.number(number)
    guard !text.contains("."), let exponent = text.firstIndex(of: "e") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }

  private init(evaluation: Evaluation) { self.evaluation = evaluation }

  /// Counts how often each list and dict stands in the value.
  private mutating func count(_ value: TemplateValue, depth: Int) throws {
    guard depth < 100 else { throw TemplateFailure(.limit, "lists or dicts stand more than 100 levels deep") }
    try evaluation.charge()
    switch value {
    case .undefined(let undefined) where !undefined.isLenient: throw undefined.failure
    case .list(let list):
      guard isFirst(list) else { return }
      for element in list.elements { try count(element, depth: depth + 1) }
    case .dict(let dict):
      guard isFirst(dict) else { return }
      for element in dict.entries.values { try count(element, depth: depth + 1) }
    case .tuple(let elements): for element in elements { try count(element, depth: depth + 1) }
    default: break
    }
  }

  private mutating func isFirst(_ object: AnyObject) -> Bool {
    counts[ObjectIdentifier(object), default: 0] += 1
    return counts[ObjectIdentifier(object)] == 1
  }

  private mutating func node(_ value: TemplateValue) throws -> YAMLEmitter.Node {
    try evaluation.charge()
    switch value {
    case .string(let text), .markup(let text):
      try evaluation.claim(bytes: text.utf8.count)
      return .scalar(text, isPlain: Self.isPlain(text), isQuoted: true, tag: nil)
    case .none: return plain("null")
    case .bool(let flag): return plain(flag ? "true" : "false")
    case .int(let number): return plain(String(number))
    case .double(let number): return plain(Self.text(of: number))
    case .bytes(let bytes):
      return .scalar(
        Base64.lines(bytes), isPlain: false, isQuoted: false, tag: "tag:yaml.org,2002:binary")
    case .list(let list):
      let (anchor, isKnown) = anchor(list)
      if let anchor, isKnown { return .alias(anchor) }
      return .sequence(try list.elements.map { try node($0) }, anchor: anchor)
    case .tuple(let elements): return .sequence(try elements.map { try node($0) }, anchor: nil)
    case .dict(let dict):
      let (anchor, isKnown) = anchor(dict)
      if let anchor, isKnown { return .alias(anchor) }
      let entries = try sorted(dict).map { (key: try node($0.key.value), value: try node($0.value)) }
      return .mapping(entries, anchor: anchor)
    case .object(let set as TemplateSet):
      let entries = try set.members.map { (key: try node($0), value: plain("null")) }
      return .mapping(entries, anchor: nil, tag: "tag:yaml.org,2002:set")
    // What PyYAML does not know Salt's dumper writes so.
    case .object, .undefined: return plain("NULL")
    }
  }

  private func plain(_ text: String) -> YAMLEmitter.Node {
    .scalar(text, isPlain: true, isQuoted: false, tag: nil)
  }

  private mutating func anchor(_ object: AnyObject) -> (name: String?, isKnown: Bool) {
    let identity = ObjectIdentifier(object)
    guard counts[identity, default: 0] > 1 else { return (nil, false) }
    if let name = anchors[identity] { return (name, true) }
    let number = String(anchors.count + 1)
    let name = "id" + String(repeating: "0", count: max(0, 3 - number.utf8.count)) + number
    anchors[identity] = name
    return (name, false)
  }

  /// By key, when Python can compare the keys; else, and those of an `OrderedDict`, as they are.
  private func sorted(_ dict: TemplateDict) -> [(key: TemplateKey, value: TemplateValue)] {
    let entries = dict.entries.map { (key: $0.key, value: $0.value) }
    guard !dict.isOrdered else { return entries }
    return (try? evaluation.sorted(entries) { $0.key.value }) ?? entries
  }

  /// Whether a plain scalar of this text is read as a string by YAML 1.1 (PyYAML's resolver).
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    switch first {
    case "0"..."9", "+", "-", ".": return !matches(number, text) && !matches(date, text)
    case "~": return text != "~"
    case "!", "&", "*", "<", "=": return !["!", "&", "*", "<<", "="].contains(text)
    default: return text.utf8.count > 5 || !words.contains(text)
    }
  }

  private static func matches(_ expression: RegularExpression?, _ text: String) -> Bool {
    (try? expression?.matchesWhole(text)) ?? false
  }

  private static let words: Set = [
    "yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE", "false", "False", "FALSE", "on", "On", "ON", "off",
    "Off", "OFF", "null", "Null", "NULL",
  ]

  private static let number = try? RegularExpression(
    #"""
    [-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)? | \.[0-9][0-9_]*(?:[eE][-+][0-9]+)?
    | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]* | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
    | [-+]?0b[01_]+ | [-+]?0[0-7_]+ | [-+]?(?:0|[1-9][0-9_]*) | [-+]?0x[0-9a-fA-F_]+
    | [-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+
    """#, options: .verbose)

  private static let date = try? RegularExpression(
    #"""
    [0-9]{4}-[0-9]{2}-[0-9]{2}
    | [0-9]{4}-[0-9][0-9]?-[0-9][0-9]? (?:[Tt]|[\ \t]+) [0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
      (?:[\ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?
    """#, options: .verbose)
}
