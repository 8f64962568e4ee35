import Synchronization

/// How often each command line was called.
final class CallCounts: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  /// 0 the first time.
  func next(_ line: String) -> Int {
    counts.withLock { counts in
      defer { counts[line, default: 0] += 1 }
      return counts[line, default: 0]
    }
  }
}
