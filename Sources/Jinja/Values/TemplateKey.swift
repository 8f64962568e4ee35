/// What may be a key of a dict. Numbers that are equal are one key.
public enum TemplateKey: Hashable, Sendable {
  case none
  /// Integers, booleans and whole doubles: `True` is kept as a boolean for rendering, but equals 1.
  case int(Int64, isBool: Bool)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case tuple([TemplateKey])

  public static func == (left: TemplateKey, right: TemplateKey) -> Bool {
    switch (left, right) {
    case (.none, .none): true
    case (.int(let left, _), .int(let right, _)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.bytes(let left), .bytes(let right)): left == right
    case (.tuple(let left), .tuple(let right)): left == right
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .none: hasher.combine(0)
    case .int(let number, _): hasher.combine(number)
    case .double(let number): hasher.combine(number)
    case .string(let text): hasher.combine(text)
    case .bytes(let bytes): hasher.combine(bytes)
    case .tuple(let keys): hasher.combine(keys)
    }
  }

  /// Nil for what Python cannot hash (lists, dicts, undefined, objects).
  public init?(_ value: TemplateValue) {
    var budget = 10_000
    self.init(value, budget: &budget)
  }

  /// A tuple that holds another twice, which does so too, would have no end.
  private init?(_ value: TemplateValue, budget: inout Int) {
    switch value {
    case .none: self = .none
    case .bool(let flag): self = .int(flag ? 1 : 0, isBool: true)
    case .int(let number): self = .int(number, isBool: false)
    case .double(let number):
      if let whole = Int64(exactly: number) { self = .int(whole, isBool: false) } else { self = .double(number) }
    case .string(let text), .markup(let text): self = .string(text)
    case .bytes(let bytes): self = .bytes(bytes)
    case .tuple(let elements):
      var keys: [TemplateKey] = []
      for element in elements {
        budget -= 1
        guard budget > 0, let key = TemplateKey(element, budget: &budget) else { return nil }
        keys.append(key)
      }
      self = .tuple(keys)
    case .undefined, .list, .dict, .object: return nil
    }
  }

  public var value: TemplateValue {
    switch self {
    case .none: .none
    case .int(let number, let isBool): isBool ? .bool(number != 0) : .int(number)
    case .double(let number): .double(number)
    case .string(let text): .string(text)
    case .bytes(let bytes): .bytes(bytes)
    case .tuple(let keys): .tuple(keys.map(\.value))
    }
  }
}
