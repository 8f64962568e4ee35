import Glibc
import HostSystem
import Wire

/// Starts workers: each in a session of its own, and where systemd runs, those that change the host in a scope of their own,
/// so that stopping or upgrading the minion's unit does not end them.
struct WorkerLauncher: Sendable {
  /// The program to start, by the path it had when the daemon started: it may have been replaced since.
  let program: String
  let configurationDirectory: String
  private let commands = SubprocessRunner()
  private let hasSystemd = HostFiles().isDirectory("/run/systemd/system") && getuid() == 0

  init(configurationDirectory: String) {
    program = HostFiles().linkTarget("/proc/self/exe") ?? "/usr/local/bin/brine-minion"
    self.configurationDirectory = configurationDirectory
  }

  /// Runs a worker to its end.
  ///
  /// - Returns: what it had to say when it did not end well.
  func run(_ id: JobID, changesHost: Bool) async -> String? {
    var arguments = [program, "worker", "--config", configurationDirectory, id.text]
    if changesHost, hasSystemd, let systemdRun = commands.which("systemd-run") {
      arguments =
        [
          systemdRun, "--scope", "--quiet", "--collect", "--unit=brine-job-\(id)", "--description=Brine job \(id)",
          "--",
        ] + arguments
    }
    var command = Command(arguments)
    command.outputLimit = 64 << 10
    command.isErrorMerged = true
    do {
      let result = try await commands.run(command)
      return result.isSuccess ? nil : "the worker ended with \(result.ending): \(result.outputText.suffix(2000))"
    } catch { return "\(error)" }
  }

  /// Ends a worker with all that it started.
  func end(_ worker: WorkerIdentity) async {
    guard worker.isAlive else { return }
    await ProcessTree.end(worker.processID)
  }

  /// Ends what a lost worker left running, where its scope still knows it.
  func endLeftovers(_ id: JobID) async {
    guard hasSystemd else { return }
    var command = Command("systemctl", "stop", "--quiet", "brine-job-\(id).scope")
    command.timeout = .seconds(20)
    _ = try? await commands.run(command)
  }
}
