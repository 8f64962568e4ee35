import Functions
import HostSystem
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct PkgDnfTests {
  static let grains: ValueMap = ["os_family": "RedHat", "osarch": "x86_64"]
  static let before = """
    bash\t(none)\t5.1.8\t9.el9\tx86_64
    mod_old\t(none)\t1.0\t1.el9\tx86_64
    openssl\t1\t3.0.7\t24.el9\tx86_64

    """

  private func host(
    _ answers: [String: CommandResult], programs: Set<String> = ["dnf", "rpm"], after: String? = nil
  ) -> PkgTestHost {
    PkgTestHost(
      programs: programs, before: Self.before, after: after, changing: "dnf -y --setopt=exit_on_lock", answers)
  }

  @Test func upgradesTheNamedPackages() async throws {
    let host = host(
      [
        "dnf -q -y clean": CommandResult(exit: 0), "dnf -q -y check-update": CommandResult(exit: 100),
        "dnf -y": CommandResult(exit: 0, "Complete!\n"),
      ], after: Self.before.replacing("24.el9", with: "27.el9"))
    let changes = try await host.call("pkg.upgrade", ["openssl"], grains: Self.grains)
    #expect(changes == ["openssl": ["old": "1:3.0.7-24.el9", "new": "1:3.0.7-27.el9"]])
    #expect(host.lines.last == "dnf -y --setopt=exit_on_lock=True upgrade openssl")
  }

  @Test func predictsFromTheRefusedTransaction() async throws {
    let host = host([
      "dnf -q -y clean": CommandResult(exit: 0), "dnf -q -y check-update": CommandResult(exit: 100),
      "dnf --assumeno": CommandResult(exit: 1, DnfParserTests.plan),
    ])
    let changes = try await host.call("pkg.upgrade", [], grains: Self.grains, isTest: true)
    #expect(
      changes == [
        "a-very-long-package-name-that-wraps": ["old": "", "new": "2.0-1.el9"],
        "mod_old": ["old": "1.0-1.el9", "new": ""], "nginx": ["old": "", "new": "1:1.20.1-14.el9"],
        "openssl": ["old": "1:3.0.7-24.el9", "new": "1:3.0.7-27.el9"],
      ])
    #expect(host.lines.last == "dnf --assumeno --setopt=exit_on_lock=True upgrade")
  }

  @Test func aFailedPredictionIsAnError() async throws {
    let host = host([
      "dnf -q -y clean": CommandResult(exit: 0), "dnf -q -y check-update": CommandResult(exit: 0),
      "dnf --assumeno": CommandResult(exit: 1, "", error: "Error: Failed to download metadata for repo 'x'"),
    ])
    let error = await packageError { try await host.call("pkg.upgrade", [], grains: Self.grains, isTest: true) }
    #expect(error?.code == .failed)
    #expect(error?.message.contains("could not be reached") == true)
  }

  @Test func namesTheUnknownPackage() async throws {
    let host = host([
      "dnf -y": CommandResult(
        exit: 1, "No match for argument: nosuch\n", error: "Error: Unable to find a match: nosuch\n")
    ])
    let error = await packageError { try await host.call("pkg.install", ["nosuch"], grains: Self.grains) }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("nosuch") == true)
  }

  @Test func namesTheHolderOfTheLock() async throws {
    let text = "Existing lock /var/cache/dnf/metadata_lock.pid: another copy is running as pid 4711.\n"
    let host = host(["dnf -y": CommandResult(exit: 200, "", error: text)])
    let error = await packageError {
      try await host.call("pkg.install", ["nginx"], ["lock_timeout": 0], grains: Self.grains)
    }
    #expect(error?.code == .busy)
    #expect(error?.message.contains("process 4711") == true)
  }

  @Test func splitsUpgradesFromDowngrades() async throws {
    let host = host(
      ["dnf -y": CommandResult(exit: 0)],
      after: Self.before.replacing("24.el9", with: "20.el9") + "nginx\t1\t1.20.1\t14.el9\tx86_64\n")
    let packages: Value = [["openssl": "1:3.0.7-20.el9"], "nginx"]
    let changes = try await host.call("pkg.install", [], ["pkgs": packages], grains: Self.grains)
    #expect(changes["openssl"] == ["old": "1:3.0.7-24.el9", "new": "1:3.0.7-20.el9"])
    #expect(changes["nginx"] == ["old": "", "new": "1:1.20.1-14.el9"])
    #expect(
      host.lines == [
        "dnf -y --setopt=exit_on_lock=True install nginx",
        "dnf -y --setopt=exit_on_lock=True downgrade openssl-1:3.0.7-20.el9",
      ])
  }

  @Test func listsUpgradesByExitCode() async throws {
    let options: ValueMap = ["refresh": false]
    let some = host(["dnf -q check-update": CommandResult(exit: 100, "openssl.x86_64  1:3.0.7-27.el9  baseos\n")])
    #expect(try await some.call("pkg.list_upgrades", [], options, grains: Self.grains) == ["openssl": "1:3.0.7-27.el9"])
    let none = host(["dnf -q check-update": CommandResult(exit: 0)])
    #expect(try await none.call("pkg.list_upgrades", [], options, grains: Self.grains) == [:])
    let broken = host(["dnf -q check-update": CommandResult(exit: 1, "", error: "Error: boom\n")])
    let error = await packageError { try await broken.call("pkg.list_upgrades", [], options, grains: Self.grains) }
    #expect(error?.message.contains("boom") == true)
  }

  @Test func comparesAsRpm() async throws {
    let host = host([:])
    let order = try await host.call("pkg.version_cmp", ["1.0^git1", "1.0"], grains: Self.grains)
    #expect(order == 1)
    #expect(try await host.call("pkg.version_cmp", ["1 0", "1"], grains: Self.grains) == .null)
  }

  @Test func saysWhichPluginIsMissing() async throws {
    let host = host(["dnf -q versionlock": CommandResult(exit: 1, "", error: "No such command: versionlock.\n")])
    let error = await packageError { try await host.call("pkg.list_holds", grains: Self.grains) }
    #expect(error?.code == .unavailable)
    #expect(error?.hint?.contains("versionlock") == true)
  }

  /// `dnf install NAME` leaves what is installed at its version: seen on a real host.
  @Test func theLatestIsAskedForByItsVersion() async throws {
    let host = host(
      [
        "dnf -q repoquery --latest-limit=1": CommandResult(exit: 0, "openssl\t1\t3.0.7\t27.el9\tx86_64\n"),
        "dnf -y": CommandResult(exit: 0, "Complete!\n"),
      ], after: Self.before.replacing("24.el9", with: "27.el9"))
    let latest = try #require(PkgStates.all.first { $0.signature.name == "pkg.latest" })
    let named: ValueMap = ["name": "openssl", "refresh": false]
    let context = StateContext(functions: host.context(Self.grains), chunk: named, memory: StateMemory())
    let result = try await latest.body(
      Arguments(binding: CallArguments([], named: named), to: latest.signature), context)
    #expect(result.comment == "The following packages were successfully installed/upgraded: openssl")
    #expect(result.changes == ["openssl": ["old": "1:3.0.7-24.el9", "new": "1:3.0.7-27.el9"]])
    #expect(host.lines.last == "dnf -y --setopt=exit_on_lock=True install openssl-1:3.0.7-27.el9")
  }
}
