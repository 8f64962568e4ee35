import Glibc
import HostSystem
import TestSupport
import Testing
import Value
import Wire

/// Jobs reach their hosts once, and their ends come back, whatever is stopped or killed meanwhile.
@Suite(.serialized) struct DeliveryTests {
  @Test(.timeLimit(.minutes(2))) func waitsForOfflineHostsUntilItExpires() async throws {
    try await withFleet(minions: 2) { fleet in
      await fleet.stopMinion("web2")
      let early = try await fleet.start("*", "cmd.run", "echo x >> \(fleet.directory)/early-$(hostname)")
      try await fleet.awaitState(early, on: "web1", "returned")
      let queued = try await fleet.results(early)["web2"]
      #expect(queued?["state"] == "queued")
      #expect(queued?["reason"]?.stringValue?.contains("offline since") == true)
      #expect(try await fleet.brine("jobs", "results", early).exitCode == 4)
      let late = try await fleet.start("web2", "cmd.run", "echo x >> \(fleet.directory)/late", "--expires", "2s")
      try await fleet.awaitState(late, on: "web2", "expired")
      #expect(try await fleet.brine("jobs", "results", late).exitCode == 1)

      try await fleet.startMinion("web2")
      try await fleet.awaitState(early, on: "web2", "returned")
      #expect(try await fleet.brine("run", "web2", "test.ping", "--timeout", "10").exitCode == 0)
      #expect(try await fleet.state(late, "web2") == "expired")
      #expect(fleet.lines("late").isEmpty)

      await fleet.stopMinion("web2")
      let now = try await fleet.brine("run", "*", "test.ping", "--expires", "0", "--out", "json", "--timeout", "10")
      #expect(now.exitCode == 1)
      #expect(try fleet.json(now)["web1"] == true)
      #expect(try fleet.json(now)["web2"]?["state"] == "expired")
    }
  }

  @Test(.timeLimit(.minutes(2))) func runsAJobThatIsDeliveredTwiceOnce() async throws {
    try await withFleet { fleet in
      await fleet.stopMaster()
      let master = try FakeMaster(directory: fleet.masterDirectory, port: await fleet.fleetPort)
      try await master.welcome("web1")
      let id = JobID(microseconds: Moment.now().microseconds)
      let order = JobOrder(
        id: id, function: "cmd.run", arguments: [.string("echo x >> \(fleet.directory)/count; sleep 0.5")],
        expires: .now() + 60)
      for _ in 0..<2 {
        await master.send(.job(order))
        try await master.acceptance(of: id)
      }
      let result = try await master.next { if case .result(let result) = $0 { result } else { nil } }
      #expect(result.id == id)
      #expect(result.outcome == .returned)
      // Finished, not acknowledged: it says so again and sends the result again.
      await master.send(.job(order))
      let again = try await master.next { if case .result(let result) = $0 { result } else { nil } }
      #expect(again == result)
      await master.send(.acknowledge([id]))
      // Acknowledged and forgotten, but for its id; also after a restart.
      await master.send(.job(order))
      try await master.acceptance(of: id)
      await fleet.stopMinion("web1")
      try await fleet.startMinion("web1")
      try await master.welcome("web1")
      await master.send(.job(order))
      try await master.acceptance(of: id)
      var expired = order
      expired.id = JobID(microseconds: Moment.now().microseconds)
      expired.expires = .now() + -10
      await master.send(.job(expired))
      let refused = try await master.next { if case .result(let result) = $0 { result } else { nil } }
      #expect(refused.outcome == .refused)
      #expect(refused.error?.contains("expired") == true)
      #expect(fleet.lines("count") == ["x"])
    }
  }

  @Test(.timeLimit(.minutes(2))) func losesNothingWhenTheMasterIsKilled() async throws {
    try await withFleet { fleet in
      async let watched = fleet.brine(
        "run", "web1", "cmd.run", "echo x >> \(fleet.directory)/once; sleep 2; echo done", "--out", "json",
        timeout: .seconds(60))
      try await eventually("the job runs") { !fleet.lines("once").isEmpty }
      await fleet.killMaster()
      try await fleet.startMaster()
      // The command line picks its job up again by itself.
      let result = try await watched
      #expect(result.exitCode == 0, "\(result.errorText)")
      #expect(try fleet.json(result) == ["web1": "done"])
      #expect(fleet.lines("once") == ["x"])

      // It ends while there is no master at all.
      let job = try await fleet.start("web1", "cmd.run", "echo x >> \(fleet.directory)/alone; sleep 1; echo later")
      try await eventually("the job runs") { !fleet.lines("alone").isEmpty }
      await fleet.killMaster()
      try await Task.sleep(for: .seconds(2))
      try await fleet.startMaster()
      let record = try await fleet.awaitState(job, on: "web1", "returned", "failed", "interrupted")
      #expect(record["return"] == "later")
      #expect(fleet.lines("alone") == ["x"])
      #expect(try await fleet.brine("audit-log", "verify").exitCode == 0)
    }
  }

  @Test(.timeLimit(.minutes(2))) func losesNothingWhenTheMinionIsKilled() async throws {
    try await withFleet { fleet in
      let job = try await fleet.start("web1", "cmd.run", "echo x >> \(fleet.directory)/once; sleep 2; echo done")
      try await eventually("the job runs") { !fleet.lines("once").isEmpty }
      await fleet.killMinion("web1")
      let workers = RunningProcesses.mentioning(fleet.directory, "worker", job)
      #expect(!workers.isEmpty, "the worker went with its daemon")
      try await fleet.startMinion("web1")
      let record = try await fleet.awaitState(job, on: "web1", "returned", "failed", "interrupted")
      #expect(record["state"] == "returned")
      #expect(record["return"] == "done")
      #expect(fleet.lines("once") == ["x"])

      // The daemon is away when the worker ends.
      let second = try await fleet.start("web1", "cmd.run", "echo x >> \(fleet.directory)/twice; sleep 1; echo done")
      try await eventually("the job runs") { !fleet.lines("twice").isEmpty }
      await fleet.killMinion("web1")
      try await eventually("the worker ends") {
        RunningProcesses.mentioning(fleet.directory, "worker", second).isEmpty
      }
      try await fleet.startMinion("web1")
      #expect(try await fleet.awaitState(second, on: "web1", "returned", "interrupted")["return"] == "done")
      #expect(fleet.lines("twice") == ["x"])
    }
  }

  @Test(.timeLimit(.minutes(2))) func saysThatAKilledWorkerWasInterrupted() async throws {
    try await withFleet(minions: 1, Fleet.Options(minion: "max_workers: 1")) { fleet in
      let job = try await fleet.start("web1", "cmd.run", "echo x >> \(fleet.directory)/once; sleep 5")
      try await eventually("the job runs") { !fleet.lines("once").isEmpty }
      for process in RunningProcesses.mentioning(fleet.directory, "worker", job) { kill(process, SIGKILL) }
      let record = try await fleet.awaitState(job, on: "web1", "interrupted", "returned", "failed")
      #expect(record["state"] == "interrupted")
      #expect(record["error"]?.stringValue?.contains("without a result") == true)
      #expect(fleet.lines("once") == ["x"])
      // Its place is free again.
      #expect(try await fleet.brine("run", "web1", "cmd.run", "true", "--timeout", "10").exitCode == 0)
    }
  }

  @Test(.timeLimit(.minutes(2))) func keepsWaitingJobsOverARestart() async throws {
    try await withFleet(minions: 1, Fleet.Options(minion: "max_workers: 1")) { fleet in
      let first = try await fleet.start("web1", "cmd.run", "echo x >> \(fleet.directory)/first; sleep 2")
      try await eventually("the job runs") { !fleet.lines("first").isEmpty }
      let second = try await fleet.start("web1", "cmd.run", "echo x >> \(fleet.directory)/second")
      let cancelled = try await fleet.start("web1", "cmd.run", "echo x >> \(fleet.directory)/cancelled")
      try await fleet.awaitState(second, on: "web1", "delivered")
      try await fleet.awaitState(cancelled, on: "web1", "delivered")
      #expect(fleet.lines("second").isEmpty)
      await fleet.stopMinion("web1")
      #expect(try await fleet.brine("jobs", "cancel", cancelled).exitCode == 0)
      try await fleet.startMinion("web1")
      try await fleet.awaitState(first, on: "web1", "returned")
      try await fleet.awaitState(second, on: "web1", "returned")
      // Cancelled while the host was away: before its turn, so nothing of it ran.
      try await fleet.awaitState(cancelled, on: "web1", "cancelled")
      #expect(fleet.lines("first") == ["x"])
      #expect(fleet.lines("second") == ["x"])
      #expect(fleet.lines("cancelled").isEmpty)
    }
  }

  /// A command, a session of its own, one that ignores SIGTERM, and a background process of a shell that has ended.
  private static let tree = """
    echo $$ >> PIDS
    sleep 301 & echo $! >> PIDS
    setsid sh -c 'echo $$ >> PIDS; exec sleep 302' &
    sh -c 'trap "" TERM; echo $$ >> PIDS; while :; do sleep 1; done' &
    (sh -c 'echo $$ >> PIDS; exec sleep 303' &)
    wait
    """

  @Test(.timeLimit(.minutes(2)), arguments: ["cancel", "deadline"])
  func endsTheWholeTree(by way: String) async throws {
    try await withFleet { fleet in
      let pids = "\(fleet.directory)/pids"
      let script = Self.tree.split(separator: "PIDS", omittingEmptySubsequences: false).joined(separator: pids)
      try HostFiles().write("\(fleet.directory)/tree.sh", text: script + "\n")
      let limit = way == "deadline" ? ["--deadline", "2s"] : []
      let job = try await fleet.start(["web1", "cmd.run", "sh \(fleet.directory)/tree.sh"] + limit)
      let processes = try await eventually("five processes") { () -> [pid_t]? in
        let found = fleet.lines("pids").compactMap { pid_t($0) }
        return found.count == 5 ? found : nil
      }
      if way == "cancel" {
        #expect(processes.allSatisfy(RunningProcesses.isAlive))
        #expect(try await fleet.brine("jobs", "cancel", job).exitCode == 0)
      }
      let record = try await fleet.awaitState(job, on: "web1", "cancelled", "failed", "returned", "interrupted")
      #expect(record["state"] == (way == "cancel" ? "cancelled" : "failed"))
      if way == "deadline" { #expect(record["error"]?.stringValue?.contains("deadline of 2 s") == true) }
      try? await eventually("the processes end", within: .seconds(6)) {
        !processes.contains(where: RunningProcesses.isAlive)
      }
      let survivors = processes.filter(RunningProcesses.isAlive)
      #expect(survivors.isEmpty, "of \(processes): the command, sleep, setsid, TERM ignored, orphan in some order")
      for process in survivors { kill(process, SIGKILL) }
    }
  }
}
