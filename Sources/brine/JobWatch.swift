import ArgumentParser
import CommandLine
import Operator
import Value
import Wire

/// Waits for a job: until all is over, until only absent hosts are missing, or until time is up.
struct JobWatch {
  let client: OperatorClient
  let output: JobOutput
  /// Seconds; nil waits as long as anybody works.
  let timeout: Double?
  /// Wait for absent hosts too.
  var waitsForAbsent = false

  private enum End: Sendable { case complete, nobodyWorks, timeUp }

  /// Follows the stream and shows the outcomes.
  ///
  /// - Returns: the exit code.
  func run(_ action: OperatorRequest.Action, onStart: (JobID) -> Void = { _ in }) async throws -> Int32 {
    let deadline = timeout.map { ContinuousClock.now + .milliseconds(Int(($0 > 0 ? min($0, 1e9) : 0) * 1000)) }
    let end = try await follow(action, deadline: deadline, onStart: onStart)
    if end != .complete, let job = output.job {
      // Those that have not ended, with their state and why.
      for try await reply in client.stream(.jobResults(job)) { if case .part(let part) = reply { output.take(part) } }
    }
    output.finish()
    if output.isUnfinished, let job = output.job {
      Terminal.error(
        "brine: not all have answered; the job goes on. `brine jobs results \(job)` shows it, "
          + "`brine jobs watch \(job)` waits for it.")
    }
    return output.hasFailures ? 1 : output.hasOpen ? 4 : 0
  }

  private func follow(
    _ action: OperatorRequest.Action, deadline: ContinuousClock.Instant?, onStart: (JobID) -> Void
  ) async throws -> End {
    let stream = client.stream(action)
    let timer = TimeLimit(deadline)
    defer { timer.cancel() }
    for try await event in timer.merged(with: stream) {
      switch event {
      case .timeUp: return .timeUp
      case .reply(.value(let value)):
        output.take(value)
        return .complete
      case .reply(.part(let part)):
        output.take(part)
        if part["minions"] != nil, let job = output.job { onStart(job) }
        if !waitsForAbsent, output.hasCounts, !output.isAnybodyWorking, !output.missing.isEmpty { return .nobodyWorks }
      }
    }
    return .complete
  }
}
