import Glibc
import HostSystem
import OrderedCollections
public import Value

/// Which process runs a job: its id, its start time and the boot, so that a process id used again is not mistaken for it.
public struct WorkerIdentity: Sendable, Hashable {
  public var processID: Int32
  public var startTime: UInt64
  public var bootID: String

  public init(processID: Int32, startTime: UInt64, bootID: String) {
    self.processID = processID
    self.startTime = startTime
    self.bootID = bootID
  }

  /// This process.
  public static func current() -> WorkerIdentity? { of(getpid()) }

  public static func of(_ processID: Int32) -> WorkerIdentity? {
    guard let startTime = startTime(of: processID) else { return nil }
    return WorkerIdentity(processID: processID, startTime: startTime, bootID: currentBootID)
  }

  /// Whether that very process still runs.
  public var isAlive: Bool { bootID == Self.currentBootID && Self.startTime(of: processID) == startTime }

  static var currentBootID: String { HostFiles().firstLine("/proc/sys/kernel/random/boot_id") ?? "" }

  /// Field 22 of `/proc/PID/stat`; the name in field 2 may hold anything, so it is read from the last parenthesis on.
  /// Nil for a zombie, which runs no more.
  private static func startTime(of processID: Int32) -> UInt64? {
    guard let line = HostFiles().firstLine("/proc/\(processID)/stat"), let end = line.lastIndex(of: ")") else {
      return nil
    }
    let fields = line[line.index(after: end)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return UInt64(fields[19])
  }

  public var value: Value {
    ["pid": .int(Int64(processID)), "start": .string(String(startTime)), "boot": .string(bootID)]
  }

  public init?(_ value: Value) {
    guard let pid = value["pid"]?.intValue.flatMap({ Int32(exactly: $0) }),
      let start = value["start"]?.stringValue.flatMap({ UInt64($0) }), let boot = value["boot"]?.stringValue
    else { return nil }
    self.init(processID: pid, startTime: start, bootID: boot)
  }
}
