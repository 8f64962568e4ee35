import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Answers are Salt 3008's.
@Suite struct DisabledStatesTests {
  private func refusal(_ disabled: [String], _ name: String, _ mods: [String]) throws -> Value? {
    let context = FunctionContext(
      commands: ScriptedCommands([:]), files: HostFiles(root: "/nowhere"),
      grains: ["state_runs_disabled": .strings(disabled)])
    let function = try #require(StateFunctions.all.first { $0.signature.name == name })
    let named: ValueMap = mods.isEmpty ? [:] : ["mods": .strings(mods)]
    return StateFunctions.refusal(
      name, try Arguments(binding: CallArguments(named: named), to: function.signature), context)
  }

  @Test func aHighstateIsRefused() throws {
    let answer: Value = [
      "name": "Salt highstate run is disabled. To re-enable, run state.enable highstate", "result": "False",
      "comment": "Disabled",
    ]
    #expect(try refusal(["highstate"], "state.highstate", []) == answer)
    #expect(try refusal(["highstate"], "state.apply", []) == answer)
    #expect(try refusal(["highstate"], "state.apply", ["web"]) == nil)
    #expect(try refusal(["web"], "state.apply", []) == nil)
  }

  @Test func filesAreRefusedByNameAndByDirectory() throws {
    #expect(
      try refusal(["web", "db.*"], "state.sls", ["web", "db.server", "dbx"]) == [
        "The state file \"web\" is currently disabled, to re-enable, run state.enable web.",
        "The state file \"db.server\" is currently disabled by \"db.*\", to re-enable, run state.enable db.*.",
      ])
    #expect(try refusal(["web"], "state.show_sls", ["web"]) == nil)
  }
}
