import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Expected values are what Salt 3008 gave.
@Suite struct ModuleStatesTests {
  private func call(_ named: ValueMap, isTest: Bool = false, _ function: String = "run", isWatch: Bool = false)
    async throws -> StateResult
  {
    let commands = ScriptedCommands { _ in CommandResult(exit: 4) }
    let host = try StateTestHost(functions: TestFunctions.all + CmdFunctions.all)
    return try await host.call(
      ModuleStates.all, "module.\(function)", named, isTest: isTest, isWatch: isWatch, commands)
  }

  @Test(
    arguments: [
      (["name": "test.ping"], true, "Module function test.ping executed", ["ret": true]),
      (["name": "test.echo", "text": "hello"], true, "Module function test.echo executed", ["ret": "hello"]),
      (
        ["name": "test.arg", "args": [1, 2], "kwargs": ["a": 3]], true, "Module function test.arg executed",
        ["ret": ["args": [1, 2], "kwargs": ["a": 3]]]
      ),
      (["name": "test.echo", "text": "a", "bogus": 1], true, "Module function test.echo executed", ["ret": "a"]),
      (["name": "nosuch.fun"], false, "Module function nosuch.fun is not available", [:]),
      (["name": "test.echo"], false, "The following arguments are missing: text", [:]),
      (["name": "test.false"], false, "Module function test.false executed", ["ret": false]),
      (
        ["name": "cmd.run_all", "cmd": "exit 4"], false, "Module function cmd.run_all executed",
        ["ret": ["pid": 0, "retcode": 4, "stdout": "", "stderr": ""]]
      ),
      (["name": "cmd.run", "cmd": "false"], true, "Module function cmd.run executed", ["ret": ""]),
      (
        ["name": "test.exception", "message": "bad"], false,
        "Module function test.exception threw an exception. Exception: bad", [:]
      ),
      (["name": "test.arg", "args": 5], false, "'args' must be a list.", [:]),
      (["name": "test.arg", "kwargs": 5], false, "'kwargs' must be a dict.", [:]),
      (["test.echo": ["hello"]], true, "test.echo: hello", ["test.echo": "hello"]),
      (
        ["test.arg": [1, "two", ["k": "v"]], "test.ping": []], true, "test.arg: Success, test.ping: True",
        ["test.arg": ["args": [1, "two"], "kwargs": ["k": "v"]], "test.ping": true]
      ),
      (
        ["test.echo": [["text": "hi"]], "test.false": []], false, "'test.false': False, test.echo: hi",
        ["test.echo": "hi"]
      ),
      (["test.ping": .null], true, "test.ping: True", ["test.ping": true]),
      (
        ["test.echo:1": ["aa"], "test.echo:2": ["bb"]], true, "test.echo:1: aa, test.echo:2: bb",
        ["test.echo:1": "aa", "test.echo:2": "bb"]
      ),
      (["test.echo": []], false, "'test.echo' failed: Missing arguments: text", [:]),
      (["nosuch.fun": []], false, "Unavailable function: nosuch.fun.", [:]),
      (["cmd.run_all": [["cmd": "x"]]], false, "'cmd.run_all' failed: (error message N/A)", [:]),
    ] as [(ValueMap, Bool, String, ValueMap)])
  func callsFunctions(_ named: ValueMap, _ result: Bool, _ comment: String, _ changes: ValueMap) async throws {
    let state = try await call(named)
    #expect(state.result == result)
    #expect(state.comment == comment)
    #expect(state.changes == changes)
  }

  @Test func saysWhatItWouldCall() async throws {
    #expect(
      try await call(["name": "test.echo"], isTest: true)
        == StateResult(nil, "Module function test.echo is set to execute"))
    #expect(
      try await call(["test.echo": [1]], isTest: true)
        == StateResult(nil, "Function test.echo to be executed.", extra: ["name": ["test.echo"]]))
    #expect(try await call(["nosuch.x": [], "test.ping": []], isTest: true).result == false)
  }

  @Test func namesOfStatesHaveAPrefix() async throws {
    let function = Function(
      "demo.fun", "", effect: .read,
      parameters: [
        .required("name", .string, ""), .optional("fun", .string, ""), .variadic("names", .string, ""),
        .optional("state", .string, default: "default", ""),
      ]
    ) { arguments, _ in [arguments["name"], arguments["fun"], arguments["names"], arguments["state"]] }
    let host = try StateTestHost(functions: [function])
    let state = try await host.call(
      ModuleStates.all, "module.run", ["name": "demo.fun", "m_name": "n", "m_fun": "f", "m_names": ["a", "b"]])
    #expect(state.changes == ["ret": ["n", "f", ["a", "b"], "default"]])
  }

  @Test func waitsUntilSomethingChanged() async throws {
    #expect(try await call(["name": "test.ping"], "wait") == StateResult(true, ""))
    #expect(try await call(["name": "test.ping"], "wait", isWatch: true).changes == ["ret": true])
  }
}
