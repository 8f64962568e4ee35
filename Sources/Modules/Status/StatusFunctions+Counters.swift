import Functions
import HostSystem
import Value

extension StatusFunctions {
  static let loadavg = counters(
    "status.loadavg", "Gives the load averages of the last 1, 5 and 15 minutes.",
    details: "Returns `{1-min: 0.32, 5-min: 0.76, 15-min: 0.61}`. Example: `brine run '*' status.loadavg`."
  ) { $0.load() }

  static let meminfo = counters(
    "status.meminfo", "Gives the memory counters of /proc/meminfo.",
    details: "Returns name → `{value: '24684096', unit: kB}`. Example: `brine run db1 status.meminfo`."
  ) { $0.memory() }

  static let cpuinfo = counters(
    "status.cpuinfo", "Gives the description of the last processor in /proc/cpuinfo.",
    details: "Returns name → text; `flags` is a list. Example: `brine run db1 status.cpuinfo`."
  ) { $0.processor() }

  static let cpustats = counters(
    "status.cpustats", "Gives the scheduler's counters of /proc/stat.",
    details: """
      Returns `cpu` with the ticks spent in each state, `intr` and `softirq` with `total` and a list, and the \
      other counters \
      by name. Example: `brine run db1 status.cpustats`.
      """
  ) { $0.scheduler() }

  static let diskstats = counters(
    "status.diskstats", "Gives the counters of each block device from /proc/diskstats.",
    details: "Returns device → counters such as `reads_issued` and `ms_spent_in_io`. Example: "
      + "`brine run db1 status.diskstats`."
  ) { $0.disks() }

  static let vmstats = counters(
    "status.vmstats", "Gives the counters of /proc/vmstat.",
    details: "Returns name → number. Example: `brine run db1 status.vmstats`."
  ) { $0.virtualMemory() }

  static let netstats = counters(
    "status.netstats", "Gives the protocol counters of /proc/net/netstat.",
    details: "Returns `TcpExt`, `IpExt` and others, each name → number. Example: `brine run web1 status.netstats`."
  ) { $0.protocols() }

  static let netdev = counters(
    "status.netdev", "Gives the traffic counters of each network interface.",
    details: "Returns interface → `iface`, `rx_bytes`, `tx_errs` and so on. Example: `brine run web1 status.netdev`."
  ) { $0.interfaces() }

  static let nproc = Function(
    "status.nproc", "Counts the processors that a program may use.",
    details: "Returns a number. Example: `brine run '*' status.nproc`.", effect: .read
  ) { _, context in .integer(KernelCounters(files: context.files).availableProcessors()) }

  static let version = Function(
    "status.version", "Gives the kernel's line of /proc/version.",
    details: "Returns text. Example: `brine run '*' status.version`.", effect: .read
  ) { _, context in .string(try context.files.readText("/proc/version", limit: 1 << 16).trimmed()) }

  private static func counters(
    _ name: String, _ summary: String, details: String, _ read: @escaping @Sendable (KernelCounters) -> ValueMap
  ) -> Function {
    Function(name, summary, details: details, effect: .read) { _, context in
      .map(read(KernelCounters(files: context.files)))
    }
  }
}
