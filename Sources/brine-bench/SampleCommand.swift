import ArgumentParser
import CommandLine
import Glibc

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Reads a process's memory, wake-ups and processor time over a while.",
    discussion: "With --seconds 0 the counters are those since its start.")

  @Option(help: "The process.") var pid: Int
  @Option(help: "How long.") var seconds = 30

  func validate() throws {
    guard (0...600).contains(seconds) else { throw ValidationError("--seconds is 0 to 600") }
  }

  func run() throws {
    let before = seconds > 0 ? try ProcessSample(pid: pid) : nil
    var wakeUps = WakeUpCount(before?.wakeUps ?? [:])
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      Pause.milliseconds(200)
      wakeUps.add(ProcessSample.wakeUps(of: pid))
    }
    let after = try ProcessSample(pid: pid)
    wakeUps.add(after.wakeUps)
    Terminal.print(
      "rss_mb=\((Double(after.residentKilobytes) / 1024).rounded(1)) "
        + "pss_mb=\((Double(after.proportionalKilobytes) / 1024).rounded(1)) "
        + "wakeups=\(wakeUps.total) "
        + "cpu_us=\(after.processorMicroseconds - (before?.processorMicroseconds ?? 0))")
  }
}
