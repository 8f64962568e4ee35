/// A process as `/proc/PID` shows it. All of it is the process's own doing and may be anything.
struct ProcessEntry: Sendable, Hashable {
  var id: Int
  var parent: Int
  /// The name that the kernel keeps, completed from the command line where it was cut at 15 bytes.
  var name: String
  /// argv; empty for kernel threads and zombies.
  var arguments: [String]
  var state: Character
  /// User and group ids: real, effective, saved.
  var userIDs: [UInt32]
  var groupIDs: [UInt32]
  /// The real user's name, or its number where it has none.
  var user: String
  var threadCount: Int
  var nice: Int
  /// Ticks: user, system, children's user, children's system, waiting for disks.
  var ticks: [UInt64]
  /// Ticks after boot.
  var startTicks: UInt64

  /// The command as ps(1) shows it: the arguments, or the name in brackets.
  var shownCommand: String { arguments.isEmpty ? "[\(name)]" : arguments.joined(separator: " ") }

  /// The state in psutil's words.
  var status: String {
    switch state {
    case "R": "running"
    case "S": "sleeping"
    case "D": "disk-sleep"
    case "T": "stopped"
    case "t": "tracing-stop"
    case "Z": "zombie"
    case "X", "x": "dead"
    case "K": "wake-kill"
    case "W": "waking"
    case "I": "idle"
    case "P": "parked"
    default: "?"
    }
  }
}
