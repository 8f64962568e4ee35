import OrderedCollections
import Testing
import Value

@testable import Operator

@Suite struct FoldedStatesTests {
  private static func run(_ pid: Int64, failed: Bool = false) -> Value {
    [
      "cmd_|-go_|-go_|-run": [
        "name": "go", "__id__": "go", "result": .bool(!failed), "changes": ["pid": .int(pid), "retcode": 0],
        "comment": "ran", "__run_num__": 1, "start_time": "1", "duration": .double(Double(pid)),
      ],
      "test_|-n_|-n_|-nop": [
        "name": "n", "__id__": "n", "result": true, "changes": [:], "comment": "", "__run_num__": 0, "duration": 1,
      ],
    ]
  }

  private func folded(_ outcomes: [MinionOutcome], verbose: Bool = false) -> String {
    OutputRenderer.render(outcomes, as: .folded, states: StateOutputStyle(detail: .terse, isVerbose: verbose))
  }

  @Test func hostsToWhichTheSameHappenedStandTogetherFailuresLast() {
    let text = folded([
      MinionOutcome(id: "web1", state: "failed", value: Self.run(4, failed: true)),
      MinionOutcome(id: "web2", state: "returned", value: Self.run(20)),
      MinionOutcome(id: "web3", state: "returned", value: Self.run(3)),
      MinionOutcome(id: "db1", state: "queued", reason: "offline since 11:02"),
      MinionOutcome(id: "db2", state: "failed", value: ["Rendering SLS 'a' failed"]),
    ])
    #expect(
      text == """
        web[2-3] (2): 2 succeeded, 1 changed of 2 states in 21.000 ms (the longest)
          Name: go - Function: cmd.run - Result: Changed - Started: 1 - Duration: 20.0 ms

        web1: 1 succeeded, 1 changed, 1 failed of 2 states in 5.000 ms
          Name: go - Function: cmd.run - Result: Failed - Started: 1 - Duration: 4.0 ms

        db2:
            Data failed to compile:
        ----------
            Rendering SLS 'a' failed
        db1: queued, offline since 11:02

        5 hosts: 2 returned, 2 failed, 1 queued (offline)

        """)
  }

  @Test func verboseShowsWhatIsWell() {
    let outcomes = [MinionOutcome(id: "a", state: "returned", value: Self.run(1))]
    #expect(!folded(outcomes).contains("test.nop"))
    #expect(folded(outcomes, verbose: true).contains("test.nop"))
  }

  @Test func hostsWhereNothingIsToBeShownStandTogetherWhateverTheirStatesAreCalled() {
    let outcomes = ["a1", "a2"].map { id in
      MinionOutcome(
        id: id, state: "returned",
        value: .map([
          .string("file_|-\(id)_|-/etc/\(id)_|-managed"): [
            "name": .string("/etc/\(id)"), "__id__": .string(id), "result": true, "changes": [:],
            "comment": .string(id), "__run_num__": 0, "duration": 2,
          ]
        ]))
    }
    #expect(folded(outcomes).hasPrefix("a[1-2] (2): 1 succeeded of 1 states in 2.000 ms (the longest)\n"))
    #expect(folded(outcomes, verbose: true).contains("a2: 1 succeeded"))
  }

  @Test func plainAnswersAreAsTheyWere() {
    #expect(folded([MinionOutcome(id: "a", state: "returned", value: true)]) == "a: True\n")
  }
}
