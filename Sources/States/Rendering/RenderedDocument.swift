import OrderedCollections
import Value

/// What an SLS renders to: data, and where it stands as far as that is known.
struct RenderedDocument {
  enum Content {
    case yaml(YAMLNode)
    case data(Value)
  }

  struct Entry {
    var key: Value
    var value: Value
    var place: SourcePlace
    /// The value's node, for the lines within it.
    var node: YAMLNode?
  }

  var content: Content
  var source: RenderedSource

  var value: Value {
    switch content {
    case .yaml(let node): node.value
    case .data(let value): value
    }
  }

  /// The entries of the map; nil when it is none.
  var entries: [Entry]? {
    switch content {
    case .yaml(let node):
      return node.entries?.map { entry in
        Entry(
          key: entry.key.value, value: entry.value.value,
          place: SourcePlace(file: source.file, line: entry.key.line, column: entry.key.column), node: entry.value)
      }
    case .data(.map(let map)):
      return map.map { Entry(key: $0.key, value: $0.value, place: SourcePlace(file: source.file)) }
    case .data: return nil
    }
  }
}
