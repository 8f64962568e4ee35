extension Value: CustomStringConvertible {
  /// The text of a scalar as a person reads it (`True`, `None`, `1.5` as Python and so Salt print them), and compact
  /// JSON for a list or a map. Used for matching grains and for plain output.
  public var description: String {
    switch self {
    case .null: "None"
    case .bool(let value): value ? "True" : "False"
    case .int(let value): String(value)
    case .double(let value): JSONWriter.text(of: value)
    case .string(let value): value
    case .bytes(let value): String(decoding: value, as: UTF8.self)
    case .list, .map: JSONWriter.compact(self)
    }
  }
}
