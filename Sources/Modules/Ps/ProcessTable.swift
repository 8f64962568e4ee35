import Glibc
import HostSystem

/// The processes under `/proc`.
struct ProcessTable: Sendable {
  var files: HostFiles

  /// The ids in order.
  func ids() -> [Int] { files.entriesIfPresent("/proc").compactMap { Int($0) }.filter { $0 > 0 }.sorted() }

  /// All processes that are there long enough to be read.
  func processes() -> [ProcessEntry] {
    let names = userNames()
    return ids().compactMap { process($0, names) }
  }

  func process(_ id: Int) -> ProcessEntry? { process(id, userNames()) }

  private func process(_ id: Int, _ names: [UInt32: String]) -> ProcessEntry? {
    let directory = "/proc/\(id)"
    guard let stat = try? files.readText("\(directory)/stat", limit: 1 << 16), let open = stat.firstIndex(of: "("),
      // The name may hold brackets and blanks: only the last bracket ends it.
      let close = stat.lastIndex(of: ")"), open < close
    else { return nil }
    let kernelName = String(stat[stat.index(after: open)..<close])
    let fields = stat[stat.index(after: close)...].fields()
    guard fields.count >= 20, let state = fields[0].first else { return nil }
    let bytes = (try? files.read("\(directory)/cmdline", limit: 4 << 20)) ?? []
    let arguments = Self.arguments(bytes)
    let status = files.linesIfPresent("\(directory)/status")
    func numbers(_ key: String) -> [UInt32] {
      status.first { $0.hasPrefix(key) }?.fields().dropFirst().prefix(3).compactMap { UInt32($0) } ?? []
    }
    let userIDs = numbers("Uid:")
    return ProcessEntry(
      id: id, parent: Int(fields[1]) ?? 0, name: Self.fullName(kernelName, arguments), arguments: arguments,
      state: state, userIDs: userIDs, groupIDs: numbers("Gid:"),
      user: userIDs.first.map { names[$0] ?? String($0) } ?? "", threadCount: Int(fields[17]) ?? 0,
      nice: Int(fields[16]) ?? 0,
      ticks: fields[11...14].map { UInt64($0) ?? 0 } + [fields.count > 39 ? UInt64(fields[39]) ?? 0 : 0],
      startTicks: UInt64(fields[19]) ?? 0)
  }

  /// Split at NUL; a process that wrote its own title over argv has one text with blanks.
  static func arguments(_ bytes: [UInt8]) -> [String] {
    guard !bytes.isEmpty else { return [] }
    var parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    while parts.last?.isEmpty == true { parts.removeLast() }
    return parts
  }

  private static func fullName(_ name: String, _ arguments: [String]) -> String {
    guard name.utf8.count >= 15, let program = arguments.first?.split(separator: "/").last, program.hasPrefix(name)
    else {
      return name
    }
    return String(program)
  }

  private func userNames() -> [UInt32: String] {
    var names: [UInt32: String] = [:]
    for line in files.linesIfPresent("/etc/passwd") {
      let fields = line.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
      if fields.count > 2, let id = UInt32(fields[2]), names[id] == nil { names[id] = String(fields[0]) }
    }
    return names
  }

  /// When the host was booted, in seconds since the epoch.
  func bootTime() -> Int? {
    files.linesIfPresent("/proc/stat").first { $0.hasPrefix("btime ") }?.fields().last.flatMap { Int($0) }
  }

  /// When a process was started, in seconds since the epoch.
  func startTime(of process: ProcessEntry, boot: Int) -> Double {
    Double(boot) + Double(process.startTicks) / Self.ticksPerSecond
  }

  static let ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
  static let pageSize = Int64(max(1, sysconf(Int32(_SC_PAGESIZE))))
}
