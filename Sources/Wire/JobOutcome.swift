/// How a job ended on one minion. Every expected minion reaches exactly one of these (invariant I4).
public enum JobOutcome: String, Sendable, Hashable, CaseIterable {
  /// The function ran and gave a value.
  case returned
  /// It ran and failed; there may be a value all the same (a command's output).
  case failed
  /// The minion would not start it, and nothing was done.
  case refused
  /// An operator cancelled it.
  case cancelled
  /// It was running when the host or the worker died.
  case interrupted
  /// The minion did not come back in time.
  case expired

  public var isSuccess: Bool { self == .returned }
}
