import Functions
import Targeting
import Value

/// `include_pat` and `exclude_pat`: shell patterns, or regular expressions behind `E@`, on paths below a directory.
struct PathFilter: Sendable {
  private enum Rule: Sendable {
    case glob(GlobPattern)
    case expression(RegularExpression)

    init(_ text: String) throws {
      self =
        text.hasPrefix("E@")
        ? .expression(try RegularExpression(String(text.dropFirst(2)))) : .glob(GlobPattern(text))
    }

    func matches(_ path: String) throws -> Bool {
      switch self {
      case .glob(let pattern): pattern.matches(path)
      case .expression(let expression): try expression.firstMatch(in: path) != nil
      }
    }
  }

  private let included: [Rule]
  private let excluded: [Rule]

  init(including: Value = .null, excluding: Value = .null) throws {
    included = try Self.rules(including)
    excluded = try Self.rules(excluding)
  }

  /// Whether a path is dealt with: included, where anything is, and not excluded.
  func accepts(_ path: String) throws -> Bool {
    guard try included.isEmpty || included.contains(where: { try $0.matches(path) }) else { return false }
    return try !excluded.contains { try $0.matches(path) }
  }

  private static func rules(_ value: Value) throws -> [Rule] {
    switch value {
    case .null, "", false: []
    case .list(let items): try items.map { try Rule($0.description) }
    default: [try Rule(value.description)]
    }
  }
}
