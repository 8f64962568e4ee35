import Functions
import HostSystem

/// Runs a package command again while somebody else holds the package lock, until a deadline.
///
/// The tools wait for some of their locks themselves and give up at once on others; asking first whether the lock is
/// free would be a race, so the command itself is the question.
struct LockRetry: Sendable {
  var commands: any CommandRunner
  var clock: any Clock<Duration> = ContinuousClock()
  var interval = Duration.seconds(2)
  var progress: @Sendable (String) -> Void = { _ in }

  /// - Parameters:
  ///   - command: makes the command, given the time that is left for the tool's own waiting.
  ///   - holder: who holds the lock, when the result says that it failed for the lock; nil for everything else.
  /// - Throws: `FunctionError.Code.busy` when the deadline passes.
  func run(
    timeout: Duration, _ command: (Duration) -> Command, holder: (CommandResult) -> LockHolder?
  ) async throws -> CommandResult {
    try await run(on: clock, timeout: timeout, command, holder: holder)
  }

  private func run<C: Clock<Duration>>(
    on clock: C, timeout: Duration, _ command: (Duration) -> Command, holder: (CommandResult) -> LockHolder?
  ) async throws -> CommandResult {
    let deadline = clock.now.advanced(by: timeout)
    while true {
      let left = max(.zero, clock.now.duration(to: deadline))
      let request = command(left)
      let result = try await commands.run(request)
      guard !result.isSuccess, let holder = holder(result) else { return result }
      guard clock.now.advanced(by: interval) <= deadline else {
        throw FunctionError(
          .busy,
          "The package lock was held by \(holder.description) for all of the \(timeout.components.seconds) s allowed: "
            + OutputTail.failure(of: request.arguments, result, lines: 5),
          hint: "Try again when it is done, or wait longer with lock_timeout=SECONDS. Do not remove the lock file.")
      }
      progress("waiting for the package lock held by \(holder.description)")
      try await clock.sleep(until: clock.now.advanced(by: interval), tolerance: nil)
    }
  }
}
