import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

@Suite struct SiteFunctionsTests {
  private static let directory = "/etc/brine/functions.d"
  private let host: CmdTestHost
  private let signature = """
    {"function": "site.backup", "summary": "Makes a backup.", "effect": "change", "parameters": [
      {"name": "target", "type": "string", "doc": "Where to."},
      {"name": "keep", "type": "int", "default": 3, "doc": "How many."}]}
    """

  init() throws {
    host = try CmdTestHost()
    try host.files.makeDirectory(Self.directory)
  }

  private func add(_ name: String, _ signature: String?, mode: UInt32 = 0o755, extension: String = "json") throws {
    try host.files.write("\(Self.directory)/\(name)", text: "#!/bin/sh\n", mode: mode)
    if let signature { try host.files.write("\(Self.directory)/\(name).\(`extension`)", text: signature) }
  }

  private func load(builtIn: Set<String> = [], parse: ((String) throws -> Value)? = nil)
    -> (functions: [Function], problems: [SiteFunctionProblem])
  {
    let loaded = SiteFunctions.load(
      directories: [Self.directory, "/etc/none"], files: host.files, builtIn: builtIn, parse: parse)
    return (loaded.functions, loaded.problems)
  }

  private func call(
    _ function: Function, _ arguments: CallArguments, _ commands: any CommandRunner, isTest: Bool = false
  )
    async throws -> Value
  {
    let context = FunctionContext(
      commands: commands, files: host.files, grains: ["os": "Debian"], isTest: isTest)
    return try await function.body(Arguments(binding: arguments, to: function.signature), context)
  }

  @Test func runsTheProgramWithJSON() async throws {
    try add("backup", signature)
    let found = load()
    #expect(found.problems == [])
    let function = try #require(found.functions.first)
    #expect(function.signature.line == "site.backup(target, keep=3)")
    #expect(function.signature.effect == .change)
    let input = Mutex<Value>(.null)
    let commands = ScriptedCommands { command in
      guard case .bytes(let bytes) = command.standardInput else { return nil }
      input.withLock { $0 = (try? JSONParser.parse(bytes)) ?? .null }
      return CommandResult(exit: 0, "{\"made\": [1, 2]}\n")
    }
    #expect(try await call(function, CallArguments(["/srv"]), commands, isTest: true) == ["made": [1, 2]])
    #expect(commands.runs == [["\(host.root)\(Self.directory)/backup"]])
    #expect(
      input.withLock { $0 }
        == ["arguments": ["target": "/srv", "keep": 3], "grains": ["os": "Debian"], "test": true])
    await #expect(throws: FunctionError.self) { try await call(function, CallArguments([]), commands) }
  }

  @Test func aProgramThatFailsSaysWhy() async throws {
    try add("backup", signature)
    let function = try #require(load().functions.first)
    let failing = ScriptedCommands { _ in CommandResult(exit: 7, "", error: "no space on /srv\n") }
    let error = await #expect(throws: FunctionError.self) { try await call(function, CallArguments(["x"]), failing) }
    #expect(error?.message == "site.backup ended with 7: no space on /srv")
    let chatty = ScriptedCommands { _ in CommandResult(exit: 0, "hello") }
    await #expect(throws: FunctionError.self) { try await call(function, CallArguments(["x"]), chatty) }
    let silent = ScriptedCommands { _ in CommandResult() }
    #expect(try await call(function, CallArguments(["x"]), silent) == .null)
  }

  @Test func aProgramThatOthersMayWriteIsNotRun() async throws {
    try add("backup", signature, mode: 0o775)
    #expect(load().functions.isEmpty)
    #expect(load().problems.first?.reason.contains("chmod go-w") == true)
    try add("backup", signature, mode: 0o755)
    let function = try #require(load().functions.first)
    chmod(host.files.resolve("\(Self.directory)/backup"), 0o757)
    let commands = ScriptedCommands { _ in CommandResult() }
    await #expect(throws: FunctionError.self) { try await call(function, CallArguments(["x"]), commands) }
    #expect(commands.runs.isEmpty)
  }

  @Test func aDirectoryThatOthersMayWriteIsRefused() throws {
    try add("backup", signature)
    chmod(host.files.resolve(Self.directory), 0o777)
    #expect(load().functions.isEmpty)
    #expect(load().problems.count == 1)
  }

  @Test func namesOfBrineAreNotTaken() throws {
    try add("backup", signature)
    #expect(load(builtIn: ["site.backup"]).functions.isEmpty)
    #expect(load(builtIn: ["site.other"]).functions.isEmpty)
    try add("second", signature)
    let found = load()
    #expect(found.functions.count == 1)
    #expect(found.problems.map(\.reason) == ["site.backup is a function already"])
  }

  @Test(arguments: [
    "", "[]", "{", #"{"function": "x", "summary": "s"}"#, #"{"function": "a.b.c", "summary": "s"}"#,
    #"{"function": "a.b"}"#, #"{"function": "a.b", "summary": "s", "effect": "boom"}"#,
    #"{"function": "a.b", "summary": "s", "colour": 1}"#, #"{"function": "a./b", "summary": "s"}"#,
    #"{"function": "a.b", "summary": "s", "parameters": [{"name": "x", "type": "blob"}]}"#,
    #"{"function": "a.b", "summary": "s", "parameters": [{"name": "x"}, {"name": "x"}]}"#,
    #"{"function": "a.b", "summary": "s", "parameters": [{"name": "x y"}]}"#,
  ])
  func aBadSignatureIsAProblemOfItsOwn(_ text: String) throws {
    try add("backup", signature)
    try add("odd", text)
    let found = load()
    #expect(found.functions.map(\.signature.name) == ["site.backup"])
    #expect(found.problems.map(\.path) == ["\(Self.directory)/odd"])
  }

  @Test func yamlIsReadWhereItCanBe() throws {
    try add("check", "yaml text", extension: "yaml")
    #expect(load().functions.isEmpty)
    let found = load { text in
      #expect(text == "yaml text")
      return ["function": "site.check", "summary": "Checks.", "effect": "read"]
    }
    #expect(found.functions.first?.signature.effect == .inspect)
  }

  @Test func filesWithoutASignatureAreNamed() throws {
    try add("lonely", nil)
    #expect(load().problems.map(\.path) == ["\(Self.directory)/lonely"])
  }
}
