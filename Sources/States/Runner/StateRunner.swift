import Functions
import OrderedCollections
import Value

/// Carries out what a `StateRun` asks for: calls state functions, waits, and tells how far it is.
struct StateRunner: Sendable {
  let context: FunctionContext
  let rules: RunRules
  /// Compiles the pillar once more, for `reload_pillar`.
  var pillar: (@Sendable (FunctionContext) async throws -> ValueMap)?

  /// Runs a plan to its end.
  ///
  /// - Parameter only: positions to run, with all they need; nil for all.
  /// - Returns: the run as it ended.
  /// - Throws: `CancellationError` alone; what is running then is cancelled.
  func run(
    _ plan: StatePlan, only: [Int]? = nil, missingListens: [MissingListen] = []
  ) async throws -> StateRun {
    let memory = StateMemory()
    let world = RunWorld(context, memory: memory, pillar: pillar)
    let caller = StateCaller(world: world, lowChunks: plan.states.map(\.chunk.data), memory: memory)
    let progress = StateProgress(total: plan.states.count, say: context.progress)
    var events = StateEvents(plan, context)
    return try await withThrowingTaskGroup(of: StateEvent.self) { group in
      var run = StateRun(plan, rules: rules, only: only, missingListens: missingListens)
      var waiting = run.on(.started(now: LocalTime.timeOfDay()))
      var inFlight = 0
      while true {
        var next: StateAction?
        while let action = waiting.first {
          guard action != .finish else {
            await events.tell(&run)
            return run
          }
          if Self.isAlone(action) {
            guard inFlight == 0, next == nil else { break }
            next = waiting.removeFirst()
            break
          }
          // A lone call needs no task of its own.
          if !action.isParallel, inFlight == 0, next == nil {
            next = action
          } else {
            group.addTask { try await Self.perform(action, caller, progress) }
            inFlight += 1
          }
          waiting.removeFirst()
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
        waiting += run.on(event)
        await events.tell(&run)
      }
    }
  }

  /// The mask of file modes is the whole process's: a state with one of its own runs while no other does.
  private static func isAlone(_ action: StateAction) -> Bool {
    if case .call(let call) = action { StateDeclaration.mask(call.chunk.data) != nil } else { false }
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
