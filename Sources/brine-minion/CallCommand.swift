import CommandLine
import Functions
import Minion
import Operator
import Value
import Wire

struct CallCommand {
  static let specification = CommandSpecification(
    "call", "Runs a function or states on this host.",
    discussion: """
      Files and pillar come from the master, when this host has joined one and `file_client` is not `local`; with \
      --local, and on a host without a master, from its own `file_roots` and `pillar_roots`.

      Exit codes: 0 all well · 1 it failed, or the states could not be compiled · 2 a state failed, an unknown \
      function, bad arguments or configuration.
      """,
    options: [
      ConfigurationOptions.option,
      .flag("--local", "With this host's own files and pillar, without the master."),
      .value("--file-root", "dir", "State files from this directory; implies --local."),
      .value("--pillar-root", "dir", "Pillar from this directory; implies --local."),
      .value("--id", "id", "As if the host were called so; implies --local."),
      .flag("--test", "Say what would change, change nothing."),
      .value(
        "--out", "out", "How the result is shown.", choices: OutputFormat.allCases.map(\.rawValue),
        default: OutputFormat.highstate.rawValue),
      .flag(
        "--state-verbose", "States: also those that are well and changed nothing.", negation: "--no-state-verbose"),
      .value(
        "--state-output", "state-output", "States: how much is shown of each.",
        choices: StateOutputStyle.Detail.allCases.map(\.rawValue)),
    ],
    operands: [
      OperandSpecification("function", .one, "The function: `brine docs` lists them."),
      OperandSpecification("words", .rest, "Arguments, by position or as name=value."),
    ])

  let options: ConfigurationOptions
  let isLocal: Bool
  let fileRoot: String?
  let pillarRoot: String?
  let id: String?
  let test: Bool
  let out: OutputFormat
  let stateVerbose: Bool?
  let stateOutput: StateOutputStyle.Detail?
  let function: String
  let words: [String]

  init(_ arguments: ParsedArguments) {
    options = ConfigurationOptions(arguments)
    fileRoot = arguments.value("--file-root")
    pillarRoot = arguments.value("--pillar-root")
    id = arguments.value("--id")
    isLocal = arguments.flag("--local") ?? (fileRoot != nil || pillarRoot != nil || id != nil)
    test = arguments.flag("--test") ?? false
    out = arguments.value("--out").flatMap { OutputFormat(rawValue: $0) } ?? .highstate
    stateVerbose = arguments.flag("--state-verbose")
    stateOutput = arguments.value("--state-output").flatMap { StateOutputStyle.Detail(rawValue: $0) }
    function = arguments.operand("function") ?? ""
    words = arguments.rest
  }

  func run() async throws {
    let configuration = try configuration()
    let context = await options.context(configuration, isLocal: isLocal)
    let call = CommandLineWords.arguments(words, for: context.registry[function]?.signature)
    let order = JobOrder(
      id: JobID(microseconds: Moment.now().microseconds), function: function, arguments: call.positional,
      namedArguments: call.named, expires: .now() + 3600, isTest: test)
    let result = await JobRun.run(order, in: context, maximumResult: .max)
    show(result, configuration)
    if let error = result.error { Terminal.error("brine-minion: \(error)") }
    switch result.outcome {
    case .returned: return
    case .refused: throw ExitStatus(2)
    default: throw ExitStatus(result.exitCode == 0 ? 1 : Int32(clamping: result.exitCode) & 0xFF)
    }
  }

  /// What minion.yaml says, but for what the command line says otherwise.
  private func configuration() throws -> MinionConfiguration {
    var configuration = try options.load()
    for case (let key, let path?) in [("file_roots", fileRoot), ("pillar_roots", pillarRoot)] {
      configuration.states.options[.string(key)] = ["base": [.string(ConfigurationOptions.absolute(path))]]
    }
    if let id {
      guard MinionID(id) != nil else {
        throw BrineMinion.program.usageError(
          "the id '\(id)' may not be: \(MinionID.rule)", command: Self.specification.name)
      }
      configuration.id = id
    }
    return configuration
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
