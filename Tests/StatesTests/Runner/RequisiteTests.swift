import OrderedCollections
import Testing
import Value

@testable import States

/// Each requisite against each thing that the required states can come to, as Salt 3008 does.
@Suite struct RequisiteTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var requisite: Requisite
    /// Ids of the states required; what they are is below.
    var on: [String]
    /// `ran`, `watched`, or the comment of a state that did not run.
    var outcome: String
    var testDescription: String { "\(requisite.rawValue) \(on.joined(separator: ","))" }
  }

  static let noFailure = "State was not run because onfail req did not change"
  static let noChange = "State was not run because none of the onchanges reqs changed"

  static let cases: [Case] = [
    Case(requisite: .require, on: ["ok"], outcome: "ran"),
    Case(requisite: .require, on: ["chg"], outcome: "ran"),
    Case(requisite: .require, on: ["ok", "bad"], outcome: "One or more requisite failed: s.bad"),
    Case(requisite: .require, on: ["badc", "bad"], outcome: "One or more requisite failed: s.badc, s.bad"),
    Case(requisite: .require, on: ["skipped"], outcome: "ran"),
    Case(requisite: .require, on: ["orphan"], outcome: "One or more requisite failed: s.orphan"),
    Case(requisite: .requireAny, on: ["ok", "bad"], outcome: "ran"),
    Case(requisite: .requireAny, on: ["badc", "bad"], outcome: "One or more requisite failed: s.badc, s.bad"),
    Case(requisite: .watch, on: ["ok"], outcome: "ran"),
    Case(requisite: .watch, on: ["chg"], outcome: "watched"),
    Case(requisite: .watch, on: ["chg", "bad"], outcome: "One or more requisite failed: s.bad"),
    Case(requisite: .watch, on: ["badc"], outcome: "One or more requisite failed: s.badc"),
    Case(requisite: .watchAny, on: ["chg", "bad"], outcome: "watched"),
    Case(requisite: .watchAny, on: ["ok", "bad"], outcome: "ran"),
    Case(requisite: .watchAny, on: ["badc", "bad"], outcome: "One or more requisite failed: s.badc, s.bad"),
    Case(requisite: .onchanges, on: ["ok"], outcome: noChange),
    Case(requisite: .onchanges, on: ["ok", "chg"], outcome: "ran"),
    Case(requisite: .onchanges, on: ["bad"], outcome: noChange),
    Case(requisite: .onchanges, on: ["badc"], outcome: noChange),
    Case(requisite: .onchanges, on: ["chg", "bad"], outcome: "ran"),
    Case(requisite: .onchangesAny, on: ["ok", "chg"], outcome: "ran"),
    Case(requisite: .onchangesAny, on: ["ok", "bad"], outcome: noChange),
    Case(requisite: .onfail, on: ["ok"], outcome: noFailure),
    Case(requisite: .onfail, on: ["bad"], outcome: "ran"),
    Case(requisite: .onfail, on: ["ok", "bad"], outcome: "ran"),
    Case(requisite: .onfail, on: ["skipped"], outcome: noFailure),
    Case(requisite: .onfail, on: ["orphan"], outcome: "ran"),
    Case(requisite: .onfailAny, on: ["ok", "bad"], outcome: "ran"),
    Case(requisite: .onfailAny, on: ["ok", "chg"], outcome: noFailure),
    Case(requisite: .onfailAll, on: ["ok", "bad"], outcome: noFailure),
    Case(requisite: .onfailAll, on: ["badc", "bad"], outcome: "ran"),
  ]

  @Test(arguments: cases) func decides(_ example: Case) {
    var transcript = Transcript([
      "chg": [.change], "bad": [.failure], "badc": [.failedChange],
    ])
    let run = transcript.run(
      .of(
        ("ok", [:], [:]), ("chg", [:], [:]), ("bad", [:], [:]), ("badc", [:], [:]),
        ("skipped", [.onfail: ["ok"]], [:]), ("orphan", [.require: ["bad"]], [:]),
        ("it", [example.requisite: example.on], [:])))
    let result = run.returns[6]
    switch example.outcome {
    case "ran": #expect(transcript.calls.suffix(2) == ["it", "finish"])
    case "watched":
      #expect(transcript.calls.suffix(3) == ["it", "watch it", "finish"])
      #expect(result?.comment == "restarted")
    default:
      #expect(result?.comment == example.outcome)
      #expect(result?.didRun == false)
      #expect(result?.result == !example.outcome.hasPrefix("One"))
      #expect(!transcript.calls.contains("it"))
    }
  }

  @Test func testModeTakesForecastsAsChanges() {
    var transcript = Transcript(["a": [.forecast]], rules: RunRules(isTest: true))
    let run = transcript.run(
      .of(
        ("a", [:], [:]), ("b", [.require: ["a"]], [:]), ("c", [.watch: ["a"]], [:]), ("d", [.onchanges: ["a"]], [:]),
        ("e", [.onfail: ["a"]], [:])))
    #expect(transcript.calls == ["a", "b", "c", "watch c", "d", "e", "finish"])
    #expect(run.returns[2]?.comment == "restarted")
  }

  @Test func aRequisiteFailedBeatsOneUnchanged() {
    var transcript = Transcript(["bad": [.failure], "chg": [.change]])
    let run = transcript.run(
      .of(
        ("bad", [:], [:]), ("chg", [:], [:]), ("ok", [:], [:]),
        ("a", [.require: ["bad"], .onchanges: ["chg"]], [:]), ("b", [.onfail: ["ok"], .onchanges: ["chg"]], [:])))
    #expect(run.returns[3]?.comment == "One or more requisite failed: s.bad")
    #expect(run.returns[4]?.comment == Self.noFailure)
  }

  @Test func skipRequisites() {
    var skip = Transcript.Answer.change
    skip.extra = ["skip_req": true]
    var transcript = Transcript(["a": [skip]])
    let run = transcript.run(.of(("a", [:], [:]), ("b", [.onchanges: ["a"]], [:]), ("c", [.watch: ["a"]], [:])))
    #expect(run.returns[1]?.comment == "State was not run because requisites were skipped by another state")
    #expect(run.returns[2]?.comment == "ok mod_watch was not run because requisites were skipped by another state")
    #expect(transcript.calls == ["a", "c", "finish"])
  }

  @Test func watchRunsOnlyWhereTheStateChangedNothing() {
    var transcript = Transcript(["a": [.change], "b": [.change], "c": [.failure]])
    var quiet = Transcript.Answer.success
    quiet.extra = ["skip_watch": true]
    transcript.answers["d"] = [quiet]
    let run = transcript.run(
      .of(
        ("a", [:], [:]), ("b", [.watch: ["a"]], [:]), ("c", [.watch: ["a"]], [:]), ("d", [.watch: ["a"]], [:])))
    #expect(transcript.calls == ["a", "b", "c", "watch c", "d", "finish"])
    // The watch function's answer stands in place of the failed state's, and counts once more.
    #expect(run.returns[2]?.result == true)
    #expect(run.order.map { run.returns[$0]?.runNumber } == [0, 1, 3, 4])
  }
}
