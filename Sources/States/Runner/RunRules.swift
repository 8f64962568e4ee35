/// What is the same for all states of a run.
struct RunRules: Sendable, Hashable {
  var isTest = false
  /// Stop at the first state that fails (`failhard` of the configuration).
  var isFailHard = false
  /// At most so many parallel states at a time; 0 for as many as there are.
  var maximumParallel = 0
  /// Modules whose states can be done together, and whether they are unless a state says otherwise (`state_aggregate`).
  var aggregateModules: [String: Bool] = [:]
}
