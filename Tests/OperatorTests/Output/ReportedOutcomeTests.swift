import Operator
import Testing
import Value

/// What a minion says of itself, as the operator's program reads it.
@Suite struct ReportedOutcomeTests {
  private static let times: [Int64] = [.min, -1, 0, 1, 1_795_646_097_288_897, .max]

  @Test(arguments: times, times)
  func anyTimesAreRead(_ started: Int64, _ ended: Int64) {
    let outcome = MinionOutcome(reported: [
      "id": "web1", "state": "returned", "value": .bytes(MessagePackWriter.encode(true)), "started": .int(started),
      "ended": .int(ended), "exit": .int(ended),
    ])
    #expect(outcome.state == "returned")
    #expect(outcome.value == true)
    #expect((outcome.seconds != nil) == (ended > 0))
    for format in OutputFormat.allCases {
      _ = OutputRenderer.render([outcome], as: format)
    }
  }

  @Test(arguments: [[0xC1], [], [0x91], [0xDD, 0xFF, 0xFF, 0xFF, 0xFF]] as [[UInt8]])
  func whatCannotBeReadIsNoSuccess(_ bytes: [UInt8]) {
    let outcome = MinionOutcome(reported: ["id": "web1", "state": "returned", "value": .bytes(bytes)])
    #expect(outcome.state == "failed")
    #expect(outcome.error == "its return value cannot be read")
  }

  @Test func aFailureWithoutWordsHasItsExitCode() {
    #expect(MinionOutcome(reported: ["state": "failed", "exit": 3]).reason == "exit code 3")
    #expect(MinionOutcome(reported: ["state": "failed", "exit": 3, "error": "no"]).reason == "")
    #expect(MinionOutcome(reported: "nonsense").state == "?")
  }
}
