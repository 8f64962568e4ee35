import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

@Suite struct SiteStateTests {
  private static let directory = "/etc/brine/functions.d"
  private static let description = """
    {"states": [{"state": "site.vhost", "summary": "A vhost is there.", "test": true, "watch": true,
      "parameters": [{"name": "port", "type": "int", "default": 80}]},
      {"state": "site.blind", "summary": "Has no test mode."}]}
    """
  private let host: CmdTestHost

  init() throws {
    host = try CmdTestHost()
    try host.files.makeDirectory(Self.directory)
  }

  private func load(_ description: String, builtIn: Set<String> = []) throws -> (
    states: [StateFunction], problems: [SiteFunctionProblem]
  ) {
    try host.files.write("\(Self.directory)/vhost", text: "#!/bin/sh\n", mode: 0o755)
    try host.files.write("\(Self.directory)/vhost.json", text: description)
    let loaded = SiteFunctions.load(directories: [Self.directory], files: host.files, builtInStates: builtIn)
    return (loaded.states, loaded.problems)
  }

  private func run(
    _ state: StateFunction, _ answer: String, exit: Int32 = 0, isTest: Bool = false, isWatch: Bool = false
  ) async throws -> (result: StateResult, request: Value) {
    let input = Mutex<Value>(.null)
    let commands = ScriptedCommands { command in
      guard case .bytes(let bytes) = command.standardInput else { return nil }
      input.withLock { $0 = (try? JSONParser.parse(bytes)) ?? .null }
      return CommandResult(exit: exit, answer, error: "it broke\n")
    }
    let context = FunctionContext(commands: commands, files: host.files, grains: ["os": "Debian"], isTest: isTest)
    let arguments = try Arguments(binding: CallArguments(named: ["name": "a.example"]), to: state.signature)
    let body = isWatch ? try #require(state.watch) : state.body
    let result = try await body(arguments, StateContext(functions: context))
    return (result, input.withLock { $0 })
  }

  @Test func theProgramMakesItSo() async throws {
    let loaded = try load(Self.description)
    #expect(loaded.problems == [])
    let state = try #require(loaded.states.first)
    #expect(state.signature.line == "site.vhost(name, port=80)")
    let answer = #"{"result": true, "changes": {"vhost": "new"}, "comment": ["made", "it"]}"#
    let made = try await run(state, answer)
    #expect(made.result == StateResult(true, "made\nit", changes: ["vhost": "new"]))
    #expect(
      made.request == [
        "state": "site.vhost", "name": "a.example", "arguments": ["port": 80], "grains": ["os": "Debian"],
        "test": false, "watch": false,
      ])
    #expect(try await run(state, answer, isWatch: true).request["watch"] == true)
    let forecast = try await run(state, #"{"result": null, "comment": "would"}"#, isTest: true)
    #expect(forecast.result == StateResult(nil, "would"))
    #expect(forecast.request["test"] == true)
  }

  @Test func withoutTestModeNothingIsRunInATest() async throws {
    let blind = try load(Self.description).states[1]
    let outcome = try await run(blind, #"{"result": true}"#, isTest: true)
    #expect(outcome.result.result == nil)
    #expect(outcome.request == .null)
    #expect(blind.watch == nil)
  }

  @Test(arguments: [
    "", "no json", "[]", "{}", #"{"result": "yes"}"#, #"{"result": null}"#, #"{"result": true, "changes": []}"#,
    #"{"result": true, "extra": 1}"#,
  ])
  func answersThatAreNoReturnsAreFailures(_ answer: String) async throws {
    let state = try #require(try load(Self.description).states.first)
    #expect(try await run(state, answer).result.result == false)
  }

  @Test func aProgramThatFailsFailsTheState() async throws {
    let state = try #require(try load(Self.description).states.first)
    let failed = try await run(state, #"{"result": true}"#, exit: 3).result
    #expect(failed.result == false)
    #expect(failed.comment.contains("ended with 3: it broke"))
  }

  @Test(arguments: [
    #"{"states": []}"#, #"{"states": [{"state": "x", "summary": "s"}]}"#, #"{"states": [{"state": "a.b"}]}"#,
    #"{"states": [{"state": "a.b", "summary": "s", "nope": 1}]}"#,
    #"{"states": [{"state": "a.b", "summary": "s"}], "x": 1}"#,
    #"{"states": [{"state": "file.mine", "summary": "s"}]}"#,
    #"{"states": [{"state": "a.b", "summary": "s", "test": 1}]}"#,
  ])
  func badDescriptionsAreProblems(_ description: String) throws {
    let loaded = try load(description, builtIn: ["file.managed"])
    #expect(loaded.states.isEmpty)
    #expect(loaded.problems.count == 1)
  }
}
