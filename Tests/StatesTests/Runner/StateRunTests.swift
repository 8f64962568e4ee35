import OrderedCollections
import Testing
import Value

@testable import States

@Suite struct StateRunTests {
  @Test func returnsHaveSaltsKeysAndOrder() {
    var transcript = Transcript(["b": [.change]])
    let run = transcript.run(.of(("a", [:], [:]), ("b", [:], [:])))
    #expect(run.value.keys.map(\.description) == ["test_|-a_|-a_|-nop", "test_|-b_|-b_|-nop"])
    #expect(
      run.value["test_|-b_|-b_|-nop"] == [
        "name": "b", "changes": ["new": "x"], "result": true, "comment": "ok", "__sls__": "s", "__run_num__": 1,
        "start_time": "10:00:01", "duration": 5.0, "__id__": "b",
      ])
    #expect(!run.hasFailed)
    #expect(run.remarkable.count == 1)
  }

  @Test func anEmptyRunHasFailedAsInSalt() {
    var transcript = Transcript()
    #expect(transcript.run(StatePlan()).hasFailed)
    #expect(transcript.calls == ["finish"])
  }

  @Test func failHardStopsAndListenersStillRun() {
    let plan = StatePlan.of(
      ("chg", [:], [:]), ("li", [.listen: ["chg"]], [:]), ("boom", [:], ["failhard": true]), ("never", [:], [:]))
    var transcript = Transcript(["chg": [.change], "boom": [.failure]])
    let run = transcript.run(plan)
    #expect(transcript.calls == ["chg", "li", "boom", "watch listener_li", "finish"])
    #expect(run.value.keys.last == "test_|-listener_li_|-li_|-mod_watch")
    var forecast = Transcript(["boom": [.failure]], rules: RunRules(isTest: true, isFailHard: true))
    _ = forecast.run(plan)
    #expect(forecast.calls == ["chg", "li", "boom", "never", "finish"])
    var configured = Transcript(["chg": [.failure]], rules: RunRules(isFailHard: true))
    _ = configured.run(plan)
    #expect(configured.calls == ["chg", "finish"])
  }

  @Test func listenersThatNameNothingFailTheRun() {
    var transcript = Transcript(["a": [.change]])
    let run = transcript.run(
      .of(("a", [:], [:])),
      missing: [
        MissingListen(module: "test", id: "gone"), MissingListen(module: "test", id: "lost", triggers: [0]),
      ])
    #expect(
      run.value["Listen_Error_|-listen_gone_|-listen_test_|-Listen_Error"] == [
        "name": "listen_test:gone", "changes": [:], "result": false,
        "comment": "Referenced state test: gone does not exist", "__run_num__": 1,
      ])
    #expect(run.value.count == 3)
    #expect(run.hasFailed)
  }

  @Test func aListenerRunsOnceHoweverManyChanged() {
    var transcript = Transcript(["a": [.change], "b": [.change]])
    _ = transcript.run(.of(("a", [:], [:]), ("b", [:], [:]), ("l", [.listen: ["a", "b"]], [:])))
    #expect(transcript.calls == ["a", "b", "l", "watch listener_l", "finish"])
  }

  @Test func retriesAsSaltWordsThem() {
    let plan = StatePlan.of(("a", [:], ["retry": ["attempts": 3, "interval": 2, "splay": 1]]), ("b", [:], [:]))
    var transcript = Transcript(["a": [.failure]])
    let run = transcript.run(plan)
    #expect(transcript.calls == ["a", "sleep a 2+1", "a", "sleep a 2+1", "a", "b", "finish"])
    let line = #"Returned a result of "False", with the following comment: "bad""#
    #expect(run.returns[0]?.comment == "Attempt 1: \(line)\nAttempt 2: \(line)\nbad")
    #expect(run.returns[0]?.duration == 4015)
    #expect(run.returns.map { $0?.runNumber } == [2, 3])
    var lucky = Transcript(["a": [.failure, .success]])
    #expect(lucky.run(plan).returns[0]?.comment == "Attempt 1: \(line)\nok")
    var forecast = Transcript(["a": [.failure]], rules: RunRules(isTest: true))
    #expect(
      forecast.run(plan).returns[0]?.comment
        == "bad  The state would be retried every 2 seconds (with a splay of up to 1 seconds) a maximum of 3 times "
        + "or until a result of True is returned")
  }

  static let retries: [(Value, [Int])] = [
    (true, [2, 1, 30, 0]), (false, [0, 1, 30, 0]), ("yes", [2, 1, 30, 0]),
    (["attempts": "5", "until": false, "interval": 4], [2, 0, 4, 0]),
  ]

  @Test(arguments: retries)
  func readsRetry(_ value: Value, _ expected: [Int]) throws {
    let rule = try #require(RetryRule(LowChunk(["retry": value])))
    #expect([rule.attempts, rule.until ? 1 : 0, rule.interval, rule.splay] == expected)
  }

  @Test func parallelStatesRunBesideOthersAndAreWaitedFor() {
    let plan = StatePlan.of(
      ("p", [:], ["parallel": true]), ("q", [:], ["parallel": true]), ("a", [:], [:]),
      ("r", [.require: ["p"]], ["parallel": true]), ("b", [:], [:]), ("c", [.require: ["r"]], [:]))
    var transcript = Transcript()
    let run = transcript.run(plan)
    #expect(
      transcript.calls == ["a", "b", "parallel q", "parallel p", "parallel r", "c", "finish"])
    #expect(run.returns[0]?.extra["__parallel__"] == true)
    // Numbers are given when states begin.
    #expect(run.summary.map { $0.prefix(1) } == ["p", "q", "a", "b", "r", "c"])
    #expect(run.order.map { run.returns[$0]?.runNumber } == [0, 1, 2, 3, 4, 5])
    var limited = Transcript(rules: RunRules(maximumParallel: 1))
    #expect(limited.run(plan).returns.allSatisfy { $0?.result == true })
    #expect(limited.calls == ["a", "b", "parallel p", "parallel q", "parallel r", "c", "finish"])
  }

  @Test func aChosenStateBringsWhatItRequires() {
    let plan = StatePlan.of(
      ("a", [:], [:]), ("b", [.prereq: ["c"]], [:]), ("c", [.require: ["b"]], [:]), ("d", [.watch: ["c"]], [:]))
    var transcript = Transcript(["check c": [.forecast], "c": [.change]])
    let run = transcript.run(plan, only: [3])
    #expect(transcript.calls == ["check c", "b", "c", "d", "watch d", "finish"])
    #expect(run.summary.count == 3)
  }

  @Test func acircleThatGotThroughEnds() {
    let plan = StatePlan.of(("a", [.require: ["b"]], [:]), ("b", [.require: ["a"]], [:]))
    var transcript = Transcript()
    let run = transcript.run(plan)
    #expect(transcript.calls.last == "finish")
    #expect(run.summary.contains { $0.hasSuffix("Recursive requisite found") })
  }

  @Test func onfailStopMakesUpForAFailure() {
    let plan = StatePlan.of(("a", [:], [:]), ("fix", [.onfail: ["a"]], ["onfail_stop": false]))
    var repaired = Transcript(["a": [.failure]])
    #expect(!repaired.run(plan).hasFailed)
    var broken = Transcript(["a": [.failure], "fix": [.failure]])
    #expect(broken.run(plan).hasFailed)
  }

  @Test func statesThatWaitForNothingAreGivenTogether() {
    let plan = StatePlan.of(
      ("a", [:], [:]), ("b", [:], ["state": "pkg"]), ("c", [:], ["state": "pkg"]),
      ("d", [.require: ["b"]], ["state": "pkg"]), ("e", [.require: ["a"]], ["state": "pkg"]),
      ("f", [:], ["state": "pkg", "aggregate": false]))
    var run = StateRun(plan, rules: RunRules(aggregateModules: ["pkg": true]))
    var companions: [String: [String]] = [:]
    var actions = run.on(.started(now: ""))
    while case .call(let call)? = actions.first {
      companions[call.chunk.id] = call.companions.map(\.id)
      let result = StateReturn(name: "x", result: true, comment: "")
      actions = run.on(.finished(call, result, now: ""))
    }
    #expect(companions["b"] == ["c", "e"])
    #expect(companions["a"] == [])
    #expect(companions["f"] == [])
  }
}
