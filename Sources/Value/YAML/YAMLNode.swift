import OrderedCollections

/// A node of a YAML document, with the place it stands at. Aliases are followed and `<<` is merged already.
public struct YAMLNode: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    /// A scalar, read as its tag says, and its text as it stands in the document without quotes.
    case scalar(Value, text: String)
    case sequence([YAMLNode])
    /// The entries in their order; no two have equal keys.
    case mapping([Entry])
  }

  public struct Entry: Sendable, Hashable {
    public let key: YAMLNode
    public let value: YAMLNode
  }

  /// The whole tag, `tag:yaml.org,2002:str` for instance: as written, or found by YAML 1.1's rules.
  public let tag: String
  public let content: Content
  public let mark: YAMLMark
  /// How many nodes this stands for with aliases followed, and how many levels deep it is.
  let weight: Int
  let height: Int

  public var line: Int { mark.line }
  public var column: Int { mark.column }

  init(tag: String, content: Content, mark: YAMLMark) {
    self.tag = tag
    self.content = content
    self.mark = mark
    switch content {
    case .scalar:
      weight = 1
      height = 0
    case .sequence(let nodes):
      weight = nodes.reduce(1) { $0 + $1.weight }
      height = 1 + nodes.reduce(0) { max($0, $1.height) }
    case .mapping(let entries):
      weight = entries.reduce(1) { $0 + $1.key.weight + $1.value.weight }
      height = 1 + entries.reduce(0) { max($0, $1.value.height) }
    }
  }

  /// What Salt's loader makes of the node. A `!!set` is the list of its members, an `!!omap` a list of pairs.
  public var value: Value {
    switch content {
    case .scalar(let value, _): value
    case .sequence(let nodes) where tag == YAMLTag.omap || tag == YAMLTag.pairs:
      .list(nodes.compactMap(\.entries?.first).map { .list([$0.key.value, $0.value.value]) })
    case .sequence(let nodes): .list(nodes.map(\.value))
    case .mapping(let entries) where tag == YAMLTag.set: .list(entries.map(\.key.value))
    case .mapping(let entries):
      .map(ValueMap(entries.lazy.map { ($0.key.value, $0.value.value) }, uniquingKeysWith: { _, last in last }))
    }
  }

  public var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }
  public var elements: [YAMLNode]? { if case .sequence(let elements) = content { elements } else { nil } }
  public var scalar: Value? { if case .scalar(let value, _) = content { value } else { nil } }

  /// The node under a string key of a mapping.
  public subscript(_ key: String) -> YAMLNode? {
    entries?.first { $0.key.scalar == .string(key) }?.value
  }
}
