import OrderedCollections
import Value

/// A run of a plan as events in, actions out: it calls nothing and has no clock.
///
/// Requisites, `failhard`, `prereq` checks, watch functions, retries, parallel states and listeners are decided here, in
/// the order and with the words of Salt 3008.
struct StateRun: Sendable {
  /// What is to be done next. A task stays on top of the stack until it has a return.
  enum Task: Sendable, Hashable {
    case visit(Int)
    case check(Int)
  }

  /// Requisites of one kind.
  struct Need: Sendable, Hashable {
    var requisite: Requisite
    var positions: [Int]
  }

  let rules: RunRules
  /// The plan's states, and after them the listeners.
  var states: [PlannedState]
  /// How many of them are the plan's.
  var plannedCount = 0
  /// Of each state, what it says of others.
  var needs: [[Need]]
  /// Of each state, those that have it as `prereq`: it waits for them and fails with them.
  var prerequiring: [Int: [Int]] = [:]
  let missingListens: [MissingListen]
  /// What is to be run, in order: all, or the chosen ones.
  var agenda: [Int]

  var returns: [StateReturn?]
  /// Returns in test mode of states that are a `prereq`.
  var checks: [Int: StateReturn] = [:]
  /// Positions in the order of their returns.
  var order: [Int] = []
  /// Returns of things that are no states: listeners that name nothing.
  var errors: OrderedDictionary<String, StateReturn> = [:]
  var runNumber = 0
  var now = ""

  var stack: [Task] = []
  var isOnStack: Set<Task> = []
  var nextOnAgenda = 0
  /// A call that is not parallel is out.
  var isBusy = false
  /// Parallel states that have begun or are queued.
  var inFlight: Set<Int> = []
  /// Parallel states that wait for other parallel ones.
  var postponed: [Int] = []
  /// Numbers of parallel states, which they have from their beginning on, as in Salt.
  var numbers: [Int: Int] = [:]
  /// Parallel calls over the limit.
  var queued: [StateCall] = []
  var isStopped = false
  var isListening = false
  var isFinished = false
  /// Positions whose watch function runs if they change nothing; true when it is passed over.
  var watching: [Int: Bool] = [:]
  /// What earlier attempts left.
  var attempts: [Int: RetryRecord] = [:]

  /// - Parameter only: positions to run with all they need; nil for all.
  init(
    _ plan: StatePlan, rules: RunRules = RunRules(), only: [Int]? = nil, missingListens: [MissingListen] = []
  ) {
    self.rules = rules
    self.missingListens = missingListens
    states = plan.states
    returns = Array(repeating: nil, count: states.count)
    needs = []
    agenda = only?.filter(states.indices.contains) ?? Array(states.indices)
    for (position, state) in states.enumerated() {
      needs.append(state.requisites.compactMap { $0 == .listen ? nil : Need(requisite: $0, positions: $1) })
      for target in state.requisites[.prereq] ?? [] { prerequiring[target, default: []].append(position) }
    }
  }

  mutating func on(_ event: StateEvent) -> [StateAction] {
    var actions: [StateAction] = []
    switch event {
    case .started(let now): self.now = now
    case .slept(let call, let seconds):
      attempts[call.position]?.duration += Double(seconds) * 1000
      actions.append(.call(call))
      return actions
    case .finished(let call, let result, let now):
      self.now = now
      finish(call, result, &actions)
    }
    advance(&actions)
    return actions
  }

  /// The whole return, keyed as Salt does, in order of execution.
  var value: ValueMap {
    var map: ValueMap = [:]
    for position in order {
      if let result = returns[position] { map[states[position].chunk.tag] = result.value }
    }
    for (tag, result) in errors { map[tag] = result.value }
    return map
  }
}
