import Dispatch
import Synchronization
import Wire

/// Answers requests about files on a few threads, in the order in which they came, and hands the answers on in batches.
final class FileServerQueue: Sendable {
  typealias Question = (request: FleetRequest, address: ReplyAddress, arrived: ContinuousClock.Instant)

  /// Threads at most.
  private static let width = 4
  /// Answers, and bytes of answers, that are handed on together.
  private static let batchCount = 32
  private static let batchBytes = 1 << 20

  private struct State {
    var questions: ArraySlice<Question> = []
    var running = 0
  }

  private let server: FileServer
  private let deliver: @Sendable ([EncodedReply]) -> Void
  private let state = Mutex(State())
  private let threads = DispatchQueue(label: "brine.files", attributes: .concurrent)

  init(_ server: FileServer, deliver: @escaping @Sendable ([EncodedReply]) -> Void) {
    self.server = server
    self.deliver = deliver
  }

  func submit(_ questions: [Question]) {
    let started = state.withLock { state in
      state.questions += questions
      let wanted = min(Self.width - state.running, questions.count)
      state.running += wanted
      return wanted
    }
    for _ in 0..<started { threads.async { self.work() } }
  }

  private func next() -> Question? {
    state.withLock { state in
      guard let question = state.questions.popFirst() else {
        state.running -= 1
        return nil
      }
      return question
    }
  }

  private func work() {
    var batch: [EncodedReply] = []
    var bytes = 0
    while let question = next() {
      let reply = server.answer(question.request, arrived: question.arrived) { [weak self] in self?.submit([question]) }
      guard let reply else { continue }
      batch.append(question.address.message(reply))
      bytes += batch[batch.count - 1].bytes.count
      let isLast = state.withLock { $0.questions.isEmpty }
      guard isLast || batch.count >= Self.batchCount || bytes >= Self.batchBytes else { continue }
      deliver(batch)
      batch = []
      bytes = 0
    }
    if !batch.isEmpty { deliver(batch) }
  }
}
