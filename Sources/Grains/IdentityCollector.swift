public import Value

/// Who the minion is: `id`, `brineversion`.
public struct IdentityCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    ["id": .string(context.minionID), "brineversion": .string(context.version)]
  }
}
