/// What systemd says of a unit before it is restarted.
struct UnitFacts: Sendable, Hashable {
  var type: String
  var activeState: String
  var refusesStop: Bool
  /// Microseconds on the monotonic clock at which it last began to start.
  var started: UInt64

  init(type: String, activeState: String, refusesStop: Bool, started: UInt64) {
    (self.type, self.activeState) = (type, activeState)
    (self.refusesStop, self.started) = (refusesStop, started)
  }

  static let properties = ["Id", "Type", "ActiveState", "RefuseManualStop", "InactiveExitTimestampMonotonic"]

  init(_ shown: [String: String]) {
    type = shown["Type"] ?? ""
    activeState = shown["ActiveState"] ?? ""
    refusesStop = shown["RefuseManualStop"] == "yes"
    started = UInt64(shown["InactiveExitTimestampMonotonic"] ?? "") ?? 0
  }
}
