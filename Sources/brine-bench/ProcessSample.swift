import ArgumentParser
import Glibc
import HostSystem

/// What the kernel has counted of a process.
struct ProcessSample {
  var residentKilobytes = 0
  var proportionalKilobytes = 0
  /// Of all its threads, also those that have ended.
  var processorMicroseconds = 0
  /// Times that each of its present threads went to sleep by itself, and so was woken.
  var wakeUps: [Int: Int] = [:]

  init(pid: Int) throws {
    let files = HostFiles()
    residentKilobytes = Self.number("VmRSS:", in: files.linesIfPresent("/proc/\(pid)/status"))
    proportionalKilobytes = Self.number("Pss:", in: files.linesIfPresent("/proc/\(pid)/smaps_rollup"))
    guard residentKilobytes > 0, let microseconds = Self.processorMicroseconds(of: pid) else {
      throw ValidationError("process \(pid) does not run")
    }
    processorMicroseconds = microseconds
    wakeUps = Self.wakeUps(of: pid)
  }

  static func wakeUps(of pid: Int) -> [Int: Int] {
    let files = HostFiles()
    var counts: [Int: Int] = [:]
    for thread in files.entriesIfPresent("/proc/\(pid)/task") {
      guard let number = Int(thread) else { continue }
      let lines = files.linesIfPresent("/proc/\(pid)/task/\(thread)/status")
      counts[number] = Self.number("voluntary_ctxt_switches:", in: lines)
    }
    return counts
  }

  private static func processorMicroseconds(of pid: Int) -> Int? {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(pid_t(clamping: pid), &clock) == 0, clock_gettime(clock, &time) == 0 else { return nil }
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }

  private static func number(_ name: String, in lines: [String]) -> Int {
    guard let line = lines.first(where: { $0.hasPrefix(name) }) else { return 0 }
    return line.dropFirst(name.count).split { $0 == " " || $0 == "\t" }.first.flatMap { Int($0) } ?? 0
  }
}
