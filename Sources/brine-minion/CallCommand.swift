import ArgumentParser
import CommandLine
import Functions
import Minion
import Operator
import Value
import Wire

struct CallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call", abstract: "Runs a function on this host, without a master.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "Run without the master (always so at present).") var local = false
  @Flag(help: "Say what would change, change nothing.") var test = false
  @Option(help: "\(OutputFormat.allCases.map(\.rawValue).joined(separator: ", "))") var out = OutputFormat.nested
  @Argument var function: String
  @Argument(help: "Arguments, by position or as name=value.") var words: [String] = []

  func run() async throws {
    let configuration = try options.load()
    let context = await options.context(configuration)
    let call = CommandLineWords.arguments(words, for: context.registry[function]?.signature)
    let order = JobOrder(
      id: JobID(microseconds: Moment.now().microseconds), function: function, arguments: call.positional,
      namedArguments: call.named, expires: .now() + 3600, isTest: test)
    let result = await JobRun.run(order, in: context, maximumResult: configuration.maximumResult)
    let value = result.encodedValue.flatMap { try? MessagePackReader.decode($0) }
    if value != nil || result.outcome == .returned {
      let outcome = MinionOutcome(id: "local", state: "returned", value: value ?? .null)
      Terminal.write(
        OutputRenderer.render([outcome], as: out, function: function, color: Terminal.usesColor, width: Terminal.width))
    }
    if let error = result.error { Terminal.error("brine-minion: \(error)") }
    switch result.outcome {
    case .returned: return
    case .refused: throw ExitCode(2)
    default: throw ExitCode(result.exitCode == 0 ? 1 : Int32(clamping: result.exitCode) & 0xFF)
    }
  }
}

extension OutputFormat: ExpressibleByArgument {}
