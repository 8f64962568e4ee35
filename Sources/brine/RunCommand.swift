import ArgumentParser
import Functions
import Modules

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs a function on the hosts of a target.",
    discussion: "Example: brine run -C 'G@os:Debian and not web3' pkg.upgrade libssl3")

  @OptionGroup var connection: Connection
  @OptionGroup(title: "Kinds of target (default: a glob on ids)") var target: TargetOptions
  @Argument(help: "Which hosts.") var hosts: String
  @Argument(help: "The function: `brine docs` lists them.", completion: .list(BuiltInFunctions.registry.names))
  var function: String
  @Argument(help: "Its arguments, by position or as name=value.") var words: [String] = []
  @OptionGroup var options: JobOptions

  func run() async throws {
    let signature = BuiltInFunctions.registry[function]?.signature
    try await JobSubmission(
      connection: connection, target: target.specification(hosts), function: function,
      call: CommandLineWords.arguments(words, for: signature), options: options
    ).run()
  }
}
