import Glibc
import HostSystem

/// The parent: starts the child again when an input ended or stalled it, and keeps that input.
@MainActor struct FuzzSupervisor {
  /// Processor time after which an input is taken for one that does not end.
  private static let hangLimit: UInt64 = 20_000_000_000

  private let options: FuzzOptions
  private let findings: Findings
  private let record: FuzzRecord

  init(_ options: FuzzOptions) throws {
    self.options = options
    try HostFiles().makeDirectory(options.findings)
    findings = Findings(directory: options.findings, subject: options.subject.rawValue)
    record = try FuzzRecord(path: options.recordPath, isNew: true)
  }

  /// - Returns: whether nothing was found.
  func run() throws -> Bool {
    let start = FuzzClock.monotonic()
    let end = start + UInt64(options.seconds) * 1_000_000_000
    var seed = options.seed
    var isClean = true
    while FuzzClock.monotonic() < end {
      let left = Int((end - FuzzClock.monotonic()) / 1_000_000_000) + 1
      let status = wait(try spawn(options.workerArguments(seed: seed, seconds: left)))
      if status == 0 { break }
      isClean = false
      let kind = status == SIGKILL ? "hang" : "crash"
      let path = findings.keep(kind, record.input, "status \(status) after \(record[.executions]) executions")
      print("\(kind) (status \(status)): \(path ?? "not kept, there are too many")")
      fflush(nil)
      seed = seed &* 31 &+ record[.executions] &+ 1
    }
    report(seconds: (FuzzClock.monotonic() - start) / 1_000_000_000)
    return isClean && record[.wrong] == 0 && record[.slowest] <= FuzzWorker.slowLimit
  }

  private func report(seconds: UInt64) {
    let slowest = "\(options.findings)/\(options.subject.rawValue).slowest"
    try? HostFiles().write(slowest, record.slowestInput)
    print(
      "\(options.subject.rawValue): \(record[.executions]) executions in \(seconds) s, \(record[.accepted]) accepted, "
        + "\(record[.wrong]) wrong, \(record[.pool]) inputs in the pool, "
        + "slowest \(record[.slowest] / 1_000_000) ms (\(slowest))")
  }

  private func spawn(_ arguments: [String]) throws -> pid_t {
    let words = (["brine-fuzz"] + arguments).map { strdup($0) }
    defer { for word in words { free(word) } }
    var pid = pid_t()
    guard posix_spawn(&pid, "/proc/self/exe", nil, nil, words + [nil], [nil]) == 0 else {
      throw FuzzError("the child cannot be started")
    }
    return pid
  }

  /// The child's exit code or signal; kills it when one input takes too long.
  private func wait(_ pid: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, WNOHANG) == 0 {
      if let time = FuzzClock.processor(of: pid), record[.startedAt] > 0,
        time > record[.startedAt] + Self.hangLimit
      {
        kill(pid, SIGKILL)
      }
      var pause = timespec(tv_sec: 0, tv_nsec: 100_000_000)
      nanosleep(&pause, nil)
    }
    record[.startedAt] = 0
    return status & 0x7f == 0 ? (status >> 8) & 0xff : status & 0x7f
  }
}
