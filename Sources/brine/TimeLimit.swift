import Operator

/// Puts an end to a stream of replies at a moment.
struct TimeLimit: Sendable {
  enum Event: Sendable {
    case reply(OperatorClient.Reply)
    case timeUp
  }

  private let deadline: ContinuousClock.Instant?
  private let tasks = TaskBox()

  init(_ deadline: ContinuousClock.Instant?) { self.deadline = deadline }

  func merged(with stream: AsyncThrowingStream<OperatorClient.Reply, any Error>) -> AsyncThrowingStream<
    Event, any Error
  > {
    AsyncThrowingStream { continuation in
      let reader = Task {
        do {
          for try await reply in stream { continuation.yield(.reply(reply)) }
          continuation.finish()
        } catch { continuation.finish(throwing: error) }
      }
      tasks.add(reader)
      guard let deadline else { return }
      tasks.add(
        Task {
          guard (try? await Task.sleep(until: deadline, clock: .continuous)) != nil else { return }
          continuation.yield(.timeUp)
        })
    }
  }

  func cancel() { tasks.cancel() }
}
