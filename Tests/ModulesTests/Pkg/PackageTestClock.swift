import Synchronization

/// A clock that stands still but when somebody sleeps on it.
final class PackageTestClock: Clock {
  struct Instant: InstantProtocol {
    var offset: Duration
    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private let time = Mutex(Swift.Duration.zero)
  var now: Instant { Instant(offset: time.withLock { $0 }) }
  let minimumResolution = Swift.Duration.zero

  func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
    time.withLock { $0 = max($0, deadline.offset) }
  }
}
