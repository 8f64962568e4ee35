import ArgumentParser
import Functions
import Modules
import OrderedCollections
import Value

struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Applies states to the hosts of a target: those named, or the whole highstate.",
    discussion: """
      Examples: brine apply 'web*' nginx openssl.patched --test
                brine apply -G os:Debian                          (what top.sls says for each host)
                brine apply web1 nginx pillar='{port: 8080}'      (arguments of state.apply by name)
      """)

  @OptionGroup var connection: Connection
  @OptionGroup(title: "Kinds of target (default: a glob on ids)") var target: TargetOptions
  @Argument(help: "Which hosts.") var hosts: String
  @Argument(help: "SLS files as in top.sls (web.nginx), none for the highstate; and name=value for `state.apply`.")
  var words: [String] = []
  @OptionGroup var options: JobOptions

  func run() async throws {
    let given = CommandLineWords.arguments(words, for: BuiltInFunctions.registry["state.apply"]?.signature)
    let names = given.positional.flatMap { $0.listValue?.map(\.description) ?? [$0.description] }
    let positional: [Value] = names.isEmpty ? [] : [.string(names.joined(separator: ","))]
    try await JobSubmission(
      connection: connection, target: target.specification(hosts), function: "state.apply",
      call: CallArguments(positional, named: given.named), options: options
    ).run()
  }
}
