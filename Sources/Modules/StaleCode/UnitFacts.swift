/// What systemd says of a unit before it is restarted.
struct UnitFacts: Sendable, Hashable {
  var type: String
  var activeState: String
  var refusesStop: Bool
  /// The process that systemd takes for the unit; 0 when there is none.
  var mainProcess: Int
  /// Microseconds on the monotonic clock at which it last began to start.
  var started: UInt64

  init(type: String, activeState: String, refusesStop: Bool, mainProcess: Int, started: UInt64) {
    (self.type, self.activeState, self.refusesStop) = (type, activeState, refusesStop)
    (self.mainProcess, self.started) = (mainProcess, started)
  }

  static let properties = [
    "Id", "Type", "ActiveState", "RefuseManualStop", "MainPID", "InactiveExitTimestampMonotonic",
  ]

  init(_ shown: [String: String]) {
    type = shown["Type"] ?? ""
    activeState = shown["ActiveState"] ?? ""
    refusesStop = shown["RefuseManualStop"] == "yes"
    mainProcess = Int(shown["MainPID"] ?? "") ?? 0
    started = UInt64(shown["InactiveExitTimestampMonotonic"] ?? "") ?? 0
  }
}
