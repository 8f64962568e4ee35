import ArgumentParser
import CommandLine
import Functions
import Minion
import Operator
import Value
import Wire

struct CallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call", abstract: "Runs a function or states on this host, without a master.",
    discussion: """
      Exit codes: 0 all well · 1 it failed, or the states could not be compiled · 2 a state failed, an unknown \
      function, bad arguments or configuration.
      """)

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "Run without the master (always so at present).") var local = false
  @Flag(help: "Say what would change, change nothing.") var test = false
  @Option(help: "\(OutputFormat.allCases.map(\.rawValue).joined(separator: ", "))") var out = OutputFormat.highstate
  @Flag(inversion: .prefixedNo, help: "States: also those that are well and changed nothing.") var stateVerbose: Bool?
  @Option(help: "States: \(StateOutputStyle.Detail.allCases.map(\.rawValue).joined(separator: ", "))")
  var stateOutput: StateOutputStyle.Detail?
  @Argument var function: String
  @Argument(help: "Arguments, by position or as name=value.") var words: [String] = []

  func run() async throws {
    let configuration = try options.load()
    let context = await options.context(configuration)
    let call = CommandLineWords.arguments(words, for: context.registry[function]?.signature)
    let order = JobOrder(
      id: JobID(microseconds: Moment.now().microseconds), function: function, arguments: call.positional,
      namedArguments: call.named, expires: .now() + 3600, isTest: test)
    let result = await JobRun.run(order, in: context, maximumResult: .max)
    show(result, configuration)
    if let error = result.error { Terminal.error("brine-minion: \(error)") }
    switch result.outcome {
    case .returned: return
    case .refused: throw ExitCode(2)
    default: throw ExitCode(result.exitCode == 0 ? 1 : Int32(clamping: result.exitCode) & 0xFF)
    }
  }

  private func show(_ result: JobResult, _ configuration: MinionConfiguration) {
    let value = result.encodedValue.flatMap { try? MessagePackReader.decode($0) }
    guard value != nil || result.outcome == .returned else { return }
    // The formats for machines hold what was returned, as `salt-call` prints it, also when a state failed.
    let isForPeople = out == .highstate || out == .folded
    let outcome = MinionOutcome(
      id: "local", state: isForPeople ? result.outcome.rawValue : "returned", value: value ?? .null)
    let style = StateOutputStyle(
      detail: stateOutput ?? StateOutputStyle.Detail(rawValue: configuration.states.output) ?? .full,
      isVerbose: stateVerbose ?? configuration.states.isVerbose)
    Terminal.write(
      OutputRenderer.render(
        [outcome], as: out, function: function, color: Terminal.usesColor, width: Terminal.width, states: style))
  }
}

extension OutputFormat: ExpressibleByArgument {}
extension StateOutputStyle.Detail: ExpressibleByArgument {}
