import Value

/// What counts as true: Python's rule.
enum Truth {
  static func isTrue(_ value: Value) -> Bool {
    switch value {
    case .null: false
    case .bool(let flag): flag
    case .int(let number): number != 0
    case .double(let number): number != 0
    case .string(let text): !text.isEmpty
    case .bytes(let bytes): !bytes.isEmpty
    case .list(let items): !items.isEmpty
    case .map(let map): !map.isEmpty
    }
  }
}
