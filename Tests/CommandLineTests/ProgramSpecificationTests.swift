import CommandLine
import Testing

@Suite struct ProgramSpecificationTests {
  private let program = ProgramSpecification(
    "prog", "Does things.", version: "1.2.3",
    commands: [
      CommandSpecification(
        "call", "Calls a function.", discussion: "It says more.",
        options: [
          .value("--config", short: "-c", "dir", "Where all is.", default: "/etc/prog"),
          .value("--out", "format", "How it looks.", choices: ["json", "yaml"]),
          .flag("--test", "Change nothing."),
          .flag("--state-verbose", "All states.", negation: "--no-state-verbose"),
        ],
        operands: [OperandSpecification("function", .one, "What is called."), OperandSpecification("words", .rest)]),
      CommandSpecification(
        "join", "Joins.", operands: [OperandSpecification("a"), OperandSpecification("b", .optional)]),
      CommandSpecification("worker", "Works.", isHidden: true),
    ])

  private func parsed(_ words: String...) throws -> ParsedArguments? {
    guard case .run(let arguments) = try program.parse(words) else { return nil }
    return arguments
  }

  private func shown(_ words: String...) throws -> String? {
    guard case .show(let text) = try program.parse(words) else { return nil }
    return text
  }

  @Test func optionsAndOperandsMayBeMixed() throws {
    let call = try #require(
      try parsed("call", "--out=json", "pkg.version", "--config", "/x", "a=b", "--test", "-5", "--no-state-verbose"))
    #expect(call.command == "call")
    #expect(call.operand("function") == "pkg.version")
    #expect(call.rest == ["a=b", "-5"])
    #expect(call.value("--out") == "json")
    #expect(call.value("--config") == "/x")
    #expect(call.flag("--test") == true)
    #expect(call.flag("--state-verbose") == false)
  }

  @Test func whatWasNotGivenIsNotThere() throws {
    let call = try #require(try parsed("call", "f"))
    #expect(call.value("--config") == nil && call.flag("--test") == nil && call.rest.isEmpty)
    #expect(try #require(try parsed("join", "1")).operand("b") == nil)
    #expect(try #require(try parsed("join", "1", "2")).operand("b") == "2")
  }

  @Test func afterTwoHyphensAllAreOperands() throws {
    #expect(try #require(try parsed("call", "--", "f", "--test", "-h")).rest == ["--test", "-h"])
    #expect(try #require(try parsed("call", "f", "-", "--config=")).rest == ["-"])
  }

  @Test func anOptionMayHaveAShortName() throws {
    #expect(try #require(try parsed("call", "f", "-c", "/y")).value("--config") == "/y")
    #expect(try #require(try shown("call", "--help")).contains("  -c, --config <dir>      Where all is."))
  }

  @Test func theLastOneCounts() throws {
    let call = try #require(try parsed("call", "f", "--out", "json", "--out", "yaml", "--state-verbose"))
    #expect(call.value("--out") == "yaml")
    #expect(call.flag("--state-verbose") == true)
  }

  @Test(
    arguments: [
      (["bogus"], "There is no subcommand 'bogus'"), (["cal"], "Did you mean 'call'?"),
      (["--tset"], "Unknown option '--tset'"), (["call"], "Missing argument <function>: What is called."),
      (["call", "--tset", "f"], "Unknown option '--tset'. Did you mean '--test'?"),
      (["call", "f", "--out"], "Missing value for '--out <format>'"),
      (["call", "f", "--out", "jsno"], "'jsno' is no value of '--out': it is one of json, yaml. Did you mean 'json'?"),
      (["call", "f", "--test=1"], "The option '--test' takes no value"),
      (["join", "1", "2", "3"], "Unexpected argument '3'"), (["help", "x"], "There is no subcommand 'x'"),
    ])
  func whatIsWrongIsSaid(_ words: [String], _ sentence: String) {
    let error = #expect(throws: UsageError.self) { try program.parse(words) }
    #expect(error?.description.contains(sentence) == true)
    #expect(error?.description.contains("\nUsage: prog ") == true)
    #expect(error?.description.contains("--help' for more information.") == true)
  }

  @Test func helpNamesAllThereIs() throws {
    for words in [[], ["--help"], ["-h"], ["help"]] {
      guard case .show(let text) = try program.parse(words) else { continue }
      #expect(text.contains("OVERVIEW: Does things.\n\nUSAGE: prog <subcommand>\n"))
      #expect(text.contains("  call                    Calls a function.\n"))
      #expect(!text.contains("worker"))
    }
    let help = try #require(try shown("call", "f", "--help"))
    #expect(try shown("help", "call") == help)
    #expect(
      help.contains(
        "USAGE: prog call [--config <dir>] [--out <format>] [--test] [--state-verbose] [--no-state-verbose] <function> [<words> ...]\n"
      ))
    #expect(help.contains("  -c, --config <dir>      Where all is. (default: /etc/prog)\n"))
    #expect(help.contains("  --state-verbose/--no-state-verbose\n                          All states.\n"))
    #expect(help.contains("(values: json, yaml)"))
    #expect(help.split(separator: "\n").filter { !$0.hasPrefix("USAGE") }.allSatisfy { $0.count <= 80 })
    #expect(try shown("--version") == "1.2.3")
    #expect(try shown("call", "--version") == "1.2.3")
  }
}
