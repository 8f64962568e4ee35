import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

@Suite struct AptFailureTests {
  static let lock = """
    E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 812 (unattended-upgr)
    N: Be aware that removing the lock file is not a solution and may break your system.
    E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?

    """

  @Test(arguments: [
    (
      "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem.\n",
      FunctionError.Code.failed, "interrupted", "dpkg --configure -a"
    ),
    ("E: Unable to locate package nosuchpkgxyz\n", .notFound, "nosuchpkgxyz", "refresh_db"),
    ("E: Package 'telnetd' has no installation candidate\n", .notFound, "telnetd", "refresh_db"),
    ("E: Version '9.9' for 'openssl' was not found\n", .notFound, "Version '9.9' for 'openssl'", "apt-cache policy"),
    (
      "E: Held packages were changed and -y was used without --allow-change-held-packages.\n", .failed, "held",
      "pkg.unhold"
    ),
    (
      "E: Error, pkgProblemResolver::Resolve generated breaks, this may be caused by held packages.\n", .failed,
      "dependencies", "pkg.list_holds"
    ),
    ("E: You don't have enough free space in /var/cache/apt/archives/.\n", .failed, "disk is full", "apt-get clean"),
    ("E: Failed to fetch http://x/y.deb  404  Not Found [IP: 1.2.3.4 80]\n", .failed, "fetched", "refresh_db"),
    ("E: Sub-process /usr/bin/dpkg returned an error code (1)\n", .failed, "script", "dpkg --configure -a"),
    (
      "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n"
        + "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n", .failed,
      "need root", "root"
    ),
  ]) func explains(_ text: String, _ code: FunctionError.Code, _ part: String, _ cure: String) {
    let error = AptFailure.error(["apt-get", "install"], CommandResult(exit: 100, "", error: text))
    #expect(error.code == code)
    #expect(error.message.contains(part))
    #expect(error.message.contains("exit code 100"))
    #expect(error.hint?.contains(cure) == true)
  }

  @Test func listsUnmetDependenciesFromStandardOutput() {
    let output = " python3 : PreDepends: python3-minimal (= 3.11.2-1+b1) but it is not going to be installed\n"
    let error = AptFailure.error(
      ["apt-get"],
      CommandResult(
        exit: 100, "The following packages have unmet dependencies:\n" + output, error: "E: Broken packages\n"))
    #expect(error.message.contains("python3-minimal"))
  }

  @Test func boundsTheOutput() {
    let text = (1...500).map { "line \($0) " + String(repeating: "x", count: 1000) }.joined(separator: "\n")
    let error = AptFailure.error(["apt-get"], CommandResult(exit: 1, "", error: text))
    #expect(error.message.contains("line 500"))
    #expect(!error.message.contains("line 480 "))
    #expect(error.message.count < 8000)
  }

  @Test func namesTheHolderOfTheLock() async throws {
    let host = PkgTestHost(
      before: PkgAptTests.before, ["apt-get -q -y": CommandResult(exit: 100, "", error: Self.lock)])
    let error = await packageError {
      try await host.call("pkg.upgrade", ["libssl3"], ["refresh": false, "lock_timeout": 0])
    }
    #expect(error?.code == .busy)
    #expect(error?.message.contains("process 812 (unattended-upgr)") == true)
    #expect(host.lines.count == 1)
  }

  @Test func triesAgainUntilTheLockIsFree() async throws {
    let tries = TryCount()
    let commands = ScriptedCommands { _ in
      tries.next() < 3 ? CommandResult(exit: 100, "", error: Self.lock) : CommandResult(exit: 0, "done\n")
    }
    let retry = LockRetry(commands: commands, clock: PackageTestClock(), interval: .seconds(2))
    let result = try await retry.run(
      timeout: .seconds(10), { Command("apt-get", "\($0.components.seconds)") }, holder: AptFailure.lockHolder)
    #expect(result.outputText == "done\n")
    // Each try is told what is left of the time.
    #expect(commands.runs == [["apt-get", "10"], ["apt-get", "8"], ["apt-get", "6"]])
  }

  @Test func givesUpAtTheDeadline() async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 100, "", error: Self.lock) }
    let retry = LockRetry(commands: commands, clock: PackageTestClock(), interval: .seconds(2))
    let error = await packageError {
      _ = try await retry.run(timeout: .seconds(5), { _ in Command("apt-get") }, holder: AptFailure.lockHolder)
      return .null
    }
    #expect(error?.code == .busy)
    #expect(commands.runs.count == 3)
  }

  @Test func tellsWhatChangedBeforeTheFailure() async throws {
    let host = PkgTestHost(
      before: PkgAptTests.before, after: PkgAptTests.after + "install ok half-configured\tnginx\t1.22.1-9\tamd64\n",
      [
        "apt-get -q -y": CommandResult(
          exit: 100, "", error: "E: Sub-process /usr/bin/dpkg returned an error code (1)\n")
      ])
    let error = await packageError { try await host.call("pkg.upgrade", [], ["refresh": false]) }
    #expect(error?.message.contains("libssl3 3.0.19-1~deb12u2 → 3.0.22-1~deb12u2") == true)
    #expect(error?.message.contains("Left half-done: nginx") == true)
  }

  private final class TryCount: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
      count.withLock {
        $0 += 1
        return $0
      }
    }
  }
}
