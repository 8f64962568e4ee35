import HostSystem
import Value

/// Ticks that processors spent in each state, from `/proc/stat`.
struct ProcessorTimes: Sendable, Hashable {
  static let names = [
    "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal", "guest", "guest_nice",
  ]

  var ticks: [UInt64]

  /// All processors together first, then each.
  static func read(_ files: HostFiles) -> (all: ProcessorTimes, each: [ProcessorTimes]) {
    let rows = files.linesIfPresent("/proc/stat").filter { $0.hasPrefix("cpu") }.map { line in
      ProcessorTimes(ticks: line.fields().dropFirst().prefix(names.count).map { UInt64($0) ?? 0 })
    }
    return (rows.first ?? ProcessorTimes(ticks: []), Array(rows.dropFirst()))
  }

  var seconds: ValueMap {
    ValueMap(
      zip(Self.names, ticks).map { (Value.string($0), Value.double(Double($1) / ProcessTable.ticksPerSecond)) },
      uniquingKeysWith: { $1 })
  }

  /// The part of the time since an earlier reading that was not idle, to one place.
  func busyPercent(since earlier: ProcessorTimes) -> Double {
    // guest and guest_nice are in user and nice already.
    let spent = zip(ticks, earlier.ticks).prefix(8).map { $0 >= $1 ? $0 - $1 : 0 }
    let total = spent.reduce(0, +)
    guard total > 0, spent.count >= 5 else { return 0 }
    return (Double(total - spent[3] - spent[4]) / Double(total) * 1000).rounded() / 10
  }
}
