import Glibc
import HostSystem
import OrderedCollections
import Value

/// What a simulation has seen: counters, and the moments that a drain of held results took.
struct SimulationStatistics: Equatable {
  /// Sessions that the master has welcomed.
  var joined = 0
  var hellos = 0
  var rejoins = 0
  /// Different orders taken.
  var taken = 0
  var resultsSent = 0
  var acknowledged = 0
  /// Results sent or held that the master has not acknowledged.
  var outstanding = 0
  /// Orders for a job whose result the master had acknowledged: a result that it lost.
  var lost = 0
  /// Messages that cannot be read, welcomes under another name, revocations.
  var faults = 0
  /// Microseconds since the epoch; 0 is not yet.
  var releasedAt: Int64 = 0
  var drainedAt: Int64 = 0

  var values: [(name: String, value: Int)] {
    [
      ("joined", joined), ("hellos", hellos), ("rejoins", rejoins), ("taken", taken), ("results_sent", resultsSent),
      ("acknowledged", acknowledged), ("outstanding", outstanding), ("lost", lost), ("faults", faults),
      ("drained", drainedAt > 0 ? 1 : 0), ("drained_us", drainedAt > 0 ? Int(drainedAt - releasedAt) : 0),
    ]
  }

  /// Replaces the file, without waiting for the disk: the master's commits are to have it to themselves.
  func publish(_ path: String) {
    let fields = values.map { (Value.string($0.name), Value.int(Int64($0.value))) }
    let bytes = Array(JSONWriter.compact(.map(ValueMap(fields, uniquingKeysWith: { $1 }))).utf8)
    let descriptor = open("\(path).new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let isWhole = write(descriptor, bytes, bytes.count) == bytes.count
    close(descriptor)
    if isWhole { rename("\(path).new", path) }
  }

  /// The counters of all slices added up; a drain took as long as the slowest. Nil while a slice has written none.
  static func total(_ paths: [String]) -> [String: Int]? {
    var total: [String: Int] = [:]
    for path in paths {
      guard let text = try? HostFiles().readText(path), let fields = (try? JSONParser.parse(text))?.mapValue else {
        return nil
      }
      for (key, value) in fields {
        let number = Int(value.intValue ?? 0)
        let name = key.stringValue ?? ""
        switch name {
        case "drained_us": total[name] = max(total[name] ?? 0, number)
        // Drained is the fleet when the last slice is.
        case "drained": total[name] = min(total[name] ?? 1, number)
        default: total[name, default: 0] += number
        }
      }
    }
    return total
  }
}
