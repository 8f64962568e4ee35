import ArgumentParser
import CommandLine
import Glibc

struct StatisticsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statistics", abstract: "Prints what a simulated fleet has counted, or waits for a count.")

  @OptionGroup var directory: BenchDirectory
  @Option(help: "As given to simulate.") var processes = 1
  @Option(help: "Wait until a counter has a value: joined=1000.") var until: String?
  @Option(help: "Seconds to wait.") var timeout = 60

  func validate() throws {
    guard (1...16).contains(processes), (1...600).contains(timeout) else {
      throw ValidationError("--processes is 1 to 16, --timeout 1 to 600")
    }
    if until != nil, condition == nil { throw ValidationError("--until is NAME=NUMBER") }
  }

  private var condition: (name: String, value: Int)? {
    guard let parts = until?.split(separator: "="), parts.count == 2, let value = Int(parts[1]) else { return nil }
    return (String(parts[0]), value)
  }

  func run() throws {
    let paths = (0..<processes).map { directory.statistics(slice: $0) }
    let end = ContinuousClock.now + .seconds(timeout)
    var total = SimulationStatistics.total(paths)
    if let condition {
      while total?[condition.name] != condition.value, ContinuousClock.now < end {
        Pause.milliseconds(50)
        total = SimulationStatistics.total(paths)
      }
    }
    guard let total else { throw ValidationError("no simulated fleet has written to \(directory.simulation)") }
    Terminal.print(total.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
    if let condition, total[condition.name] != condition.value {
      throw ValidationError("\(condition.name) is not \(condition.value) after \(timeout) s")
    }
  }
}
