import Functions
import Glibc
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Each test has variables of its own: the environment is the whole process's.
@Suite struct EnvironTests {
  private func call(_ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    try await StateTestHost().call(EnvironStates.all, "environ.setenv", named, isTest: isTest)
  }

  private func function(_ name: String, _ named: ValueMap) async throws -> Value {
    let host = try StateTestHost()
    let function = try #require(EnvironFunctions.all.first { $0.signature.name == "environ.\(name)" })
    return try await function.call(named, host.context(ScriptedCommands([:]), isTest: false, chunk: [:]).functions)
  }

  @Test func setsAVariableOnce() async throws {
    let set = StateResult(true, "Environ values were set", changes: ["BRINE_A": "bar"])
    #expect(
      try await call(["name": "BRINE_A", "value": "bar"], isTest: true)
        == StateResult(true, "Environ values will be changed", changes: ["BRINE_A": "bar"]))
    #expect(try await call(["name": "BRINE_A", "value": "bar"]) == set)
    #expect(
      try await call(["name": "BRINE_A", "value": "bar"])
        == StateResult(true, "Environ values were already set with the correct values"))
    #expect(try await function("get", ["key": "BRINE_A"]) == "bar")
    #expect(
      try await call(["name": "BRINE_A", "value": false, "false_unsets": true])
        == StateResult(true, "Environ values were set", changes: ["BRINE_A": .null]))
    #expect(try await function("has_value", ["key": "BRINE_A"]) == false)
  }

  @Test func setsSeveral() async throws {
    let state = try await call(["name": "x", "value": ["BRINE_B": "1", "BRINE_C": false]])
    #expect(state.changes == ["BRINE_B": "1", "BRINE_C": ""])
    #expect(try await function("item", ["keys": "BRINE_B,BRINE_NONE"]) == ["BRINE_B": "1", "BRINE_NONE": ""])
    #expect(try await function("items", [:])["BRINE_C"] == "")
    #expect(try await function("has_value", ["key": "BRINE_B", "value": "2"]) == false)
    #expect(try await function("setval", ["key": "BRINE_B", "val": "3"]) == "3")
    #expect(try await function("setval", ["key": "BRINE=B", "val": "3"]) == false)
  }

  @Test func refusesWhatIsNoText() async throws {
    #expect(
      try await call(["name": "BRINE_D", "value": 5])
        == StateResult(false, "Environ value must be string, dict or False"))
    #expect(
      try await call(["name": "x", "value": ["BRINE_D": 1]])
        == StateResult(false, "Failed to set environ variables", changes: ["BRINE_D": 1]))
  }
}
