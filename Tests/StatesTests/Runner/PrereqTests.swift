import OrderedCollections
import Testing
import Value

@testable import States

/// `prereq`, as recorded from Salt 3008.
@Suite struct PrereqTests {
  @Test func runsWhenTheOtherWouldChange() {
    var transcript = Transcript(["check b": [.forecast], "b": [.change]])
    let run = transcript.run(.of(("a", [.prereq: ["b"]], [:]), ("b", [.require: ["a"]], [:])))
    #expect(transcript.calls == ["check b", "a", "b", "finish"])
    #expect(run.summary == ["a true ok", "b true ok"])
    #expect(run.order.map { run.returns[$0]?.runNumber } == [0, 1])
  }

  @Test func isPassedOverWhenTheOtherWouldNotChange() {
    var transcript = Transcript(["check b": [.success]])
    let run = transcript.run(.of(("a", [.prereq: ["b"]], [:]), ("b", [.require: ["a"]], [:])))
    #expect(transcript.calls == ["check b", "b", "finish"])
    #expect(run.summary == ["a true No changes detected", "b true ok"])
    #expect(run.returns[0]?.didRun == false)
  }

  @Test func theOtherIsReportedFromItsTrialWhenThisFailed() {
    var transcript = Transcript(["check b": [.forecast], "a": [.failure]])
    let run = transcript.run(.of(("a", [.prereq: ["b"]], [:]), ("b", [.require: ["a"]], [:])))
    #expect(transcript.calls == ["check b", "a", "finish"])
    #expect(run.summary == ["a false bad", "b nil would"])
    #expect(run.returns[1]?.changes == [:])
    #expect(run.returns[1]?.startTime == nil)
  }

  @Test func aChainAsksTheLastFirst() {
    let plan = StatePlan.of(
      ("a", [.prereq: ["b"]], [:]), ("b", [.require: ["a"], .prereq: ["c"]], [:]), ("c", [.require: ["b"]], [:]))
    var changing = Transcript(["check c": [.forecast], "check b": [.forecast]])
    #expect(changing.run(plan).summary == ["a true ok", "b true ok", "c true ok"])
    #expect(changing.calls == ["check c", "check b", "a", "b", "c", "finish"])
    var still = Transcript(["check c": [.success]])
    #expect(
      still.run(plan).summary == ["b true No changes detected", "a true No changes detected", "c true ok"])
  }

  @Test func theTrialHeedsTheOthersRequisites() {
    var transcript = Transcript(["x": [.failure]])
    let run = transcript.run(
      .of(("x", [:], [:]), ("a", [.prereq: ["b"]], [:]), ("b", [.require: ["x", "a"]], [:])))
    #expect(
      run.summary == [
        "x false bad", "b false One or more requisite failed: s.x", "a false One or more requisite failed: s.b",
      ])
    var unchanged = Transcript()
    let second = unchanged.run(
      .of(("x", [:], [:]), ("a", [.prereq: ["b"]], [:]), ("b", [.onchanges: ["x"], .require: ["a"]], [:])))
    #expect(second.summary[1] == "b true \(RequisiteTests.noChange)")
    #expect(second.summary[2] == "a true No changes detected")
  }

  @Test func oneOfSeveralIsEnough() {
    var transcript = Transcript(["check b": [.success], "check c": [.forecast]])
    let run = transcript.run(
      .of(("a", [.prereq: ["b", "c"]], [:]), ("b", [.require: ["a"]], [:]), ("c", [.require: ["a"]], [:])))
    #expect(transcript.calls == ["check b", "check c", "a", "b", "c", "finish"])
    #expect(run.summary.first == "a true ok")
  }
}
