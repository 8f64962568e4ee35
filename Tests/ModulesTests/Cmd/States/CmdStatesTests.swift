import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

/// Expected values are what Salt 3008 gave.
@Suite struct CmdStatesTests {
  private let host: StateTestHost

  init() throws { host = try StateTestHost(grains: ["shell": "/bin/zsh"]) }

  private func call(
    _ function: String, _ named: ValueMap, isTest: Bool = false, isWatch: Bool = false,
    _ result: CommandResult = CommandResult(exit: 0, "out\n")
  ) async throws -> StateResult {
    try await host.call(
      CmdStates.all, "cmd.\(function)", named, isTest: isTest, isWatch: isWatch, ScriptedCommands { _ in result })
  }

  @Test func tellsWhatTheCommandPrinted() async throws {
    #expect(
      try await call("run", ["name": "uptime"])
        == StateResult(
          true, "Command \"uptime\" run", changes: ["pid": 0, "retcode": 0, "stdout": "out", "stderr": ""]))
    let failed = try await call("run", ["name": "false"], CommandResult(exit: 2, "", error: "bad\n"))
    #expect(failed.result == false)
    #expect(failed.changes == ["pid": 0, "retcode": 2, "stdout": "", "stderr": "bad"])
    #expect(failed.comment == "Command \"false\" run")
    #expect(try await call("run", ["name": "x", "success_retcodes": [3]], CommandResult(exit: 3)).result == true)
  }

  @Test func onlySaysWhatItWouldRun() async throws {
    #expect(
      try await call("run", ["name": "rm x"], isTest: true)
        == StateResult(nil, "Command \"rm x\" would have been executed", changes: ["cmd": "rm x"]))
    #expect(try await call("run", ["name": "rm x", "stateful": true], isTest: true) == StateResult(nil, ""))
    #expect(
      try await call("script", ["name": "salt://s.sh a"], isTest: true)
        == StateResult(nil, "Command 'salt://s.sh a' would have been executed"))
    let tried = try await call(
      "run", ["name": "x", "stateful": [["test_name": "x -n"]]], isTest: true,
      CommandResult(exit: 0, "changed=yes comment=tt\n"))
    #expect(tried.result == nil)
    #expect(tried.comment == "tt")
    #expect(tried.changes["changed"] == "yes")
  }

  @Test(
    arguments: [
      ("changed=yes comment=\"some thing\" x=1", true, "some thing", ["changed": "yes", "x": "1"]),
      ("a\nb\nchanged=yes comment=x", true, "x", ["changed": "yes", "stdout": "a\nb"]),
      (#"{"changed": true, "comment": "cc", "y": 2}"#, true, "cc", ["changed": true, "y": 2, "stdout": ""]),
      ("changed=no comment=same", true, "same", [:]),
      (
        "nothing here", false,
        "Failed parsing script output! Stdout must be JSON or a line of name=value pairs.", ["stdout": "nothing here"]
      ),
      ("5", false, "script JSON output must be a JSON object (e.g., {})!", [:]), ("", true, "complaint", [:]),
    ] as [(String, Bool, String, ValueMap)])
  func statefulOutputSaysWhatChanged(_ output: String, _ result: Bool, _ comment: String, _ changes: ValueMap)
    async throws
  {
    let state = try await call(
      "run", ["name": "x", "stateful": true], CommandResult(exit: 0, output, error: "complaint"))
    #expect(state.result == result)
    #expect(state.comment == comment)
    for (key, value) in changes { #expect(state.changes[key] == value) }
    #expect(state.changes.isEmpty == changes.isEmpty)
  }

  @Test func aBooleanMustBeOne() async {
    await #expect(throws: FunctionError.self) {
      try await call("run", ["name": "x", "stateful": true], CommandResult(exit: 0, "changed=maybe"))
    }
  }

  @Test func aTimeOutIsExitCodeOneAsInSalt() async throws {
    let result = CommandResult(ending: .timedOut, standardOutput: [], standardError: [])
    let ended = try await call("run", ["name": "sleep 3", "timeout": 1], result)
    #expect(ended.result == false)
    #expect(ended.changes["retcode"] == 1)
    #expect(ended.changes["stdout"] == "sleep 3 : Timed out after 1 seconds")
    #expect(
      try await call("run", ["name": "sleep 3", "timeout": 1, "ignore_timeout": true], result).result == true)
  }

  @Test(
    arguments: [
      (["env": "abc"], "Invalidly-formatted 'env' parameter. See documentation."),
      (["cwd": "/nonexist"], "Desired working directory \"/nonexist\" is not available"),
    ] as [(ValueMap, String)])
  func refusesBeforeAnythingRuns(_ named: ValueMap, _ comment: String) async throws {
    let commands = ScriptedCommands([:])
    #expect(try await host.call(CmdStates.all, "cmd.run", named, commands) == StateResult(false, comment))
    #expect(commands.runs == [])
  }

  @Test func anUnknownUserIsNotAvailable() async throws {
    let state = try await call("run", ["name": "x", "runas": "nosuch"], CommandResult(exit: 2))
    #expect(state == StateResult(false, "User 'nosuch' is not available"))
  }

  @Test func theCommandIsStartedAsAsked() async throws {
    let last = Mutex<Command?>(nil)
    let commands = ScriptedCommands { command in
      last.withLock { $0 = command }
      return CommandResult(exit: 0, "4711\n")
    }
    _ = try await host.call(
      CmdStates.all, "cmd.run",
      ["name": "a | b", "env": [["A": 1]], "cwd": "/opt", "umask": "077", "use_vt": true, "output_loglevel": "quiet"],
      commands)
    let command = try #require(last.withLock { $0 })
    #expect(command.arguments == ["/bin/bash", "-c", "a | b"])
    #expect(command.environment["A"] == "1")
    #expect(command.workingDirectory == "/opt")
    #expect(command.umask == 0o077)

    let background = try await host.call(CmdStates.all, "cmd.run", ["name": "serve", "bg": true], commands)
    #expect(background.result == true)
    #expect(background.changes == ["pid": 4711, "retcode": .null, "stdout": "", "stderr": ""])
    #expect(last.withLock { $0 }?.arguments.suffix(2) == ["/bin/bash", "serve"])

    _ = try await host.call(CmdStates.all, "cmd.run", ["name": "x", "root": "/opt"], commands)
    #expect(last.withLock { $0 }?.arguments == ["chroot", "/opt", "/bin/sh", "-c", "x"])
  }

  @Test func waitsUntilSomethingChanged() async throws {
    #expect(try await call("wait", ["name": "x"]) == StateResult(true, ""))
    #expect(try await call("watch", ["name": "x"]) == StateResult(true, ""))
    #expect(try await call("wait", ["name": "x"], isWatch: true).comment == "Command \"x\" run")
    #expect(try await call("wait", ["name": "x"], isTest: true, isWatch: true).result == nil)
    let stateful = try await call(
      "wait", ["name": "x", "stateful": true], isWatch: true, CommandResult(exit: 0, "changed=no comment=calm\n"))
    #expect(stateful == StateResult(true, "calm"))
  }

  @Test func realCommandsRun() async throws {
    // It goes on only when we have: had the state waited for it, `done` would never be seen missing.
    let place = "\(host.root)/opt"
    let line = "for n in $(seq 2000); do [ -e \(place)/go ] && break; sleep 0.05; done; touch \(place)/done"
    let background = try await host.call(
      CmdStates.all, "cmd.run", ["name": .string(line), "bg": true], SubprocessRunner())
    #expect(background.changes["pid"]?.intValue ?? 0 > 1)
    #expect(!host.files.exists("/opt/done"))
    try host.files.write("/opt/go", text: "")
    for _ in 0..<200 where !host.files.exists("/opt/done") { try await Task.sleep(for: .milliseconds(50)) }
    #expect(host.files.exists("/opt/done"))

    try host.files.write("/srv/salt/s.sh", text: "#!/bin/sh\necho \"$1|$2\"\numask\nexit 3\n")
    let script = try await host.call(
      CmdStates.all, "cmd.script", ["name": "salt://s.sh", "args": "a 'b c'", "umask": "027"], SubprocessRunner())
    #expect(script.result == false)
    #expect(script.changes["stdout"] == "a|b c\n0027")
    #expect(script.changes["retcode"] == 3)
  }
}
