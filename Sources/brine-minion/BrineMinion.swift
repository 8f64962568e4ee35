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
    do {
      var command = try parseAsRoot(ProgramArguments.normalized(Array(Swift.CommandLine.arguments.dropFirst())))
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      // What is wrong with the command line is 2, not sysexits' 64.
      let code = exitCode(for: error)
      guard code == .validationFailure else { exit(withError: error) }
      Terminal.error(fullMessage(for: error))
      Glibc.exit(2)
    }
  }
}
