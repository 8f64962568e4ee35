/// Reads YAML 1.1 as Salt's loader does: one document, no two equal keys in a map, `<<` merged, plain scalars by
/// `YAMLResolver`'s rules. Aliases may not stand for more than the limits allow, so that none can blow a text up.
public struct YAMLParser {
  private let events: YAMLEventStream
  let source: YAMLSource
  private let limits: ValueLimits
  private var anchors: [String: (node: YAMLNode, mark: YAMLMark)] = [:]
  /// Anchors of the collections that are being read: an alias to one of them would have no end.
  private var open: [String: YAMLMark] = [:]
  private var count = 0

  /// The document as nodes that know their place. An empty text is a null.
  public static func parse(
    _ text: String, file: String = "<text>", limits: ValueLimits = .standard
  ) throws(YAMLError) -> YAMLNode {
    let source = YAMLSource(text: text, file: file)
    guard text.utf8.count <= limits.bytes else {
      throw source.error("the text is longer than \(limits.bytes) bytes", at: YAMLMark(line: 1, column: 1))
    }
    let bytes = Array(text.utf8)
    guard let events = YAMLEventStream(bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes[3...]) : bytes) else {
      throw source.error("no memory to read the text", at: YAMLMark(line: 1, column: 1))
    }
    var parser = YAMLParser(events: events, source: source, limits: limits)
    return try parser.document()
  }

  /// The document as a value.
  public static func value(
    of text: String, file: String = "<text>", limits: ValueLimits = .standard
  ) throws(YAMLError) -> Value {
    try parse(text, file: file, limits: limits).value
  }

  private init(events: YAMLEventStream, source: YAMLSource, limits: ValueLimits) {
    self.events = events
    self.source = source
    self.limits = limits
  }

  private mutating func document() throws(YAMLError) -> YAMLNode {
    var root: YAMLNode?
    while true {
      let event = try next()
      switch event.kind {
      case .streamStart, .documentEnd: continue
      case .documentStart where root != nil:
        throw source.error("a second document begins here; expected a single one", at: event.mark)
      case .documentStart: root = try source.usable(try node(try next(), depth: 0))
      default:
        return root ?? YAMLNode(tag: YAMLTag.null, content: .scalar(.null, text: ""), mark: event.mark)
      }
    }
  }

  private func next() throws(YAMLError) -> YAMLEvent {
    do {
      return try events.next()
    } catch {
      throw source.explain(error)
    }
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> YAMLNode {
    guard depth <= limits.depth else { throw source.error("more than \(limits.depth) levels deep", at: event.mark) }
    try claim(1, at: event.mark)
    switch event.kind {
    case .alias(let name): return try alias(name, depth: depth, at: event.mark)
    case .scalar(let text, let tag, let isPlain, let anchor):
      try declare(anchor, at: event.mark)
      let node = try source.scalar(
        text, tag: tag ?? (isPlain ? YAMLResolver.tag(ofPlain: text) : YAMLTag.str), mark: event.mark)
      return define(anchor, node, at: event.mark)
    case .sequenceStart(let tag, let anchor):
      try declare(anchor, at: event.mark)
      var elements: [YAMLNode] = []
      while true {
        let inner = try next()
        if case .sequenceEnd = inner.kind { break }
        elements.append(try source.usable(try node(inner, depth: depth + 1)))
      }
      let node = try source.sequence(elements, tag: tag, mark: event.mark)
      return define(anchor, node, at: event.mark)
    case .mappingStart(let tag, let anchor):
      try declare(anchor, at: event.mark)
      var entries: [YAMLNode.Entry] = []
      while true {
        let inner = try next()
        if case .mappingEnd = inner.kind { break }
        let key = try node(inner, depth: depth + 1)
        entries.append(YAMLNode.Entry(key: key, value: try node(try next(), depth: depth + 1)))
      }
      let node = try source.mapping(entries, tag: tag, mark: event.mark)
      // What a merge brought in counts too.
      try claim(node.weight - 1 - entries.reduce(0) { $0 + $1.key.weight + $1.value.weight }, at: event.mark)
      return define(anchor, node, at: event.mark)
    default: throw source.error("expected a value", at: event.mark)
    }
  }

  private mutating func alias(_ name: String, depth: Int, at mark: YAMLMark) throws(YAMLError) -> YAMLNode {
    if open[name] != nil { throw source.error("'*\(name)' stands within what it refers to", at: mark) }
    guard let node = anchors[name]?.node else {
      throw source.error(
        "nothing above is named '&\(name)'", at: mark,
        advice: "Text that begins with '*' stands in quotes: '*\(name)'.")
    }
    guard depth + node.height <= limits.depth else {
      throw source.error("more than \(limits.depth) levels deep", at: mark)
    }
    try claim(node.weight, at: mark)
    return node
  }

  private mutating func claim(_ nodes: Int, at mark: YAMLMark) throws(YAMLError) {
    count += max(nodes, 0)
    guard count <= limits.count else {
      throw source.error("more than \(limits.count) values, aliases followed", at: mark)
    }
  }

  private mutating func declare(_ anchor: String?, at mark: YAMLMark) throws(YAMLError) {
    guard let anchor else { return }
    if let first = open[anchor] ?? anchors[anchor]?.mark {
      throw source.error("the anchor '&\(anchor)' is there already, at line \(first.line)", at: mark)
    }
    open[anchor] = mark
  }

  private mutating func define(_ anchor: String?, _ node: YAMLNode, at mark: YAMLMark) -> YAMLNode {
    guard let anchor else { return node }
    open[anchor] = nil
    anchors[anchor] = (node, mark)
    return node
  }
}
