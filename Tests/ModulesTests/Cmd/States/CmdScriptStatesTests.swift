import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

@Suite struct CmdScriptStatesTests {
  private let host: StateTestHost

  init() throws {
    host = try StateTestHost()
    try host.files.write("/srv/salt/s.sh", text: "#!/bin/sh\necho {{ who }}\n")
  }

  /// Runs the state; gives its result, the words after the script's path, and the script as it was started.
  private func run(_ named: ValueMap, _ function: String = "cmd.script") async throws -> (StateResult, [String], String)
  {
    let seen = Mutex<([String], String)>(([], ""))
    let commands = ScriptedCommands { command in
      let path = command.arguments.first { $0.contains("brine-script-") } ?? ""
      let text = (try? HostFiles().readText(path)) ?? ""
      seen.withLock { $0 = (Array(command.arguments.drop { $0 != path }.dropFirst()), text) }
      return CommandResult(exit: 0, "done\n")
    }
    let result = try await host.call(CmdStates.all, function, named, commands)
    let (words, text) = seen.withLock { $0 }
    return (result, words, text)
  }

  @Test func runsAScriptOfTheFileRoots() async throws {
    let (result, words, text) = try await run(["name": "salt://s.sh", "args": "1 'two words'"])
    #expect(result.result == true)
    #expect(result.comment == "Command 'salt://s.sh' run")
    #expect(result.changes["stdout"] == "done")
    #expect(words == ["1", "two words"])
    #expect(text.contains("{{ who }}"))
    #expect(try host.files.entries("/tmp") == [])
  }

  @Test func rendersItAndTakesArgumentsFromTheName() async throws {
    let (result, words, text) = try await run([
      "name": "s.sh a b", "source": "salt://s.sh", "template": "jinja", "defaults": ["who": "nobody"],
      "context": ["who": "me"],
    ])
    #expect(result.comment == "Command 's.sh a b' run")
    #expect(words == ["a", "b"])
    #expect(text == "#!/bin/sh\necho me\n")
  }

  @Test func aScriptThatIsNotThereIsSaltsCacheError() async throws {
    let (result, _, _) = try await run(["name": "salt://missing.sh"])
    #expect(result.result == false)
    #expect(result.comment == "Unable to cache script salt://missing.sh from saltenv 'base'")
    #expect(result.changes["cache_error"] == true)
    #expect(try await run(["name": "s.sh", "context": "x"]).0.result == false)
  }

  @Test func waitsUntilSomethingChanged() async throws {
    #expect(try await run(["name": "salt://s.sh"], "cmd.wait_script").0 == StateResult(true, ""))
    let commands = ScriptedCommands { _ in CommandResult(exit: 0, "changed=yes comment=new\n") }
    let result = try await host.call(
      CmdStates.all, "cmd.wait_script", ["name": "salt://s.sh", "stateful": true], isWatch: true, commands)
    #expect(result.comment == "new")
  }

  @Test func theFunctionTakesItToo() async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 0, "done\n") }
    let context = host.context(commands, isTest: false, chunk: [:]).functions
    let script = try #require(CmdFunctions.all.first { $0.signature.name == "cmd.script" })
    #expect(try await script.call(["source": "salt://s.sh"], context)["stdout"] == "done")
  }
}
