import Functions
import Glibc
import HostSystem
import Value

/// `backup: minion`: the file as it was, kept below the minion's cache under its path and the time.
enum MinionBackup {
  /// Whether an argument `backup`, or without one the minion's `backup_mode`, asks for it.
  static func isWanted(_ argument: Value, _ context: FunctionContext) -> Bool {
    let given = argument.stringValue ?? ""
    let mode = given.isEmpty ? context.options["backup_mode"]?.stringValue ?? "" : given
    return mode == "minion" || mode == "both"
  }

  static func keep(_ path: String, _ context: FunctionContext) throws {
    guard context.files.isFile(path) else { return }
    let cache = context.options["cachedir"]?.stringValue ?? "/var/cache/brine/minion"
    let directory = "\(cache)/file_backup\(PathText.dirname(path))"
    // What was readable for its owner only stays so, also on the way to the copy.
    try context.files.makeDirectory(directory, mode: 0o700)
    try context.files.copyFile(path, to: "\(directory)/\(PathText.basename(path))_\(stamp())")
  }

  /// `Mon_Jan_02_15:04:05_123456_2006`, as Salt's `file.list_backups` reads it.
  private static func stamp() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let fraction = String(now.tv_nsec / 1000)
    let digits = String(repeating: "0", count: max(0, 6 - fraction.utf8.count)) + fraction
    return "\(text("%a_%b_%d_%H:%M:%S", now.tv_sec))_\(digits)_\(text("%Y", now.tv_sec))"
  }

  /// `2006-01-02-15-04-05`, as `file.line` names its copies.
  static func sortableStamp() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return text("%Y-%m-%d-%H-%M-%S", now.tv_sec)
  }

  private static func text(_ format: String, _ seconds: Int) -> String {
    var seconds = seconds
    var time = tm()
    localtime_r(&seconds, &time)
    var buffer = [CChar](repeating: 0, count: 64)
    let count = strftime(&buffer, buffer.count, format, &time)
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
