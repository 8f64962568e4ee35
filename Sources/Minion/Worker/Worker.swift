import CLinux
public import Functions
import Glibc
import HostSystem
import Value
public import Wire

/// The process that runs one job: it takes the job's lock, says who it is, runs, leaves the result in the spool, and ends.
/// It needs neither the daemon nor the master, so both may be stopped or upgraded meanwhile.
public struct Worker: Sendable {
  private let spool: JobSpool
  private let maximumResult: Int

  public init(spool: JobSpool, maximumResult: Int) {
    self.spool = spool
    self.maximumResult = maximumResult
  }

  /// Runs the job of that id.
  ///
  /// - Returns: the exit code for the process: 0 when the result is in the spool.
  public func run(_ id: JobID, context: FunctionContext) async -> Int32 {
    guard let lock = JobLock(spool, id), let order = spool.order(id), spool.result(id) == nil,
      spool.worker(id) == nil, let identity = WorkerIdentity.current()
    else { return 2 }
    // From here on the job counts as begun: it will never be begun again.
    do { try spool.write(identity, for: id) } catch { return 1 }
    _ = brine_become_subreaper()
    // The daemon marks a cancelled job before it looks for a worker, so one of the two sees the other.
    if spool.isCancelled(id) {
      let now = Moment.now()
      let result = JobResult(
        id: id, outcome: .cancelled, error: "cancelled before it was started", exitCode: 1, started: now, ended: now)
      return await write(result) ? 0 : 1
    }
    var context = context
    let progressPath = spool.path(id, "progress")
    context.progress = { line in
      try? HostFiles().write(progressPath, text: String(line.prefix(200)), mode: 0o600)
    }
    let result = await run(order, context)
    let isWritten = await write(result)
    _ = consume lock
    return isWritten ? 0 : 1
  }

  /// The function, or its deadline, whichever comes first.
  private func run(_ order: JobOrder, _ context: FunctionContext) async -> JobResult {
    let maximumResult = maximumResult
    let started = Moment.now()
    let deadline = DeadlineFlag()
    let late = JobResult(
      id: order.id, outcome: .failed,
      error: "its deadline of \(order.deadline) s passed; it was ended, what it had done is done", exitCode: 1,
      started: started, ended: started + Double(order.deadline))
    return await withTaskGroup(of: JobResult?.self) { group in
      group.addTask {
        let result = await JobRun.run(order, in: context, maximumResult: maximumResult)
        // What a function says whose programs were ended under it is not why it failed.
        return deadline.isPassed ? late : result
      }
      if order.deadline > 0 {
        group.addTask {
          guard (try? await Task.sleep(for: .seconds(order.deadline))) != nil else { return nil }
          deadline.pass()
          await ProcessTree.endDescendants()
          return late
        }
      }
      while let result = await group.next() {
        if let result {
          group.cancelAll()
          return result
        }
      }
      return JobResult(id: order.id, outcome: .interrupted, exitCode: 1, started: started, ended: .now())
    }
  }

  /// The work is done; its result must not be lost to a full disk: first the room that was reserved, then patience.
  private func write(_ result: JobResult) async -> Bool {
    for attempt in 0..<600 {
      do {
        try spool.write(result)
        return true
      } catch {
        if attempt == 3, let value = result.encodedValue, value.count > JobSpool.reserve / 2 {
          var short = result
          short.encodedValue = nil
          short.outcome = .failed
          short.error = "it ran, but the disk had no room for its return value of \(value.count) bytes"
          if (try? spool.write(short)) != nil { return true }
        }
        try? await Task.sleep(for: .seconds(1))
      }
    }
    return false
  }
}
