import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

@Suite struct CmdFunctionsTests {
  private let host: CmdTestHost

  init() throws { host = try CmdTestHost() }

  /// Runs and hands back the program that was started last.
  private func started(_ name: String, _ positional: [Value], _ named: ValueMap = [:]) async throws -> Command {
    let last = Mutex<Command?>(nil)
    let commands = ScriptedCommands { command in
      if command.arguments.first == "getent" || command.arguments.first == "id" { return Self.accounts(command) }
      last.withLock { $0 = command }
      return CommandResult(exit: 0, "out\n")
    }
    _ = try await host.call(name, positional, named, commands)
    return try #require(last.withLock { $0 })
  }

  private static func accounts(_ command: Command) -> CommandResult? {
    switch command.arguments.joined(separator: " ") {
    case "getent passwd deploy": CommandResult(exit: 0, "deploy:x:1001:1001:,,,:/home/deploy:/bin/sh\n")
    case "id -G -- deploy": CommandResult(exit: 0, "1001 27 100\n")
    case "getent group www-data": CommandResult(exit: 0, "www-data:x:33:\n")
    default: CommandResult(exit: 2)
    }
  }

  @Test func aShellReadsTheLine() async throws {
    let command = try await started("cmd.run", ["echo $HOME | cat"])
    #expect(command.arguments == ["/bin/bash", "-c", "echo $HOME | cat"])
    #expect(command.isErrorMerged)
  }

  @Test func withoutAShellQuotesAloneCount() async throws {
    let command = try await started("cmd.run_all", ["printf '%s\\n' \"a b\" $HOME"], ["python_shell": false])
    #expect(command.arguments == ["printf", "%s\\n", "a b", "$HOME"])
    #expect(!command.isErrorMerged)
  }

  @Test func returnsSaltsMap() async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 3, "hi \n\n", error: "oops\n") }
    let result = try await host.call("cmd.run_all", ["x"], [:], commands)
    #expect(result == ["pid": 0, "retcode": 3, "stdout": "hi", "stderr": "oops"])
    #expect(try await host.call("cmd.retcode", ["x"], [:], commands) == 3)
    #expect(try await host.call("cmd.run_stdout", ["x"], ["rstrip": false], commands) == "hi \n\n")
    #expect(try await host.call("cmd.run_stderr", ["x"], [:], commands) == "oops")
    #expect(try await host.call("cmd.run", ["x"], ["hide_output": true], commands) == "")
  }

  @Test func someFailuresAreSuccesses() async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 3, "nothing to do\n") }
    #expect(try await host.call("cmd.retcode", ["x"], ["success_retcodes": [2, 3]], commands) == 0)
    #expect(try await host.call("cmd.retcode", ["x"], ["success_stdout": "nothing to do"], commands) == 0)
    #expect(try await host.call("cmd.retcode", ["x"], ["success_retcodes": [2]], commands) == 3)
  }

  @Test func aTimeOutIsSaidSo() async throws {
    let commands = ScriptedCommands { command in
      #expect(command.timeout == .seconds(1))
      return CommandResult(ending: .timedOut, standardOutput: Array("so far\n".utf8))
    }
    let result = try await host.call("cmd.run_all", ["sleep 5"], ["timeout": 1], commands)
    #expect(result["retcode"] == 124)
    #expect(result["stdout"] == "so far\nsleep 5 : Timed out after 1 seconds")
  }

  @Test func runsAsAnotherUser() async throws {
    let command = try await started("cmd.run", ["id"], ["runas": "deploy", "group": "www-data"])
    #expect(command.user == RunAs(uid: 1001, gid: 33, groups: [1001, 27, 100]))
    #expect(command.environment["HOME"] == "/home/deploy")
    #expect(command.environment["LOGNAME"] == "deploy")
    #expect(command.workingDirectory == "/home/deploy")
  }

  @Test(arguments: ["nobody-here", "-x", "a:b", "a b"])
  func anUnknownUserIsAnErrorBeforeAnythingRuns(_ user: String) async throws {
    let commands = ScriptedCommands { command in
      command.arguments.first == "getent" ? CommandResult(exit: 2) : CommandResult()
    }
    await #expect(throws: FunctionError.self) {
      try await host.call("cmd.run", ["id"], ["runas": .string(user)], commands)
    }
    #expect(!commands.runs.contains { $0.first == "/bin/bash" })
  }

  @Test func readsEnvironmentAndUmask() async throws {
    let command = try await started(
      "cmd.run", ["env"],
      ["env": [["A": "1", "B": .null], "C=x=y"], "umask": "027", "clean_env": true, "stdin": "text"])
    #expect(command.environment.filter { !$0.key.hasPrefix("L") } == ["A": "1", "B": "", "C": "x=y"])
    #expect(command.environment["LC_CTYPE"] == "C" && command.environment["LANGUAGE"] == "C")
    let own = try await started("cmd.run", ["env"], ["env": ["LC_CTYPE": "C.UTF-8"]])
    #expect(own.environment["LC_CTYPE"] == "C.UTF-8")
    #expect(try await started("cmd.run", ["env"], ["reset_system_locale": false]).environment.isEmpty)
    #expect(command.umask == 0o27)
    #expect(command.isEnvironmentClean)
    guard case .bytes(let input) = command.standardInput else {
      Issue.record("no input")
      return
    }
    #expect(input == Array("text".utf8))
  }

  @Test func anErrorDoesNotShowTheEnvironment() async throws {
    let error = await #expect(throws: FunctionError.self) {
      try await host.call("cmd.run", ["x"], ["env": "hunter2"], ScriptedCommands([:]))
    }
    #expect(error?.description.contains("hunter2") == false)
  }

  @Test(
    arguments: [
      ["umask": "99"], ["cwd": "/nowhere"], ["cwd": "opt"], ["timeout": 0], ["shell": "/bin/nosuchsh"], ["bg": true],
      ["use_vt": true], ["template": "jinja"], ["env": ["A=B": "1"]],
    ] as [ValueMap])
  func badArgumentsRunNothing(_ named: ValueMap) async throws {
    let commands = ScriptedCommands(programs: []) { _ in CommandResult() }
    await #expect(throws: FunctionError.self) { try await host.call("cmd.run", ["x"], named, commands) }
    #expect(commands.runs.isEmpty)
  }

  @Test func aScriptRunsFromAFileOfItsOwn() async throws {
    let seen = Mutex<(arguments: [String], text: String, mode: UInt32)?>(nil)
    let commands = ScriptedCommands { command in
      let path = command.arguments[0]
      let text = (try? HostFiles().readText(path)) ?? ""
      seen.withLock { $0 = (command.arguments, text, HostFiles().status(path)?.mode ?? 0) }
      return CommandResult(exit: 4, "done\n")
    }
    let result = try await host.call(
      "cmd.script", [], ["content": "#!/bin/sh\nexit 4\n", "args": "one 'two words'"], commands)
    #expect(result["retcode"] == 4)
    let run = try #require(seen.withLock { $0 })
    #expect(run.arguments.dropFirst() == ["one", "two words"])
    #expect(run.text == "#!/bin/sh\nexit 4\n")
    #expect(run.mode == 0o500)
    #expect(host.files.entriesIfPresent("/tmp") == [])
  }

  @Test func aScriptWithoutAnInterpreterIsTheShells() async throws {
    try host.files.write("/opt/check", text: "exit 0\n")
    let command = try await started("cmd.script", ["/opt/check"])
    #expect(command.arguments.first == "/bin/bash")
    #expect(command.arguments.count == 2)
  }

  @Test(
    arguments: [["source": "salt://a.sh"], ["source": "/opt/none"], ["source": "/opt/x", "content": "y"], [:]]
      as [ValueMap])
  func aScriptNeedsOneSource(_ named: ValueMap) async throws {
    let commands = ScriptedCommands { _ in CommandResult() }
    await #expect(throws: FunctionError.self) { try await host.call("cmd.script", [], named, commands) }
    #expect(commands.runs.isEmpty)
  }

  @Test func codeRunsInItsInterpreter() async throws {
    let command = try await started("cmd.exec_code", ["python3", "print(1)"], ["args": ["a", "b c"]])
    #expect(command.arguments.first == "python3")
    #expect(command.arguments.suffix(2) == ["a", "b c"])
    #expect(host.files.entriesIfPresent("/tmp") == [])
    let commands = ScriptedCommands(programs: []) { _ in CommandResult() }
    await #expect(throws: FunctionError.self) { try await host.call("cmd.exec_code", ["python3", "x"], [:], commands) }
  }

  @Test func findsPrograms() async throws {
    let commands = ScriptedCommands(programs: ["dnf", "openssl"]) { _ in nil }
    #expect(try await host.call("cmd.which", ["openssl"], [:], commands) == "/usr/bin/openssl")
    #expect(try await host.call("cmd.which", ["nginx"], [:], commands) == .null)
    #expect(try await host.call("cmd.which_bin", [["yum", "dnf"]], [:], commands) == "/usr/bin/dnf")
    #expect(try await host.call("cmd.has_exec", ["nginx"], [:], commands) == false)
    try host.files.write("/etc/shells", text: "# /etc/shells: valid login shells\n/bin/sh\n\n/bin/bash\n")
    #expect(try await host.call("cmd.shells", [], [:], commands) == ["/bin/sh", "/bin/bash"])
  }
}
