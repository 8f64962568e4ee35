import Synchronization

/// The exit code that a function reported.
final class ReportedCode: Sendable {
  private let code = Mutex<Int32>(0)
  var value: Int32 { code.withLock { $0 } }
  func set(_ value: Int32) { code.withLock { $0 = value } }
}
