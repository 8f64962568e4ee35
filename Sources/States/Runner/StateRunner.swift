import Functions
import OrderedCollections
import Value

/// Carries out what a `StateRun` asks for: calls state functions, waits, and tells how far it is.
struct StateRunner: Sendable {
  let context: FunctionContext
  let rules: RunRules

  /// Runs a plan to its end.
  ///
  /// - Parameter only: positions to run, with all they need; nil for all.
  /// - Returns: the run as it ended.
  /// - Throws: `CancellationError` alone; what is running then is cancelled.
  func run(
    _ plan: StatePlan, only: [Int]? = nil, missingListens: [MissingListen] = []
  ) async throws -> StateRun {
    let caller = StateCaller(context: context, lowChunks: plan.states.map(\.chunk.data), memory: StateMemory())
    let progress = StateProgress(total: plan.states.count, say: context.progress)
    return try await withThrowingTaskGroup(of: StateEvent.self) { group in
      var run = StateRun(plan, rules: rules, only: only, missingListens: missingListens)
      var actions = run.on(.started(now: LocalTime.timeOfDay()))
      var inFlight = 0
      while true {
        var next: StateAction?
        for action in actions {
          switch action {
          case .finish: return run
          case .call(let call), .sleep(let call, _, _):
            // A lone call needs no task of its own.
            if !call.isParallel, inFlight == 0, next == nil {
              next = action
            } else {
              group.addTask { try await Self.perform(action, caller, progress) }
              inFlight += 1
            }
          }
        }
        let event: StateEvent
        if let next {
          event = try await Self.perform(next, caller, progress)
        } else if let finished = try await group.next() {
          event = finished
          inFlight -= 1
        } else {
          return run
        }
        try Task.checkCancellation()
        actions = run.on(event)
      }
    }
  }

  private static func perform(_ action: StateAction, _ caller: StateCaller, _ progress: StateProgress) async throws
    -> StateEvent
  {
    switch action {
    case .call(let call):
      progress.report(call)
      let result = try await caller.call(call)
      return .finished(call, result, now: LocalTime.timeOfDay())
    case .sleep(let call, let seconds, let splay):
      let total = seconds + (splay > 0 ? Int.random(in: 0...splay) : 0)
      try await Task.sleep(for: .seconds(total))
      return .slept(call, seconds: total)
    case .finish: throw CancellationError()
    }
  }
}
