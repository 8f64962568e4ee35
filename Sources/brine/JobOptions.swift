import ArgumentParser
import Configuration
import Operator
import Targeting

/// What `run` and `apply` have in common: how a job is sent, waited for and shown.
struct JobOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "At most so many hosts at once: 10 or 25%.") var batch: String?
  @Option(help: "Only so many of the matched hosts, chosen at random.") var subset: Int?
  @Option(name: .shortAndLong, help: "Seconds to wait for answers; the job goes on after that.") var timeout: Double?
  @Option(help: "How long offline hosts have to come back (1h, 2d; 0 is now or never).") var expires = "1h"
  @Option(help: "How long the job may run on a host (0 is without end).") var deadline = "6h"
  @Flag(name: .customLong("async"), help: "Print the job's id and do not wait.") var isAsync = false
  @Flag(help: "Say what would change, change nothing.") var test = false
  @Flag(name: [.short, .long], help: "Do not ask before more than one host is changed.") var yes = false
  @OptionGroup var shown: OutputOptions

  /// Spans of time in seconds.
  func spans() throws -> (expires: Int64, deadline: Int64) {
    guard let expires = DurationText.seconds(expires), let deadline = DurationText.seconds(deadline) else {
      throw ValidationError("--expires and --deadline take spans of time: 90, 30s, 15m, 1h, 2d")
    }
    if let batch {
      do { _ = try BatchSize(parsing: batch) } catch { throw ValidationError("--batch: \(error)") }
    }
    return (Int64(expires), Int64(deadline))
  }
}
