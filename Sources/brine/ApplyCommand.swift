import ArgumentParser
import Functions
import OrderedCollections
import Value

struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Applies states to the hosts of a target: those named, or the whole highstate.",
    discussion: """
      Examples: brine apply 'web*' nginx openssl.patched --test
                brine apply -G os:Debian          (what top.sls says for each host)
      """)

  @OptionGroup var connection: Connection
  @OptionGroup(title: "Kinds of target (default: a glob on ids)") var target: TargetOptions
  @Argument(help: "Which hosts.") var hosts: String
  @Argument(help: "SLS files, as in top.sls: web.nginx; none is the highstate.") var states: [String] = []
  @Option(help: "Pillar for this run over the host's own, as YAML: '{version: 1.2}'. The job's record holds it.")
  var pillar: String?
  @Option(help: "SLS files or ids to leave out, with commas.") var exclude: String?
  @Option(help: "The environment of the state files.") var saltenv: String?
  @OptionGroup var options: JobOptions

  func run() async throws {
    var named: ValueMap = [:]
    if let pillar {
      guard let value = try? YAMLParser.value(of: pillar, file: "--pillar"), value.mapValue != nil else {
        throw ValidationError("--pillar takes a map: '{name: value}'")
      }
      named["pillar"] = value
    }
    if let exclude { named["exclude"] = .strings(exclude.split(separator: ",").map(String.init)) }
    if let saltenv { named["saltenv"] = .string(saltenv) }
    let names = states.flatMap { $0.split(separator: ",").map(String.init) }
    let positional: [Value] = names.isEmpty ? [] : [.string(names.joined(separator: ","))]
    try await JobSubmission(
      connection: connection, target: target.specification(hosts), function: "state.apply",
      call: CallArguments(positional, named: named), options: options
    ).run()
  }
}
