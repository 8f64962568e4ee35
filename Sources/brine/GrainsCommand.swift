import ArgumentParser
import CommandLine
import Operator
import Value
import Wire

struct GrainsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grains", abstract: "Asks hosts about themselves.",
    subcommands: [Show.self, GrainsQueryCommand.self], defaultSubcommand: Show.self)

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Asks the hosts now.", discussion: "Example: brine grains 'web*' os osrelease")

    @OptionGroup var connection: Connection
    @OptionGroup(title: "Kinds of target (default: a glob on ids)") var target: TargetOptions
    @Argument(help: "Which hosts.") var hosts: String
    @Argument(help: "Which grains, nested with ':'; all when none is named.") var keys: [String] = []
    @Option(help: "Seconds to wait for answers.") var timeout: Double?
    @Option(help: "\(OutputFormat.allCases.map(\.rawValue).joined(separator: ", "))") var out = OutputFormat.folded

    func run() async throws {
      let request = JobRequest(
        target: target.specification(hosts), function: keys.isEmpty ? "grains.items" : "grains.item",
        arguments: keys.map(Value.string), expires: 60, deadline: 60)
      let code = try await connection.withClient { client in
        let output = JobOutput(format: out, function: request.function)
        return try await JobWatch(client: client, output: output, timeout: timeout).run(.run(request))
      }
      if code != 0 { throw ExitCode(code) }
    }
  }
}
