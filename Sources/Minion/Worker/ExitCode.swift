import Synchronization

/// The exit code that a function reports beside its value; the last report that is not zero counts.
final class ExitCode: Sendable {
  private let code = Mutex<Int32>(0)
  var value: Int32 { code.withLock { $0 } }
  func set(_ new: Int32) { code.withLock { if new != 0 { $0 = new } } }
}
