import OrderedCollections
import Value

@testable import States

/// Drives a `StateRun` with made-up answers, and keeps what was called in order.
struct Transcript {
  /// What a state answers: by id, for each call in turn (the last one for all that follow).
  var answers: [String: [Answer]]
  var rules = RunRules()
  private(set) var calls: [String] = []

  struct Answer {
    var result: Bool?
    var changes: ValueMap = [:]
    var comment = "ok"
    var extra: ValueMap = [:]

    static let success = Answer(result: true)
    static let failure = Answer(result: false, comment: "bad")
    static let change = Answer(result: true, changes: ["new": "x"])
    static let failedChange = Answer(result: false, changes: ["new": "x"], comment: "bad")
    static let forecast = Answer(result: nil, changes: ["new": "x"], comment: "would")
  }

  init(_ answers: [String: [Answer]] = [:], rules: RunRules = RunRules()) {
    self.answers = answers
    self.rules = rules
  }

  /// Runs to the end; parallel calls come back last in, first out, when nothing else can go on.
  mutating func run(_ plan: StatePlan, only: [Int]? = nil, missing: [MissingListen] = []) -> StateRun {
    var run = StateRun(plan, rules: rules, only: only, missingListens: missing)
    var waiting = run.on(.started(now: "10:00:00"))
    var turns: [String: Int] = [:]
    while let action = take(&waiting) {
      switch action {
      case .finish:
        calls.append("finish")
        return run
      case .sleep(let call, let seconds, let splay):
        calls.append("sleep \(call.chunk.id) \(seconds)+\(splay)")
        waiting += run.on(.slept(call, seconds: seconds))
      case .call(let call):
        let id = call.chunk.id
        let mode = call.mode == .run ? "" : "\(call.mode) "
        calls.append("\(call.isParallel ? "parallel " : "")\(mode)\(id)")
        let list = answers["\(mode)\(id)"] ?? (call.mode == .run ? answers[id] : nil) ?? [Self.usual(call.mode)]
        let turn = turns["\(mode)\(id)", default: 0]
        turns["\(mode)\(id)"] = turn + 1
        let answer = list[min(turn, list.count - 1)]
        var result = StateReturn(
          name: call.chunk.data["name"] ?? .null, result: answer.result, comment: answer.comment,
          changes: answer.changes, startTime: "10:00:01", duration: 5)
        result.extra = answer.extra
        waiting += run.on(.finished(call, result, now: "10:00:02"))
      }
    }
    calls.append("stuck")
    return run
  }

  private static func usual(_ mode: StateCall.Mode) -> Answer {
    switch mode {
    case .run: .success
    case .check: .success
    case .watch: Answer(result: true, changes: ["watched": true], comment: "restarted")
    }
  }

  /// Calls that are not parallel first.
  private func take(_ waiting: inout [StateAction]) -> StateAction? {
    let index = waiting.firstIndex { if case .call(let call) = $0 { !call.isParallel } else { true } }
    guard let place = index ?? waiting.indices.last else { return nil }
    return waiting.remove(at: place)
  }
}

extension StatePlan {
  /// A plan of `test.nop` states; requisites by id.
  static func of(_ states: (id: String, requisites: OrderedDictionary<Requisite, [String]>, words: ValueMap)...)
    -> StatePlan
  {
    let positions = Dictionary(uniqueKeysWithValues: states.enumerated().map { ($1.id, $0) })
    return StatePlan(
      states.map { state in
        var data: ValueMap = [
          "state": "test", "name": .string(state.id), "__sls__": "s", "__env__": "base", "__id__": .string(state.id),
          "fun": "nop",
        ]
        for (key, value) in state.words { data[key] = value }
        return PlannedState(
          LowChunk(data), requisites: state.requisites.mapValues { $0.compactMap { positions[$0] } })
      })
  }
}

extension StateRun {
  /// `id result comment` of each return, in order.
  var summary: [String] {
    order.map { position in
      let result = returns[position]
      let outcome = result?.result.map { $0 ? "true" : "false" } ?? "nil"
      return "\(states[position].chunk.id) \(outcome) \(result?.comment ?? "")"
    }
  }
}
