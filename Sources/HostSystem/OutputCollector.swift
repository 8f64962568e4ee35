import CLinux
@preconcurrency import Dispatch
import Glibc
import Synchronization

/// Reads what a program writes to a pipe, keeps the first bytes up to a limit and drops the rest, so that a chatty program
/// neither blocks nor fills the memory.
///
/// The end is the program's exit, not the pipe's: a daemon that the program left behind may hold the pipe for ever.
final class OutputCollector: Sendable {
  let writeEnd: Int32
  private let readEnd: Int32
  private let limit: Int
  private let queue = DispatchQueue(label: "brine.output")
  private let source: any DispatchSourceRead
  private let state = Mutex<(bytes: [UInt8], isTruncated: Bool, isAtEnd: Bool)>(([], false, false))

  init(limit: Int) throws(HostError) {
    var ends: [Int32] = [-1, -1]
    let status = brine_pipe(&ends)
    guard status == 0 else { throw HostError(errno: status, "make", "a pipe") }
    (readEnd, writeEnd) = (ends[0], ends[1])
    _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
    self.limit = limit
    let source = DispatchSource.makeReadSource(fileDescriptor: readEnd, queue: queue)
    self.source = source
    source.setEventHandler { [weak self] in
      guard let self else { return }
      if self.drain() { self.source.cancel() }
    }
    source.setCancelHandler { [readEnd] in close(readEnd) }
    source.activate()
  }

  /// Takes what is still in the pipe and closes it.
  func finish() async -> (bytes: [UInt8], isTruncated: Bool) {
    await withCheckedContinuation { continuation in
      queue.async {
        if !self.source.isCancelled {
          _ = self.drain()
          self.source.cancel()
        }
        continuation.resume(returning: self.state.withLock { ($0.bytes, $0.isTruncated) })
      }
    }
  }

  /// Reads until there is nothing for now.
  ///
  /// - Returns: whether the pipe is at its end.
  private func drain() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65536)
    // Bounded, so that an endless writer cannot keep `finish` from coming to its turn.
    for _ in 0..<256 {
      let count = read(readEnd, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return false }
      guard count > 0 else { return true }
      state.withLock { state in
        let room = max(0, limit - state.bytes.count)
        state.bytes.append(contentsOf: chunk[..<min(room, count)])
        if count > room { state.isTruncated = true }
      }
    }
    return false
  }
}
