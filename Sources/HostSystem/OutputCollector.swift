import CLinux
import Glibc
import Synchronization

/// Reads what a program writes to a pipe, keeps the first bytes up to a limit and drops the rest, so that a chatty program
/// neither blocks nor fills the memory.
///
/// The end is the program's exit, not the pipe's: a daemon that the program left behind may hold the pipe for ever.
///
/// A thread of its own reads. Dispatch's read sources crash on Linux when several are made and cancelled at the same time
/// (swift-corelibs-libdispatch issue 949).
final class OutputCollector: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var isTruncated = false
    var isEnded = false
    var waiting: CheckedContinuation<Void, Never>?
  }

  let writeEnd: Int32
  private let readEnd: Int32
  private let stopEvent: Int32
  private let limit: Int
  private let state = Mutex(State())

  init(limit: Int) throws(HostError) {
    var ends: [Int32] = [-1, -1]
    let status = brine_pipe(&ends)
    guard status == 0 else { throw HostError(errno: status, "make", "a pipe") }
    (readEnd, writeEnd) = (ends[0], ends[1])
    _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
    stopEvent = brine_eventfd()
    self.limit = limit
    let failure = stopEvent < 0 ? errno : startReading()
    guard failure == 0 else {
      close(readEnd)
      close(writeEnd)
      throw HostError(errno: failure, "read", "a program's output")
    }
  }

  deinit { if stopEvent >= 0 { close(stopEvent) } }

  /// Takes what is still in the pipe and closes it.
  func finish() async -> (bytes: [UInt8], isTruncated: Bool) {
    await withCheckedContinuation { continuation in
      let isEnded = state.withLock { state in
        if !state.isEnded { state.waiting = continuation }
        return state.isEnded
      }
      if isEnded { continuation.resume() } else { stop() }
    }
    return state.withLock { ($0.bytes, $0.isTruncated) }
  }

  private func stop() {
    var one: UInt64 = 1
    _ = write(stopEvent, &one, 8)
  }

  /// - Returns: 0, or the error number.
  private func startReading() -> Int32 {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 256 << 10)
    let retained = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        brine_name_thread("brine-output")
        Unmanaged<OutputCollector>.fromOpaque(argument).takeRetainedValue().readUntilEnd()
        return nil
      }, retained.toOpaque())
    if status != 0 { retained.release() }
    return status
  }

  private func readUntilEnd() {
    var isStopping = false
    // After the stop once more: what was written before it is in the pipe.
    while !drain(), !isStopping {
      var watched = [readEnd, stopEvent].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      _ = poll(&watched, 2, -1)
      isStopping = watched[1].revents != 0
    }
    close(readEnd)
    let waiting = state.withLock { state in
      state.isEnded = true
      return state.waiting
    }
    waiting?.resume()
  }

  /// Reads until there is nothing for now.
  ///
  /// - Returns: whether the pipe is at its end.
  private func drain() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65536)
    // Bounded, so that an endless writer cannot keep the stop from being seen.
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
