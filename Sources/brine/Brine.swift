import ArgumentParser
import CommandLine
import Glibc
import Wire

@main
struct Brine: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brine", abstract: "Runs jobs on a fleet of hosts and says what became of them.",
    discussion: """
      Exit codes: 0 all well · 1 a host failed · 2 usage or configuration · 3 no host matched · 4 not all answered in \
      time (the job goes on) · 5 refused by policy · 6 the master cannot be reached · 130 interrupted, the job goes on.
      """, version: brineVersion,
    groupedSubcommands: [
      CommandGroup(
        name: "Work",
        subcommands: [RunCommand.self, ApplyCommand.self, GrainsCommand.self, JobsCommand.self, EventsCommand.self]),
      CommandGroup(
        name: "Fleet",
        subcommands: [
          KeysCommand.self, OperatorsCommand.self, PillarCommand.self, FileserverCommand.self, SealCommand.self,
          SecretsCommand.self, AuditLogCommand.self, StatusCommand.self,
        ]),
      CommandGroup(name: "Programs", subcommands: [MasterCommand.self, DocsCommand.self]),
    ])

  static func main() async {
    StandardDescriptors.fill()
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot(ProgramArguments.normalized(Array(Swift.CommandLine.arguments.dropFirst())))
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      // What is wrong with the command line is 2 everywhere, not sysexits' 64.
      let code = exitCode(for: error)
      guard code == .validationFailure else { exit(withError: error) }
      Terminal.error(fullMessage(for: error))
      Glibc.exit(2)
    }
  }
}
