import Synchronization

/// Says how far a run is, at most five times a second.
final class StateProgress: Sendable {
  private let total: Int
  private let say: @Sendable (String) -> Void
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  init(total: Int, say: @escaping @Sendable (String) -> Void) {
    self.total = total
    self.say = say
  }

  func report(_ call: StateCall) {
    let now = ContinuousClock.now
    let isDue = last.withLock { last in
      if let last, now - last < .milliseconds(200) { return false }
      last = now
      return true
    }
    guard isDue else { return }
    // Listeners come after the plan and are not counted in advance.
    let number = min(call.position + 1, total)
    say("state \(number) of \(total): \(call.chunk.id)")
  }
}
