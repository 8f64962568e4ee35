import ArgumentParser
import CommandLine
import Glibc
import Wire

@main
struct BrineMinion: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brine-minion", abstract: "Runs jobs of a Brine master on this host.", version: brineVersion,
    subcommands: [RunCommand.self, JoinCommand.self, CallCommand.self, WorkerCommand.self])

  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    await main(ProgramArguments.normalized(Array(Swift.CommandLine.arguments.dropFirst())))
  }
}
