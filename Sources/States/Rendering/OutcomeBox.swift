import Synchronization

/// Carries one outcome from where it comes about to who waits for it.
final class OutcomeBox<Success: Sendable>: Sendable {
  private let outcome = Mutex<Result<Success, any Error>?>(nil)

  func set(_ result: Result<Success, any Error>) { outcome.withLock { $0 = result } }
  func take() -> Result<Success, any Error>? { outcome.withLock { $0 } }
}
