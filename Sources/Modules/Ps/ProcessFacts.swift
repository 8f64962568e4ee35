import Functions
import HostSystem
import Value

/// The attributes of one process that `ps.proc_info` gives, under psutil's names.
///
/// The environment is not among them: secrets are often in it.
struct ProcessFacts: Sendable {
  var process: ProcessEntry
  var table: ProcessTable

  static let names = [
    "pid", "ppid", "name", "exe", "cmdline", "cwd", "username", "status", "create_time", "uids", "gids", "num_fds",
    "num_threads", "num_ctx_switches", "nice", "cpu_times", "memory_info", "memory_percent",
  ]

  func value(_ name: String) -> Value {
    let directory = "/proc/\(process.id)"
    return switch name {
    case "pid": .integer(process.id)
    case "ppid": .integer(process.parent)
    case "name": .string(process.name)
    case "exe": table.files.linkTarget("\(directory)/exe").map(Value.string) ?? .null
    case "cmdline": .strings(process.arguments)
    case "cwd": table.files.linkTarget("\(directory)/cwd").map(Value.string) ?? .null
    case "username": .string(process.user)
    case "status": .string(process.status)
    case "create_time": table.bootTime().map { .double(table.startTime(of: process, boot: $0)) } ?? .null
    case "uids": .list(process.userIDs.map(Value.integer))
    case "gids": .list(process.groupIDs.map(Value.integer))
    case "num_fds": (try? table.files.entries("\(directory)/fd")).map { .integer($0.count) } ?? .null
    case "num_threads": .integer(process.threadCount)
    case "num_ctx_switches": switches()
    case "nice": .integer(process.nice)
    case "cpu_times": .list(Self.cpuTimes(process).map { $0.1 })
    case "memory_info": .list(memory().map { $0.1 })
    case "memory_percent": memoryPercent()
    default: .null
    }
  }

  /// Seconds of processor time by kind.
  static func cpuTimes(_ process: ProcessEntry) -> [(String, Value)] {
    let names = ["user", "system", "children_user", "children_system", "iowait"]
    return zip(names, process.ticks).map { ($0, .double(Double($1) / ProcessTable.ticksPerSecond)) }
  }

  /// Bytes of memory by kind.
  func memory() -> [(String, Value)] {
    let pages = table.files.firstLine("/proc/\(process.id)/statm")?.fields().map { Int64($0) ?? 0 } ?? []
    // statm's order is size, resident, shared, text, lib, data, dirty.
    let order = [("rss", 1), ("vms", 0), ("shared", 2), ("text", 3), ("lib", 4), ("data", 5), ("dirty", 6)]
    return order.map { name, index in
      (name, .int(index < pages.count ? pages[index].multipliedReportingOverflow(by: ProcessTable.pageSize).0 : 0))
    }
  }

  private func memoryPercent() -> Value {
    let total = MemoryReport(table.files).total
    guard total > 0, let resident = memory().first?.1.intValue else { return .null }
    return .double(Double(resident) / Double(total) * 100)
  }

  private func switches() -> Value {
    let lines = table.files.linesIfPresent("/proc/\(process.id)/status")
    return .list(
      ["voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:"].map { key in
        lines.first { $0.hasPrefix(key) }?.fields().last.flatMap { Int64($0) }.map(Value.int) ?? .null
      })
  }
}
