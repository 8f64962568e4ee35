import Functions
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Expected values are what Salt 3008 gave.
@Suite struct TestStatesTests {
  private static let pretended: ValueMap = [
    "testing": ["old": "Unchanged", "new": "Something pretended to change"]
  ]

  private func call(_ function: String, _ named: ValueMap = [:], isTest: Bool = false, isWatch: Bool = false)
    async throws -> StateResult
  {
    let host = try StateTestHost(pillar: ["b": true, "i": 3, "s": "text", "l": [1], "d": ["a": 1]])
    return try await host.call(TestStates.all, "test.\(function)", named, isTest: isTest, isWatch: isWatch)
  }

  @Test(
    arguments: [
      ("nop", ["comment": "foo"], StateResult(true, "Success!"), StateResult(true, "Success!")),
      ("succeed_without_changes", ["comment": "mine"], StateResult(true, "mine"), StateResult(true, "mine")),
      (
        "succeed_with_changes", ["comment": "cc"], StateResult(true, "cc", changes: pretended),
        StateResult(nil, "If we weren't testing, this would be successful with changes", changes: pretended)
      ),
      (
        "fail_without_changes", [:], StateResult(false, "Failure!"),
        StateResult(false, "If we weren't testing, this would be a failure!")
      ),
      (
        "fail_with_changes", [:], StateResult(false, "Failure!", changes: pretended),
        StateResult(nil, "If we weren't testing, this would be failed with changes", changes: pretended)
      ),
      (
        "configurable_test_state", ["changes": false, "result": false, "comment": "x", "warnings": ["w1"]],
        StateResult(false, "x", warnings: ["w1"]), StateResult(true, "x", warnings: ["w1"])
      ),
      (
        "configurable_test_state", ["result": false, "allow_test_mode_failure": true],
        StateResult(false, "", changes: pretended), StateResult(false, "This is a test", changes: pretended)
      ),
      (
        "configurable_test_state", [:], StateResult(true, "", changes: pretended),
        StateResult(nil, "This is a test", changes: pretended)
      ),
      ("show_notification", ["text": "hello"], StateResult(true, "hello"), StateResult(true, "hello")),
    ] as [(String, ValueMap, StateResult, StateResult)])
  func giveWhatIsAskedFor(_ function: String, _ named: ValueMap, _ real: StateResult, _ test: StateResult) async throws
  {
    #expect(try await call(function, named) == real)
    #expect(try await call(function, named, isTest: true) == test)
  }

  @Test(
    arguments: [
      ("configurable_test_state", ["changes": "nope"]), ("configurable_test_state", ["result": "nope"]),
      ("show_notification", [:]), ("check_pillar", [:]), ("configurable_test_state", ["bogus": true]),
    ] as [(String, ValueMap)])
  func refuse(_ function: String, _ named: ValueMap) async {
    await #expect(throws: FunctionError.self) { try await call(function, named) }
  }

  @Test func looksAtThePillar() async throws {
    let result = try await call(
      "check_pillar",
      [
        "present": "b", "boolean": ["b", "i"], "integer": ["i", "b", "s"], "string": ["s", "i"],
        "listing": ["l", "d"], "dictionary": ["d", "nope", "d:a"], "verbose": true,
      ])
    #expect(result.result == false)
    #expect(
      result.comment == """
        Pillar key "i" is not (<class 'str'>,).
        Pillar key "s" is not <class 'int'>.
        Pillar key "d" is not <class 'list'>.
        Pillar key "nope" is missing.
        Pillar key "d:a" is not <class 'dict'>.
        Those keys passed the check:
        - b (<class 'int'>)
        - i (<class 'int'>)
        - s ((<class 'str'>,))
        - l (<class 'list'>)
        - d (<class 'dict'>)

        """)
    #expect(try await call("check_pillar", ["string": "s"]) == StateResult(true, ""))
  }

  @Test func saysWhatChangedThatItWatches() async throws {
    let requisites: ValueMap = ["__reqs__": ["watch": [["state": "test", "__id__": "b"]]]]
    let changes: ValueMap = ["Requisites with changes": ["test: b"]]
    #expect(
      try await call("nop", requisites, isWatch: true) == StateResult(true, "Watch statement fired.", changes: changes))
    let mine = requisites.merging(["comment": "mine", "result": false]) { $1 }
    #expect(
      try await call("succeed_without_changes", mine, isWatch: true) == StateResult(false, "mine", changes: changes))
  }
}
