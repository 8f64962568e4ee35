import ArgumentParser
import CommandLine
import Glibc

struct TimeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "time", abstract: "Times a program as a whole process, from posix_spawn to its end.")

  @Option(help: "How often; the median counts.") var runs = 41
  @Option(help: "Runs before the clock counts.") var warmUp = 2
  @Option(help: "How many at the same time; the time is that until the last ends.") var parallel = 1
  @Option(help: "Seconds that one run may take.") var limit = 120
  @Argument(parsing: .postTerminator, help: "The program's path and its arguments, after --.") var command: [String]

  func validate() throws {
    guard command.first?.contains("/") == true else { throw ValidationError("give a program's path after --") }
    guard (1...1000).contains(runs), (0...100).contains(warmUp), (1...100).contains(parallel), (1...600).contains(limit)
    else { throw ValidationError("--runs, --warm-up, --parallel or --limit is out of bounds") }
  }

  func run() throws {
    // Without SA_RESTART, so that the wait for a program that hangs ends.
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    sigaction(SIGALRM, &action, nil)
    for _ in 0..<warmUp { _ = try measure() }
    let samples = try (0..<runs).map { _ in try measure() }
    let wall = Samples(samples.map(\.wall))
    let processor = Samples(samples.map(\.processor))
    Terminal.print(
      "median_ms=\(wall.median.rounded(3)) min_ms=\(wall.minimum.rounded(3)) p90_ms=\(wall.quantile(0.9).rounded(3)) "
        + "cpu_ms=\(processor.median.rounded(3))")
  }

  /// Milliseconds by the clock, and of processor time.
  private func measure() throws -> (wall: Double, processor: Double) {
    let clock = ContinuousClock()
    var processor = 0.0
    alarm(UInt32(limit))
    defer { alarm(0) }
    let start = clock.now
    let children = try (0..<parallel).map { _ in try ChildProcess(command[0], command, isQuiet: true) }
    for child in children {
      var usage = rusage()
      guard let code = child.wait(&usage) else {
        for child in children { child.end() }
        throw ValidationError("\(command.joined(separator: " ")) took more than \(limit) s")
      }
      guard code == 0 else {
        for child in children { child.end() }
        throw ValidationError("\(command.joined(separator: " ")) ended with \(code)")
      }
      processor += Self.milliseconds(usage.ru_utime) + Self.milliseconds(usage.ru_stime)
    }
    return (clock.now.milliseconds(since: start), processor)
  }

  private static func milliseconds(_ time: timeval) -> Double { Double(time.tv_sec) * 1e3 + Double(time.tv_usec) / 1e3 }
}
