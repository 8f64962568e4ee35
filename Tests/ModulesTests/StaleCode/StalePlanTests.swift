import Testing

@testable import Modules

@Suite struct StalePlanTests {
  private func process(_ id: Int, _ owner: ProcessOwner, ticks: UInt64 = 5000) -> StaleProcess {
    StaleProcess(id: id, name: "p\(id)", owner: owner, startTicks: ticks, files: ["/usr/lib/libssl.so.3"])
  }

  private func facts(
    _ type: String = "simple", refusesStop: Bool = false, main: Int = 0, started: UInt64 = 50_000_000
  ) -> UnitFacts {
    UnitFacts(type: type, activeState: "active", refusesStop: refusesStop, mainProcess: main, started: started)
  }

  @Test func eachProcessIsDealtWithByItsOwner() {
    let plan = StalePlan(
      [
        process(1, .manager), process(10, .unit("nginx.service")), process(11, .unit("nginx.service")),
        process(12, .unit("dbus.service")), process(13, .unit("job.service")), process(14, .unit("keep.service")),
        process(15, .unit("gone.service")), process(16, .unit("firm.service")),
        process(20, .session("session-1.scope")),
        process(21, .container("/lxc/a")), process(22, .unknown),
      ],
      facts: [
        "nginx.service": facts("forking"), "dbus.service": facts(), "job.service": facts("oneshot"),
        "keep.service": facts(), "firm.service": facts(refusesStop: true),
      ], skip: ["keep"], ticksPerSecond: 100)
    #expect(plan.restart == ["nginx.service"])
    #expect(plan.needsReexecution)
    #expect(
      plan.protected == ["dbus.service", "firm.service", "gone.service", "job.service", "keep.service"])
    #expect(plan.sessions.map(\.id) == [20])
    #expect(plan.containers.map(\.id) == [21])
    #expect(plan.others.map(\.id) == [22])
    #expect(plan.remainder.count == 4)
  }

  /// An SSH session lives on in its service's control group after the service was restarted: restarting it again and
  /// again would not help.
  @Test func whatOutlivedARestartIsNoReasonForAnother() {
    let session = process(30, .unit("ssh.service"), ticks: 4000)
    let plan = StalePlan([session], facts: ["ssh.service": facts(started: 42_000_000)], ticksPerSecond: 100)
    #expect(plan.restart.isEmpty)
    #expect(plan.leftovers == [session])
    let before = StalePlan([session], facts: ["ssh.service": facts(started: 39_000_000)], ticksPerSecond: 100)
    #expect(before.restart == ["ssh.service"])
    // The kernel's clock also counted 100 s of suspension.
    let slept = StalePlan(
      [process(30, .unit("ssh.service"), ticks: 14000)], facts: ["ssh.service": facts(started: 42_000_000)],
      ticksPerSecond: 100, asleep: 100_000_000)
    #expect(slept.restart.isEmpty)
  }

  /// systemd notes the time of a start after it has forked: seen with journald, 238 µs into the next tick.
  @Test func startThatIsNotedLateIsTheSameStart() {
    let journal = process(18, .unit("systemd-journald.service"), ticks: 1_895_901)
    let noted = facts("notify", started: 18_959_020_238)
    let plan = StalePlan([journal], facts: ["systemd-journald.service": noted], ticksPerSecond: 100)
    #expect(plan.restart == ["systemd-journald.service"])
    let late = StalePlan(
      [journal], facts: ["systemd-journald.service": facts("notify", main: 18, started: 18_999_000_000)],
      ticksPerSecond: 100)
    #expect(late.restart == ["systemd-journald.service"])
  }

  @Test func nothingStaleIsClean() {
    #expect(StalePlan([], facts: [:], ticksPerSecond: 100).isClean)
    #expect(StalePlan([], facts: [:], ticksPerSecond: 100).remainder.isEmpty)
  }
}
