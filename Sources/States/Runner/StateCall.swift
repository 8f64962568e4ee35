import OrderedCollections
import Value

/// One call of a state function that the run asks for.
struct StateCall: Sendable, Hashable {
  enum Mode: Sendable, Hashable {
    /// The state itself.
    case run
    /// The state in test mode, for those that have it as `prereq`.
    case check
    /// What it does because a watched state changed (Salt's `mod_watch`).
    case watch
  }

  /// Its place in the run.
  var position: Int
  /// What it is called with: aggregated, and with `mod_watch` for a function in `watch` mode.
  var chunk: LowChunk
  var mode: Mode
  /// Later states of the module that are to be done with it, if the function can (`aggregate`).
  var companions: [LowChunk] = []
  /// From 1.
  var attempt = 1
  /// Runs beside the states that come after it.
  var isParallel = false

  /// The state function's name: under `watch` the one that was declared.
  var function: String {
    let function = mode == .watch ? chunk.data["sfun"]?.stringValue ?? chunk.function : chunk.function
    return "\(chunk.module).\(function)"
  }
}
