import Functions
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Expected values are what Salt 3008 gave for the same run of states.
@Suite struct GrainsStatesTests {
  private static let grains: ValueMap = [
    "roles": ["a", "b"], "single": "x", "nestd": ["k": "v"], "nul": .null,
  ]

  private struct Step: Sendable {
    var function: String
    var named: ValueMap
    var result: Bool?
    var comment: String
    var changes: ValueMap

    init(_ function: String, _ named: ValueMap, _ result: Bool?, _ comment: String, _ changes: ValueMap = [:]) {
      (self.function, self.named, self.result) = (function, named, result)
      (self.comment, self.changes) = (comment, changes)
    }
  }

  private func run(_ steps: [Step], isTest: Bool = false) async throws -> StateTestHost {
    let host = try StateTestHost(grains: Self.grains)
    for (number, step) in steps.enumerated() {
      let state = try await host.call(GrainsStates.all, "grains.\(step.function)", step.named, isTest: isTest)
      #expect(state.result == step.result, "step \(number)")
      #expect(state.comment == step.comment, "step \(number)")
      #expect(state.changes == step.changes, "step \(number)")
    }
    return host
  }

  @Test func setAndRemoveGrains() async throws {
    let inTheWay = "The key 'newg' exists but is a dict or a list. Use 'force=True' to overwrite."
    let host = try await run([
      Step("present", ["name": "newg", "value": "v1"], true, "Set grain newg to v1", ["newg": "v1"]),
      Step("present", ["name": "newg", "value": "v1"], true, "Grain is already set"),
      Step("present", ["name": "newg", "value": "v2"], true, "Set grain newg to v2", ["newg": "v2"]),
      Step(
        "present", ["name": "newg", "value": [1, "x"]], false,
        "The key 'newg' exists and the given value is a dict or a list. Use 'force=True' to overwrite."),
      Step(
        "present", ["name": "newg", "value": [1, "x"], "force": true], true, "Set grain newg to [1, 'x']",
        ["newg": [1, "x"]]),
      Step("present", ["name": "newg", "value": "s"], false, inTheWay),
      Step(
        "present", ["name": "deep:er", "value": "b"], true, "Set grain deep:er to b", ["deep": ["er": "b"]]),
      Step(
        "present", ["name": "nestd/k/q", "value": 1, "delimiter": "/"], false,
        "The key 'nestd:k' value is 'v', which is different from the provided key 'q'. Use 'force=True' to overwrite."),
      Step("absent", ["name": "newg"], false, inTheWay),
      Step(
        "absent", ["name": "newg", "force": true], true, "Value for grain newg was set to None",
        ["grain": "newg", "value": .null]),
      Step("absent", ["name": "newg"], true, "Grain is already set"),
      Step("absent", ["name": "newg", "destructive": true], true, "Grain newg was deleted", ["deleted": "newg"]),
      Step("absent", ["name": "newg", "destructive": true], true, "Grain newg does not exist"),
      Step("exists", ["name": "deep:er"], true, "Grain exists"),
      Step("exists", ["name": "nosuch"], false, "Grain does not exist"),
    ])
    let text = try host.files.readText("/etc/brine/grains")
    #expect(text.contains("\"er\": \"b\""))
    #expect(!text.contains("newg"))
    #expect(host.memory["grains"]?["deep"] == ["er": "b"])
  }

  @Test func changeLists() async throws {
    _ = try await run([
      Step(
        "list_present", ["name": "roles", "value": "c"], true, "Append value c to grain roles",
        ["new": ["roles": ["a", "b", "c"]]]),
      Step(
        "list_present", ["name": "roles", "value": ["c", "d"]], true,
        "Removed value ['c'] from update due to value found in \"roles\" (or pending).\nAppend value ['d'] to grain roles",
        ["new": ["roles": ["a", "b", "c", "d"]]]),
      Step(
        "list_present", ["name": "roles", "value": ["c", "d"]], true,
        "Value ['c', 'd'] is already in grain roles (or pending)"),
      Step("list_present", ["name": "single", "value": "d"], false, "Grain single is not a valid list"),
      Step(
        "list_present", ["name": "fresh", "value": ["d", "e"]], true, "Append value ['d', 'e'] to grain fresh",
        ["new": ["fresh": ["d", "e"]]]),
      Step(
        "list_absent", ["name": "roles", "value": ["a", "zz"]], true,
        "Value a was deleted from grain roles\nValue zz is absent from grain roles", ["deleted": ["a"]]),
      Step("list_absent", ["name": "single", "value": "a"], false, "Grain single is not a valid list"),
      Step("list_absent", ["name": "nosuch", "value": "a"], true, "Grain nosuch does not exist"),
      Step("append", ["name": "roles", "value": "q"], true, "Value q was added to grain roles", ["added": "q"]),
      Step("append", ["name": "roles", "value": "q"], true, "Value q is already in the list for grain roles"),
      Step("append", ["name": "single", "value": "q"], false, "Grain single is not a valid list"),
      Step(
        "append", ["name": "single", "value": "q", "convert": true], true, "Value q was added to grain single",
        ["added": "q"]),
      Step("append", ["name": "nosuch", "value": "q", "convert": true], false, "Grain nosuch does not exist"),
      Step(
        "append", ["name": "nul", "value": "q", "convert": true], true, "Value q was added to grain nul",
        ["added": "q"]),
    ])
  }

  @Test func predictAndWriteNothing() async throws {
    let host = try await run(
      [
        Step("present", ["name": "newg", "value": "v1"], nil, "Grain newg is set to be added", ["new": "newg"]),
        Step(
          "present", ["name": "single", "value": "y"], nil, "Grain single is set to be changed",
          ["changed": ["single": "y"]]),
        Step(
          "list_present", ["name": "roles", "value": "c"], nil, "Value c is set to be appended to grain roles",
          ["new": ["a", "b"]]),
        Step(
          "list_present", ["name": "roles", "value": ["c", "d"]], nil,
          "Value ['d'] is set to be appended to grain roles", ["new": ["a", "b"]]),
        Step("list_present", ["name": "fresh", "value": "d"], nil, "Grain fresh is set to be added", ["new": ""]),
        Step(
          "list_absent", ["name": "roles", "value": ["a", "zz"]], nil,
          "Value a in grain roles is set to be deleted\nValue zz is absent from grain roles", ["deleted": ["a"]]),
        Step(
          "append", ["name": "nul", "value": "q", "convert": true], nil,
          "Grain nul is set to be converted to list and value q will be added", ["added": "q"]),
        Step(
          "absent", ["name": "nestd:k", "destructive": true], nil, "Grain nestd:k is set to be deleted",
          ["deleted": "nestd:k"]),
        Step(
          "absent", ["name": "single"], nil, "Value for grain single is set to be deleted (None)",
          ["grain": "single", "value": .null]),
      ], isTest: true)
    #expect(!host.files.exists("/etc/brine/grains"))
  }
}
