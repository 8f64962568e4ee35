import ArgumentParser
import HostSystem

/// What the kernel has counted of a process, all its threads together.
struct ProcessSample {
  var residentKilobytes = 0
  var proportionalKilobytes = 0
  /// Times that a thread went to sleep by itself, and so was woken.
  var wakeUps = 0
  var processorMicroseconds = 0

  init(pid: Int) throws {
    let files = HostFiles()
    residentKilobytes = Self.number("VmRSS:", in: files.linesIfPresent("/proc/\(pid)/status"))
    proportionalKilobytes = Self.number("Pss:", in: files.linesIfPresent("/proc/\(pid)/smaps_rollup"))
    guard residentKilobytes > 0 else { throw ValidationError("process \(pid) does not run") }
    for thread in files.entriesIfPresent("/proc/\(pid)/task") {
      let path = "/proc/\(pid)/task/\(thread)"
      wakeUps += Self.number("voluntary_ctxt_switches:", in: files.linesIfPresent("\(path)/status"))
      // Nanoseconds on a processor, nanoseconds waiting for one, turns.
      let nanoseconds = files.firstLine("\(path)/schedstat")?.split(separator: " ").first.flatMap { Int($0) }
      processorMicroseconds += (nanoseconds ?? 0) / 1000
    }
  }

  private static func number(_ name: String, in lines: [String]) -> Int {
    guard let line = lines.first(where: { $0.hasPrefix(name) }) else { return 0 }
    return line.dropFirst(name.count).split { $0 == " " || $0 == "\t" }.first.flatMap { Int($0) } ?? 0
  }
}
