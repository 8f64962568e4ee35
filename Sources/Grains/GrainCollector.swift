public import Value

/// Finds out some facts of the host. It gives what it can find and leaves out the rest; it never fails as a whole.
public protocol GrainCollector: Sendable {
  func collect(_ context: GrainContext) async -> ValueMap
}
