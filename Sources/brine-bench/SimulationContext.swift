import Wire

/// What the simulated minions of one process share. One thread's own.
final class SimulationContext {
  let endpoint: String
  var answers: SimulatedAnswers
  var statistics = SimulationStatistics()
  /// Results are kept back, as of hosts that cannot reach their master.
  var isHolding = false

  init(endpoint: String, valueSize: Int) {
    self.endpoint = endpoint
    answers = SimulatedAnswers(valueSize: valueSize)
  }
}
