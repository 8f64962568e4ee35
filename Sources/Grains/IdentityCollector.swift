public import Value

/// Who the minion is: `id`, `brineversion`; and `saltversion`, `saltversioninfo` for state trees that ask which Salt they
/// are read by.
public struct IdentityCollector: GrainCollector {
  /// The release whose behaviour Brine was compared with.
  private static let comparedSalt: [Int64] = [3008, 3]

  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    [
      "id": .string(context.minionID), "brineversion": .string(context.version),
      "saltversion": .string(Self.comparedSalt.map(String.init).joined(separator: ".")),
      "saltversioninfo": .list(Self.comparedSalt.map(Value.int)),
    ]
  }
}
