import HostSystem

/// Looks through `/proc` for processes that run code from files that are no longer what their names lead to.
///
/// Nothing that a process names is run, loaded or followed: paths are only compared with what they lead to now.
struct StaleCodeScan: Sendable {
  var files: HostFiles
  var filter: LibraryFilter

  /// - Parameter includesCurrent: also processes whose files are as they were: what a replacement would make stale.
  /// - Throws: `HostError` when a process may not be looked at; a half-blind answer would be a false all-clear.
  func processes(includesCurrent: Bool = false) throws(HostError) -> [StaleProcess] {
    let ownNamespace = files.linkTarget("/proc/self/ns/mnt")
    var found: [StaleProcess] = []
    for id in ProcessTable(files: files).ids() {
      guard let directory = ProcessDirectory(id, files: files),
        let maps = try directory.read("maps", limit: 64 << 20)
      else { continue }
      let mapped = MappedFile.all(inMaps: maps).filter { filter.accepts($0.path) }
      guard !mapped.isEmpty else { continue }
      let isHere = ownNamespace != nil && directory.link("ns/mnt") == ownNamespace
      let stale = mapped.filter { includesCurrent || $0.isDeleted || (isHere && isReplaced($0)) }
      guard !stale.isEmpty, let ticks = Self.startTicks(directory.text("stat")) else { continue }
      found.append(
        StaleProcess(
          id: id, name: Self.printable(directory.text("comm")), owner: ProcessOwner(cgroup: directory.text("cgroup")),
          startTicks: ticks, files: Set(stale.map { Self.printable($0.path) }).sorted()))
    }
    return found
  }

  /// Whether the name now leads to another file. File systems without a device of their own (overlay, btrfs) number
  /// files differently in `maps` and `stat`, so nothing is said of them; there `(deleted)` must do.
  private func isReplaced(_ file: MappedFile) -> Bool {
    guard file.major != 0, let now = files.status(file.path) else { return false }
    let major = ((now.device >> 8) & 0xfff) | ((now.device >> 32) & ~0xfff)
    let minor = (now.device & 0xff) | ((now.device >> 12) & ~0xff)
    return now.inode != file.inode || major != file.major || minor != file.minor
  }

  /// Field 22 of `stat`; the name before may hold blanks and brackets.
  private static func startTicks(_ stat: String) -> UInt64? {
    guard let close = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: close)...].fields()
    return fields.count > 19 ? UInt64(fields[19]) : nil
  }

  private static func printable(_ text: String) -> String {
    String(text.trimmed().unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : Character($0) })
  }
}
