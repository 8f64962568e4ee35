import Synchronization

/// Whether a job's deadline has passed: set once, asked by whoever reports how the job ended.
final class DeadlineFlag: Sendable {
  private let flag = Mutex(false)
  var isPassed: Bool { flag.withLock { $0 } }
  func pass() { flag.withLock { $0 = true } }
}
