/// Host names, each once and in natural order, written in ClusterShell's folded form: `db1,web[01-03,07]`.
public struct HostSet: Sendable, Hashable, CustomStringConvertible {
  public let names: [String]

  public init(_ names: some Sequence<String>) { self.names = NaturalOrder.sorted(Set(names)) }

  /// Reads folded text.
  ///
  /// - Parameter limit: how many names it may stand for; more is an error before any is made.
  public init(parsing text: String, limit: Int = 1_000_000) throws(TargetError) {
    self.init(try Self.expand(text, limit: limit))
  }

  /// The names that a folded text stands for, in the order written; one that is written twice is there twice.
  ///
  /// `web[01-40/2,50],db1` has ranges with steps; numbers are padded to the width of a first one with leading zeros.
  public static func expand(_ text: String, limit: Int = 1_000_000) throws(TargetError) -> [String] {
    var names: [String] = []
    try HostSetExpansion.forEachName(in: text, at: SourcePosition(text: text, column: 1), limit: limit) {
      names.append($0)
    }
    return names
  }

  public var count: Int { names.count }
  public var isEmpty: Bool { names.isEmpty }

  /// The folded form, which `init(parsing:)` reads back.
  public var description: String { HostSetFolding.fold(names).joined(separator: ",") }
}
