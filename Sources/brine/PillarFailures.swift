import CommandLine
import Operator
import Value

/// Minions that a target on pillar could not be matched against.
enum PillarFailures {
  /// Says so: they are not among those that matched, whatever their pillar would be.
  static func warn(_ failures: Value?) {
    for (id, reason) in failures?.mapValue ?? [:] {
      Terminal.error(
        "brine: \(TerminalText.line(id.description)) does not match, since its pillar cannot be compiled: "
          + TerminalText.line(reason.description))
    }
  }
}
