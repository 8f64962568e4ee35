public import Wire

/// A job's life on this host: no I/O, no clock. It is in the journal before anything else happens (I2), and its result is
/// in the spool until the master says that it is committed (I3).
public struct HeldJob: Sendable, Hashable {
  public enum Phase: Sendable, Hashable {
    /// In the journal, waiting for a worker.
    case waiting
    case running
    /// The result is in the spool.
    case finished
    /// The master has the result; the id is remembered until it cannot be redelivered.
    case acknowledged
  }

  public enum Event: Sendable, Hashable {
    /// A worker is free.
    case turn
    case finished
    case acknowledged
    case cancelled
    /// The worker ended without leaving a result.
    case workerLost
  }

  public enum Action: Sendable, Hashable {
    case start
    case sendResult
    /// Its result file may go; a mark stays.
    case forgetResult
    /// End the worker and all it started.
    case kill
    /// Write a result without having run (cancelled before its turn, interrupted).
    case writeResult(JobOutcome, String)
  }

  public let order: JobOrder
  public private(set) var phase: Phase
  public private(set) var isCancelled = false

  public init(order: JobOrder, phase: Phase = .waiting) {
    self.order = order
    self.phase = phase
  }

  public mutating func on(_ event: Event) -> [Action] {
    switch (phase, event) {
    case (.waiting, .turn):
      phase = .running
      return [.start]
    case (.waiting, .cancelled):
      isCancelled = true
      phase = .finished
      return [.writeResult(.cancelled, "cancelled before it was started")]
    case (.running, .cancelled):
      isCancelled = true
      return [.kill]
    case (.running, .finished):
      phase = .finished
      return [.sendResult]
    case (.running, .workerLost):
      phase = .finished
      return [lossResult]
    case (.finished, .acknowledged):
      phase = .acknowledged
      return [.forgetResult]
    default: return []
    }
  }

  private var lossResult: Action {
    if isCancelled { return .writeResult(.cancelled, "cancelled while it ran; what it had done is done") }
    return .writeResult(
      .interrupted, "its worker ended without a result (killed, or the host went down); what it had started may go on")
  }
}
