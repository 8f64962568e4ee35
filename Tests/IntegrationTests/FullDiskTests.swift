import Glibc
import HostSystem
import Testing
import Value

/// A full disk: refused in words, nothing half-written, and all is well once there is room again.
///
/// The disk is a small tmpfs in a mount namespace of the program under test: it goes with the program, and we write to it
/// through /proc/PID/root.
@Suite(.serialized, .enabled(if: MountNamespaces.areAvailable, "needs root and mount namespaces (unshare --mount)"))
struct FullDiskTests {
  /// Puts a small disk over `$1` and becomes the rest of the words.
  private static func disk(_ size: String, over directory: String) -> [String] {
    [
      "/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", "-c",
      #"mount -t tmpfs -o size="$1",mode=700 tmpfs "$2" && shift 2 && exec "$@""#, "sh", size, directory,
    ]
  }

  /// Writes until there is no room.
  private func fill(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw TestFailure("cannot write \(path): error \(errno)") }
    defer { close(descriptor) }
    let chunk = [UInt8](repeating: 0x2E, count: 4096)
    while write(descriptor, chunk, chunk.count) > 0 {}
    guard errno == ENOSPC else { throw TestFailure("\(path) is not full: error \(errno)") }
  }

  @Test(.timeLimit(.minutes(2))) func aFullMasterRefusesJobs() async throws {
    try await withFleet(minions: 0, startsMaster: false) { fleet in
      let state = "\(fleet.masterDirectory)/state"
      try await fleet.startMaster(prefix: Self.disk("6m", over: state))
      try await fleet.addMinions(["web1"])
      #expect(try await fleet.brine("run", "web1", "test.ping").exitCode == 0)
      let before = try await fleet.jobCount()
      let process = try #require(await fleet.masterProcess)
      let filler = "/proc/\(process)/root\(state)/filler"
      try fill(filler)
      for _ in 0..<5 {
        let refused = try await fleet.brine("run", "web1", "cmd.run", "touch \(fleet.directory)/touched")
        #expect(refused.exitCode == 6, "\(refused.outputText)\(refused.errorText)")
        #expect(refused.errorText.lowercased().contains("nothing was done"))
      }
      let word = try await fleet.brine("keys", "invite")
      #expect(word.exitCode == 6)
      #expect(word.outputText.isEmpty)
      #expect(!HostFiles().exists("\(fleet.directory)/touched"))
      #expect(try await fleet.jobCount() == before)

      #expect(unlink(filler) == 0)
      #expect(try await fleet.brine("run", "web1", "test.ping", "--timeout", "10").exitCode == 0)
      #expect(try await fleet.jobCount() == before + 1)
      #expect(try await fleet.brine("audit-log", "verify").exitCode == 0)
      #expect(!HostFiles().exists("\(fleet.directory)/touched"))
    }
  }

  @Test(.timeLimit(.minutes(2))) func aFullMinionRefusesJobs() async throws {
    try await withFleet(minions: 0) { fleet in
      let state = "\(fleet.minionDirectory("web1"))/state"
      #expect(try await fleet.join("web1", word: try await fleet.invite()).exitCode == 0)
      try HostFiles().makeDirectory(state, mode: 0o700)
      try await fleet.startMinion("web1", prefix: Self.disk("2m", over: state))
      try await fleet.awaitOnline(["web1"])
      let process = try #require(await fleet.minionProcess("web1"))
      let filler = "/proc/\(process)/root\(state)/filler"
      try fill(filler)
      for function in [["cmd.run", "touch \(fleet.directory)/touched"], ["test.ping"]] {
        let result = try await fleet.run(
          [Programs.brine, "run", "web1"] + function + ["--out", "json", "--config", fleet.masterDirectory])
        #expect(result.exitCode == 1)
        let record = try fleet.json(result)["web1"]
        #expect(record?["state"] == "refused")
        #expect(record?["error"]?.stringValue?.contains("nothing was done") == true)
      }
      // Room for the order, none for the result: refused as well, not started in hope.
      #expect(truncate(filler, off_t(2 << 20) - (128 << 10)) == 0)
      let tight = try await fleet.brine("run", "web1", "cmd.run", "touch \(fleet.directory)/touched")
      #expect(tight.exitCode == 1)
      #expect(!HostFiles().exists("\(fleet.directory)/touched"))
      #expect(
        HostFiles().entriesIfPresent("/proc/\(process)/root\(state)/jobs").filter { !$0.hasSuffix(".done") }.isEmpty)

      #expect(unlink(filler) == 0)
      #expect(try await fleet.brine("run", "web1", "cmd.run", "true", "--timeout", "10").exitCode == 0)
      #expect(!HostFiles().exists("\(fleet.directory)/touched"))
    }
  }
}
