import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import States

@Suite struct ExternalPillarTests {
  private final class Log: Sendable {
    let commands = Mutex<[Command]>([])
  }

  private func tree(_ external: Value, _ result: CommandResult, _ log: Log = Log()) throws -> PillarTree {
    var tree = try PillarTree(sls: "k: file\n")
    tree.options["ext_pillar"] = external
    tree.grains = ["os": "Debian"]
    tree.commands = ScriptedCommands { command in
      log.commands.withLock { $0.append(command) }
      return result
    }
    return tree
  }

  @Test func anExecutableGetsIdAndGrains() async throws {
    let log = Log()
    let tree = try tree(
      [["executable": ["/opt/cmdb", "--site", "x y"]]], CommandResult(exit: 0, "{\"k\": \"ext\"}"), log)
    #expect(await tree.compile().pillar == ["k": "ext"])
    let command = try #require(log.commands.withLock { $0.first })
    #expect(command.arguments == ["/opt/cmdb", "--site", "x y", "m1"])
    guard case .bytes(let input) = command.standardInput else { return #expect(Bool(false)) }
    #expect(try JSONParser.parse(String(decoding: input, as: UTF8.self)) == ["os": "Debian", "id": "m1"])
    #expect(command.timeout == .seconds(30))
  }

  @Test func commandLinesAreSalts() async throws {
    let log = Log()
    let both: Value = [["cmd_yaml": "prog %s | x"], ["cmd_json": "prog '%s a' %s"]]
    _ = try await tree(both, CommandResult(exit: 0, "{}"), log).compile()
    #expect(
      log.commands.withLock { $0.map(\.arguments) } == [["/bin/sh", "-c", "prog m1 | x"], ["prog", "m1 a", "m1"]])
  }

  @Test(arguments: [
    (CommandResult(exit: 3, "", error: "hunter2"), "it ended with exit code 3"),
    (CommandResult(ending: .timedOut), "it did not end within 30 s"),
    (CommandResult(exit: 0, "[1]"), "what it gave is a list, not a map"),
    (CommandResult(exit: 0, "a: [hunter2"), "what it gave is no YAML"),
    (CommandResult(ending: .exited(0), standardOutput: [0x61], isTruncated: true), "it gave more than 4194304 bytes"),
  ])
  func failuresAreProblems(_ result: CommandResult, _ words: String) async throws {
    let compiled = try await tree([["executable": ["/opt/cmdb"]]], result).compile()
    #expect(compiled.problems.map(\.summary) == ["Failed to load ext_pillar executable: \(words)"])
  }

  @Test(arguments: [CommandResult(exit: 0, ""), CommandResult(exit: 0, "null"), CommandResult(exit: 0, "{}")])
  func nothingIsNothing(_ result: CommandResult) async throws {
    #expect(try await tree([["executable": ["/opt/cmdb"]]], result).compile().value == ["k": "file"])
  }

  @Test(arguments: [
    "[]", "[{cmd_yaml: x}]", "[{executable: [/x, y]}]", "[{executable: {command: [/x]}}]",
    "[{cmd_json: x}, {cmd_yaml: y}]",
  ])
  func goodSettings(_ text: String) throws {
    #expect(ExternalPillar.fault(of: try YAMLParser.parse(text).value) == nil)
  }

  @Test(arguments: [
    "x", "[x]", "[{git: x}]", "[{executable: x}]", "[{executable: [x]}]", "[{cmd_yaml: ''}]", "[{cmd_json: [x]}]",
    "[{}]",
  ])
  func badSettings(_ text: String) throws {
    #expect(ExternalPillar.fault(of: try YAMLParser.parse(text).value) != nil)
  }

  @Test func itsCiphertextsAreDecrypted() async throws {
    var tree = try tree([["executable": ["/opt/cmdb"]]], CommandResult(exit: 0))
    tree.keys = [.init()]
    let text = try tree.sealed("hunter2")
    tree.commands = ScriptedCommands { _ in CommandResult(exit: 0, "k: \(text)") }
    #expect(await tree.compile().pillar == ["k": "hunter2"])
  }
}
