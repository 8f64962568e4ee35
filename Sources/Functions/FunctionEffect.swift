/// What running a function may do, which decides where it runs and what is asked before it is sent.
public enum FunctionEffect: String, Sendable, Hashable {
  /// A cheap read that the daemon answers itself (`test.ping`, grains).
  case read
  /// A read that may take long or start programs: runs in a worker.
  case inspect
  /// Changes the host: runs in a worker, and an operator is shown the size of the target.
  case change
}
