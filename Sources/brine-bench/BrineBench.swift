import ArgumentParser
import Glibc
import Wire

/// The tools that `scripts/bench` measures Brine with.
@main
struct BrineBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brine-bench", abstract: "Measures Brine; scripts/bench puts these tools together.",
    version: brineVersion,
    subcommands: [
      PrepareCommand.self, SimulateCommand.self, StatisticsCommand.self, TimeCommand.self, SampleCommand.self,
      OnlineCommand.self, StreamCommand.self, VerifyCommand.self, ReportCommand.self,
    ])

  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    await main(nil)
  }
}
