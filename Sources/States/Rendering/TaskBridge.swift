import Synchronization

/// Runs tasks for a thread that waits for them, and ends them when the work that the thread is for is given up.
final class TaskBridge: Sendable {
  private struct State {
    var isCancelled = false
    var cancel: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// Blocks this thread until the operation has ended. Only for threads that are not of the cooperative pool.
  func wait<Result: Sendable>(for operation: @escaping @Sendable () async throws -> Result) throws -> Result {
    let semaphore = Semaphore()
    let box = OutcomeBox<Result>()
    let task = Task.detached {
      do {
        box.set(.success(try await operation()))
      } catch {
        box.set(.failure(error))
      }
      semaphore.signal()
    }
    let isCancelled = state.withLock { state in
      state.cancel = { task.cancel() }
      return state.isCancelled
    }
    if isCancelled { task.cancel() }
    semaphore.wait()
    state.withLock { $0.cancel = nil }
    guard let outcome = box.take() else { throw CancellationError() }
    return try outcome.get()
  }

  func cancel() {
    let cancel = state.withLock { state in
      state.isCancelled = true
      return state.cancel
    }
    cancel?()
  }

  var isCancelled: Bool { state.withLock { $0.isCancelled } }
}
