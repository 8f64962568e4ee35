import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

/// Comments are those of Salt 3006, the last to have these states.
@Suite struct AlternativesStatesTests {
  /// update-alternatives over a table of paths with priorities.
  private final class Alternatives: Sendable {
    struct State {
      var paths: OrderedDictionary<String, Int> = [:]
      var chosen: String?
    }

    let host: StateTestHost
    private let state = Mutex(State())

    init() throws {
      host = try StateTestHost(grains: ["os_family": "Debian"])
      try host.files.makeDirectory("/etc/alternatives")
    }

    var commands: ScriptedCommands {
      ScriptedCommands(programs: ["update-alternatives"]) { command in
        self.state.withLock { self.answer(Array(command.arguments.dropFirst()), &$0) }
      }
    }

    private func answer(_ words: [String], _ state: inout State) -> CommandResult {
      switch words[0] {
      case "--display":
        guard !state.paths.isEmpty else {
          return CommandResult(exit: 2, "", error: "update-alternatives: error: no alternatives for \(words[1])\n")
        }
        let list = state.paths.map { "\($0.key) - priority \($0.value)\n" }.joined()
        return CommandResult(
          exit: 0, "\(words[1]) - \(state.chosen == nil ? "auto" : "manual") mode\n  link best version is x\n" + list)
      case "--install" where words[3] == "/nosuch":
        return CommandResult(exit: 2, "", error: "update-alternatives: error: alternative path /nosuch doesn't exist\n")
      case "--install": state.paths[words[3]] = Int(words[4])
      case "--remove":
        state.paths[words[2]] = nil
        if state.chosen == words[2] { state.chosen = nil }
      case "--set": state.chosen = words[2]
      case "--auto": state.chosen = nil
      default: return CommandResult(exit: 1)
      }
      let link = host.files.resolve("/etc/alternatives/ed")
      unlink(link)
      if let target = state.chosen ?? state.paths.max(by: { $0.value < $1.value })?.key { symlink(target, link) }
      return CommandResult(exit: 0, "done\n")
    }

    func call(_ function: String, _ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
      var words = named
      words["name"] = named["name"] ?? "ed"
      return try await host.call(
        AlternativesStates.all, "alternatives.\(function)", words, isTest: isTest, commands)
    }
  }

  private static func install(_ path: String, _ priority: Int) -> ValueMap {
    ["link": "/usr/bin/ed", "path": .string(path), "priority": .integer(priority)]
  }

  @Test func goesThroughTheLifeOfANames() async throws {
    let all = try Alternatives()
    let a = Self.install("/opt/a", 50)
    #expect(
      try await all.call("install", a, isTest: true)
        == StateResult(nil, "Alternative will be set for ed to /opt/a with priority 50"))
    var changes = a
    changes["name"] = "ed"
    let installed = try await all.call("install", a)
    #expect(installed.comment == "Alternative for ed set to path /opt/a with priority 50")
    #expect(installed.changes == ["name": "ed", "link": "/usr/bin/ed", "path": "/opt/a", "priority": 50])
    #expect(
      try await all.call("install", a)
        == StateResult(true, "Alternative /opt/a for ed is already registered"))
    // Another path that begins with the same letters is another.
    #expect(
      try await all.call("install", Self.install("/opt/", 5)).comment
        == "Alternative /opt/ for ed registered with priority 5 and not set to default")
    #expect(try await all.call("auto", [:]) == StateResult(true, "ed already in auto mode"))
    #expect(
      try await all.call("set", ["path": "/opt/"], isTest: true)
        == StateResult(nil, "Alternative for ed will be set to path /opt/"))
    #expect(
      try await all.call("set", ["path": "/opt/"])
        == StateResult(true, "Alternative for ed set to path /opt/", changes: ["path": "/opt/"]))
    #expect(
      try await all.call("set", ["path": "/opt/"]) == StateResult(true, "Alternative for ed already set to /opt/"))
    #expect(try await all.call("set", ["path": "/x"]) == StateResult(false, "Alternative /x for ed doesn't exist"))
    #expect(try await all.call("auto", [:], isTest: true) == StateResult(nil, "ed will be put in auto mode"))
    #expect(try await all.call("auto", [:]) == StateResult(true, "", changes: ["result": "done"]))
    #expect(try await all.call("remove", ["path": "/opt/a"], isTest: true).result == nil)
    #expect(
      try await all.call("remove", ["path": "/opt/a"])
        == StateResult(true, "Alternative for ed removed. Falling back to path /opt/", changes: ["path": "/opt/"]))
    #expect(
      try await all.call("remove", ["path": "/opt/a"])
        == StateResult(true, "Alternative for ed is set to it's default path /opt/"))
    #expect(try await all.call("remove", ["path": "/opt/"]).comment == "Alternative for ed removed")
    #expect(try await all.call("remove", ["path": "/opt/"]) == StateResult(true, "Alternative for ed doesn't exist"))
    #expect(try await all.call("auto", [:]) == StateResult(false, "Alternative for ed doesn't exist"))
  }

  @Test func saysWhyItFailed() async throws {
    let result = try await Alternatives().call("install", Self.install("/nosuch", 5))
    #expect(result.result == false)
    #expect(result.comment.hasPrefix("Alternative for ed not installed: "))
    #expect(result.comment.contains("alternative path /nosuch doesn't exist"))
  }

  @Test(arguments: ["-x", "../passwd", "a b", "a\nb", "."])
  func refusesNames(_ name: String) async throws {
    let all = try Alternatives()
    for function in ["install", "remove", "set", "auto"] {
      var named: ValueMap = function == "install" ? Self.install("/a", 1) : function == "auto" ? [:] : ["path": "/a"]
      named["name"] = .string(name)
      #expect(try await all.call(function, named).comment.contains("is no name of alternatives"))
    }
  }

  @Test(arguments: ["x", "--force", "/a\nb"])
  func refusesPaths(_ path: String) async throws {
    let all = try Alternatives()
    #expect(try await all.call("install", Self.install(path, 5)).result == false)
    #expect(try await all.call("install", ["link": .string(path), "path": "/a", "priority": 5]).result == false)
    #expect(!all.host.files.exists("/etc/alternatives/ed"))
  }
}
