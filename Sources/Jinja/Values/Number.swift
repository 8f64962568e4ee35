/// A Python number as an operand: booleans count as integers.
enum Number {
  case int(Int64)
  case double(Double)

  init?(_ value: TemplateValue) {
    switch value {
    case .bool(let flag): self = .int(flag ? 1 : 0)
    case .int(let number): self = .int(number)
    case .double(let number): self = .double(number)
    default: return nil
    }
  }

  var double: Double {
    switch self {
    case .int(let number): Double(number)
    case .double(let number): number
    }
  }

  static func == (left: Number, right: Number) -> Bool {
    switch (left, right) {
    case (.int(let left), .int(let right)): left == right
    case (.int(let left), .double(let right)): Int64(exactly: right) == left
    case (.double(let left), .int(let right)): Int64(exactly: left) == right
    case (.double(let left), .double(let right)): left == right
    }
  }

  static func < (left: Number, right: Number) -> Bool {
    switch (left, right) {
    case (.int(let left), .int(let right)): return left < right
    case (.int(let left), .double(let right)):
      guard let floor = Int64(exactly: right.rounded(.down)) else { return right > 0 }
      return left < floor || (left == floor && Double(floor) < right)
    case (.double(let left), .int(let right)):
      guard let floor = Int64(exactly: left.rounded(.down)) else { return left < 0 }
      return floor < right
    case (.double(let left), .double(let right)): return left < right
    }
  }
}
