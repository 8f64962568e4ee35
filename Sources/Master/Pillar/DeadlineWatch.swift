import Synchronization

/// Cancels tasks that take too long, with one timer for all of them: a sleep for each costs more than a small compile.
final class DeadlineWatch: Sendable {
  private static let interval = Duration.milliseconds(200)

  private struct State {
    var tasks: [Int: (deadline: ContinuousClock.Instant, cancel: @Sendable () -> Void)] = [:]
    var late: Set<Int> = []
    var last = 0
    var isWatching = false
  }

  private let state = Mutex(State())

  /// Waits for the body, which heeds that its task is cancelled.
  ///
  /// - Returns: what it gave; nil when it was cancelled because the time was over.
  func run<Result: Sendable>(
    within limit: Duration, _ body: @escaping @Sendable () async -> Result
  ) async -> Result? {
    let task = Task { await body() }
    let number = add(.now + limit) { task.cancel() }
    let result = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    return isLate(number) ? nil : result
  }

  private func add(_ deadline: ContinuousClock.Instant, _ cancel: @escaping @Sendable () -> Void) -> Int {
    let (number, isFirst) = state.withLock { state in
      state.last += 1
      state.tasks[state.last] = (deadline, cancel)
      defer { state.isWatching = true }
      return (state.last, !state.isWatching)
    }
    if isFirst {
      Task {
        while tick() { try? await Task.sleep(for: Self.interval) }
      }
    }
    return number
  }

  private func isLate(_ number: Int) -> Bool {
    state.withLock { state in
      state.tasks[number] = nil
      return state.late.remove(number) != nil
    }
  }

  /// - Returns: false when there is nothing left to watch.
  private func tick() -> Bool {
    let now = ContinuousClock.now
    let (isNeeded, overdue) = state.withLock { state in
      let overdue = state.tasks.filter { $0.value.deadline <= now && !state.late.contains($0.key) }
      state.late.formUnion(overdue.keys)
      if state.tasks.isEmpty { state.isWatching = false }
      return (state.isWatching, overdue.values.map(\.cancel))
    }
    for cancel in overdue { cancel() }
    return isNeeded
  }
}
