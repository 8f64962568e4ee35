import HostSystem
import Value

/// The kernel's counters under `/proc`, in the shapes of Salt's `status` module. A file that is missing gives an empty
/// map; a line that is odd is left out.
struct KernelCounters: Sendable {
  var files: HostFiles

  /// `/proc/meminfo`: name → `{value, unit}`, both text.
  func memory() -> ValueMap {
    var result: ValueMap = [:]
    for line in files.linesIfPresent("/proc/meminfo") {
      let fields = line.fields()
      guard fields.count > 1 else { continue }
      var entry: ValueMap = ["value": .string(fields[1])]
      if fields.count > 2 { entry["unit"] = .string(fields[2]) }
      result[fields[0].filter { $0 != ":" }] = .map(entry)
    }
    return result
  }

  /// `/proc/cpuinfo`: the last processor's values; `flags` is a list.
  func processor() -> ValueMap {
    var result: ValueMap = [:]
    for line in files.linesIfPresent("/proc/cpuinfo") {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { $0.trimmed() }
      guard parts.count == 2, !parts[0].isEmpty else { continue }
      result[parts[0]] = parts[0] == "flags" ? .strings(parts[1].fields()) : .string(parts[1])
    }
    return result
  }

  /// `/proc/stat`: `cpu` by state, `intr` with its list, `cpuN` with its first number as Salt has it, other counters.
  func scheduler() -> ValueMap {
    var result: ValueMap = [:]
    for line in files.linesIfPresent("/proc/stat") {
      let fields = line.fields()
      guard fields.count > 1 else { continue }
      let numbers = fields.dropFirst().map { CounterText.number($0) }
      switch fields[0] {
      case "cpu":
        let names = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"]
        let pairs = zip(names, numbers).sorted { $0.0 < $1.0 }
        result["cpu"] = .map(ValueMap(pairs.map { (.string($0.0), $0.1) }, uniquingKeysWith: { $1 }))
      case "intr": result["intr"] = ["total": numbers[0], "irqs": .list(Array(numbers.dropFirst()))]
      case "softirq": result["softirq"] = ["total": numbers[0], "softirqs": .list(Array(numbers.dropFirst()))]
      default: result[fields[0]] = numbers[0]
      }
    }
    return result
  }

  /// `/proc/diskstats` by device.
  func disks() -> ValueMap {
    let names = [
      "major", "minor", "device", "reads_issued", "reads_merged", "sectors_read", "ms_spent_reading",
      "writes_completed", "writes_merged", "sectors_written", "ms_spent_writing", "io_in_progress", "ms_spent_in_io",
      "weighted_ms_spent_in_io",
    ]
    var result: ValueMap = [:]
    for line in files.linesIfPresent("/proc/diskstats") {
      let fields = line.fields()
      guard fields.count >= names.count else { continue }
      let pairs = zip(names, fields).map { (Value.string($0), CounterText.number($1)) }
      result[fields[2]] = .map(ValueMap(pairs, uniquingKeysWith: { $1 }))
    }
    return result
  }

  /// `/proc/vmstat`: name → number.
  func virtualMemory() -> ValueMap {
    var result: ValueMap = [:]
    for line in files.linesIfPresent("/proc/vmstat") {
      let fields = line.fields()
      if fields.count > 1 { result[fields[0]] = CounterText.number(fields[1]) }
    }
    return result
  }

  /// `/proc/net/netstat`: pairs of lines, names and then numbers, by the word they begin with.
  func protocols() -> ValueMap {
    var result: ValueMap = [:]
    var header: [String] = []
    for line in files.linesIfPresent("/proc/net/netstat") {
      let fields = line.fields()
      guard let title = fields.first else { continue }
      guard title == header.first else {
        header = fields
        continue
      }
      let pairs = zip(header, fields).dropFirst().map { (Value.string($0), CounterText.number($1)) }
      result[title.filter { $0 != ":" }] = .map(ValueMap(pairs, uniquingKeysWith: { $1 }))
    }
    return result
  }

  /// `/proc/net/dev` by interface.
  func interfaces() -> ValueMap {
    let names = [
      "rx_bytes", "rx_packets", "rx_errs", "rx_drop", "rx_fifo", "rx_frame", "rx_compressed", "rx_multicast",
      "tx_bytes", "tx_packets", "tx_errs", "tx_drop", "tx_fifo", "tx_colls", "tx_carrier", "tx_compressed",
    ]
    var result: ValueMap = [:]
    for line in files.linesIfPresent("/proc/net/dev") {
      // The name ends at the last colon: an alias has one of its own.
      guard let colon = line.lastIndex(of: ":") else { continue }
      let name = line[..<colon].trimmed()
      let fields = line[line.index(after: colon)...].fields()
      guard fields.count >= names.count else { continue }
      var entry: ValueMap = ["iface": .string(name)]
      for (key, text) in zip(names, fields).sorted(by: { $0.0 < $1.0 }) { entry[key] = CounterText.number(text) }
      result[name] = .map(entry)
    }
    return result
  }

  /// How many processors this process may run on.
  func availableProcessors() -> Int {
    let line = files.linesIfPresent("/proc/self/status").first { $0.hasPrefix("Cpus_allowed_list:") }
    let ranges = line?.split(separator: ":").last?.trimmed().split(separator: ",") ?? []
    let count = ranges.reduce(0) { count, range in
      let ends = range.split(separator: "-").compactMap { Int($0) }
      guard let low = ends.first, let high = ends.last, low >= 0, high >= low, high < 1 << 20 else { return count }
      return count + high - low + 1
    }
    if count > 0 { return count }
    return files.linesIfPresent("/proc/cpuinfo").filter { $0.hasPrefix("processor") }.count
  }

  /// `{1-min, 5-min, 15-min}`.
  func load() -> ValueMap {
    let numbers = (files.firstLine("/proc/loadavg")?.fields() ?? []).prefix(3).compactMap { Double($0) }
    guard numbers.count == 3 else { return [:] }
    return ["1-min": .double(numbers[0]), "5-min": .double(numbers[1]), "15-min": .double(numbers[2])]
  }
}
