import Functions
import Glibc
import HostSystem
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct PkgAptTests {
  static let before = """
    install ok installed\tbash\t5.2.15-2+b8\tamd64
    install ok installed\tlibssl3\t3.0.19-1~deb12u2\tamd64
    install ok installed\tlibssl-dev\t3.0.19-1~deb12u2\tamd64
    deinstall ok config-files\tmc\t3:4.8.29-2\tamd64

    """
  static let after = before.replacing("3.0.19", with: "3.0.22")

  @Test func givesVersions() async throws {
    let host = PkgTestHost(before: Self.before)
    #expect(try await host.call("pkg.version", ["libssl3"]) == "3.0.19-1~deb12u2")
    #expect(try await host.call("pkg.version", ["nosuch"]) == "")
    #expect(try await host.call("pkg.version", ["bash", "nosuch"]) == ["bash": "5.2.15-2+b8", "nosuch": ""])
    #expect(
      try await host.call("pkg.version", ["libssl*"])
        == ["libssl-dev": "3.0.19-1~deb12u2", "libssl3": "3.0.19-1~deb12u2"])
    #expect(try await host.call("pkg.version", ["bash"], ["versions_as_list": true]) == ["5.2.15-2+b8"])
    #expect(try await host.call("pkg.list_pkgs", [], ["removed": true]) == ["mc": "3:4.8.29-2"])
  }

  @Test func upgradesExactlyTheNamedPackages() async throws {
    let host = PkgTestHost(
      before: Self.before, after: Self.after,
      [
        "apt-get -q update": CommandResult(exit: 0, "Hit:1 http://deb.debian.org/debian bookworm InRelease\n"),
        "apt-get -q -y": CommandResult(exit: 0, "Setting up libssl3:amd64 (3.0.22-1~deb12u2) ...\n"),
      ])
    let changes = try await host.call("pkg.upgrade", ["libssl3"])
    let change: Value = ["old": "3.0.19-1~deb12u2", "new": "3.0.22-1~deb12u2"]
    #expect(changes == ["libssl-dev": change, "libssl3": change])
    let line = try #require(host.lines.last)
    #expect(line.hasSuffix("--only-upgrade install -- libssl3"))
    for part in ["--force-confdef", "--force-confold", "DPkg::Lock::Timeout=", "Upgrade-By-Source-Package=false"] {
      #expect(line.contains(part))
    }
    #expect(host.lines.first == "apt-get -q update")
  }

  @Test func refusesToUpgradeWhatIsNotInstalled() async throws {
    let host = PkgTestHost(before: Self.before)
    let error = await packageError { try await host.call("pkg.upgrade", ["libssl3", "libssl33"]) }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("libssl33") == true)
    #expect(host.lines.isEmpty)
  }

  @Test func expandsPatternsItself() async throws {
    let host = PkgTestHost(before: Self.before, ["apt-get -q -y": CommandResult(exit: 0)])
    #expect(try await host.call("pkg.upgrade", ["libssl*"], ["refresh": false]) == [:])
    #expect(host.lines.last?.hasSuffix("install -- libssl-dev libssl3") == true)
  }

  @Test func aFailedMirrorIsNoEmptySuccess() async throws {
    let host = PkgTestHost(
      before: Self.before,
      [
        "apt-get -q update": CommandResult(exit: 0, "Err:1 http://m.example/debian bookworm InRelease\n"),
        "apt-get -q -y": CommandResult(exit: 0),
      ])
    let error = await packageError { try await host.call("pkg.upgrade", ["libssl3"]) }
    #expect(error?.code == .failed)
    #expect(error?.message.contains("http://m.example/debian bookworm InRelease") == true)
  }

  @Test func testModeSimulatesAndChangesNothing() async throws {
    let host = PkgTestHost(
      before: Self.before,
      [
        "apt-get -q update": CommandResult(exit: 0),
        "apt-get -q -s": CommandResult(
          exit: 0, "Inst libssl3 [3.0.19-1~deb12u2] (3.0.22-1~deb12u2 Debian-Security:12/oldstable-security [amd64])\n"),
      ])
    let changes = try await host.call("pkg.upgrade", ["libssl3"], isTest: true)
    #expect(changes == ["libssl3": ["old": "3.0.19-1~deb12u2", "new": "3.0.22-1~deb12u2"]])
    // By old lists nothing would seem to change.
    #expect(host.lines.map { String($0.prefix(14)) } == ["apt-get -q upd", "apt-get -q -s "], "\(host.lines)")
  }

  @Test(arguments: ["-y", "--allow-downgrades", "a b", "nginx-", "libssl3=1", "../x"])
  func refusesOptionsForNames(_ name: String) async throws {
    let host = PkgTestHost(before: Self.before)
    for function in ["pkg.install", "pkg.upgrade", "pkg.remove", "pkg.purge", "pkg.hold"] {
      let error = await packageError { try await host.call(function, [], ["name": .string(name)]) }
      #expect(error?.code == .badArguments, "\(function)")
    }
    #expect(host.lines.isEmpty)
  }

  @Test func refusesAnUnknownPackageBeforeInstalling() async throws {
    let host = PkgTestHost(before: Self.before, ["apt-cache -q policy": CommandResult(exit: 0, "")])
    let error = await packageError { try await host.call("pkg.install", ["nosuch"]) }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("nosuch") == true)
    #expect(!host.lines.contains { $0.contains(" install ") })
  }

  @Test func installsVersionsAndAllowsTheAskedDowngrade() async throws {
    let host = PkgTestHost(
      before: Self.before, after: Self.before.replacing("libssl3\t3.0.19", with: "libssl3\t3.0.17"),
      [
        "apt-cache -q policy":
          CommandResult(exit: 0, "libssl3:\n  Installed: x\n  Candidate: y\nbash:\n  Installed: x\n  Candidate: y\n"),
        "apt-get -q -y": CommandResult(exit: 0),
      ])
    let packages: Value = [["libssl3": "3.0.17-1~deb12u2"], "bash"]
    let changes = try await host.call("pkg.install", [], ["pkgs": packages])
    #expect(changes == ["libssl3": ["old": "3.0.19-1~deb12u2", "new": "3.0.17-1~deb12u2"]])
    #expect(host.lines.last?.contains("--allow-downgrades") == true)
    #expect(host.lines.last?.hasSuffix("install -- libssl3=3.0.17-1~deb12u2 bash") == true)
  }

  @Test func checksThatTheVersionIsThereAfterwards() async throws {
    let host = PkgTestHost(
      before: Self.before,
      [
        "apt-cache -q policy": CommandResult(exit: 0, "libssl3:\n  Candidate: y\n"),
        "apt-get -q -y": CommandResult(exit: 0),
      ])
    let error = await packageError { try await host.call("pkg.install", ["libssl3"], ["version": "3.0.22-1~deb12u2"]) }
    #expect(error?.code == .failed)
    #expect(error?.message.contains("3.0.19-1~deb12u2 is installed") == true)
  }

  /// Salt 3008 takes the hold off, installs and holds again.
  @Test func aHeldPackageThatIsNamedIsChangedAndStaysHeld() async throws {
    func status(_ version: String) -> String {
      "hold ok installed\tnginx\t\(version)\tamd64\nhold ok installed\tlibc6\t2.36\tamd64\n"
    }
    let host = PkgTestHost(
      before: status("1.22"), after: status("1.24"),
      [
        "apt-cache -q policy": CommandResult(exit: 0, "nginx:\n  Candidate: 1.24\n"),
        "apt-get -q -y": CommandResult(exit: 0), "apt-mark hold": CommandResult(exit: 0),
      ])
    let changes = try await host.call("pkg.install", ["nginx"], ["version": "1.24"])
    #expect(changes == ["nginx": ["old": "1.22", "new": "1.24"]])
    let install = host.lines.first { $0.hasPrefix("apt-get -q -y") }
    #expect(install?.contains("--allow-change-held-packages") == true)
    #expect(host.lines.last == "apt-mark hold -- nginx")
  }

  @Test func purgeTellsConfigurationFilesApart() async throws {
    let host = PkgTestHost(
      before: Self.before, after: "install ok installed\tbash\t5.2.15-2+b8\tamd64\n",
      ["apt-get -q -y": CommandResult(exit: 0)])
    let result = try await host.call("pkg.purge", [], ["pkgs": ["libssl*", "mc", "nosuch"]])
    #expect(result["removed"] == ["mc": ["old": "3:4.8.29-2", "new": ""]])
    #expect(result["installed"]?["libssl3"] == ["old": "3.0.19-1~deb12u2", "new": ""])
    #expect(host.lines.last?.hasSuffix("purge -- libssl-dev libssl3 mc") == true)
  }

  @Test func removingWhatIsNotThereDoesNothing() async throws {
    let host = PkgTestHost(before: Self.before)
    #expect(try await host.call("pkg.remove", ["nosuch"]) == [:])
    #expect(host.lines.isEmpty)
  }

  @Test func holdsAndReleases() async throws {
    let host = PkgTestHost(
      before: Self.before,
      ["apt-mark showhold": CommandResult(exit: 0, "bash\n"), "apt-mark hold -- libssl3": CommandResult(exit: 0)])
    let result = try await host.call("pkg.hold", [], ["pkgs": ["bash", "libssl3"]])
    #expect(result["bash"]?["changes"] == [:])
    #expect(result["libssl3"]?["changes"] == ["old": "install", "new": "hold"])
    #expect(result["libssl3"]?["result"] == true)
    let dry = try await host.call("pkg.unhold", ["bash"], isTest: true)
    #expect(dry["bash"]?["result"] == .some(.null))
    #expect(host.lines.filter { $0.contains("unhold") }.isEmpty)
  }

  @Test func latestIsEmptyWhenInstalled() async throws {
    let host = PkgTestHost(
      before: Self.before,
      [
        "apt-cache -q policy": CommandResult(
          exit: 0, "libssl3:\n  Candidate: 3.0.22-1~deb12u2\nbash:\n  Candidate: 5.2.15-2+b8\n")
      ])
    let options: ValueMap = ["refresh": false]
    #expect(
      try await host.call("pkg.latest_version", ["libssl3", "bash", "nosuch"], options)
        == ["libssl3": "3.0.22-1~deb12u2", "bash": "", "nosuch": ""])
    #expect(try await host.call("pkg.upgrade_available", ["libssl3"], options) == true)
    #expect(try await host.call("pkg.upgrade_available", ["bash"], options) == false)
  }

  @Test func findsTheOwnerThroughMergedUsr() async throws {
    let host = PkgTestHost(
      before: Self.before,
      [
        "dpkg-query -S -- /usr/bin/ls": CommandResult(
          exit: 1, "", error: "dpkg-query: no path found matching pattern /usr/bin/ls\n"),
        "dpkg-query -S -- /bin/ls": CommandResult(exit: 0, "coreutils: /bin/ls\n"),
        "dpkg-query -S -- /etc/passwd": CommandResult(
          exit: 1, "", error: "dpkg-query: no path found matching pattern /etc/passwd\n"),
      ])
    #expect(symlink("usr/bin", host.root + "/bin") == 0)
    #expect(try await host.call("pkg.owner", ["/usr/bin/ls"]) == "coreutils")
    #expect(
      try await host.call("pkg.owner", ["/bin/ls", "/etc/passwd"]) == ["/bin/ls": "coreutils", "/etc/passwd": ""])
  }

  @Test func choosesTheSystemOrSaysThereIsNone() async throws {
    let none = PkgTestHost(programs: [], before: "")
    let error = await packageError { try await none.call("pkg.version", ["bash"], grains: [:]) }
    #expect(error?.code == .unavailable)
    let apt = PkgTestHost(before: Self.before)
    #expect(try await apt.call("pkg.version", ["bash"], grains: [:]) == "5.2.15-2+b8")
  }

  @Test func listsRepositories() async throws {
    let host = PkgTestHost(before: "")
    try host.files.makeDirectory("/etc/apt/sources.list.d")
    try host.files.write("/etc/apt/sources.list", text: "deb http://a.example/debian bookworm main\n")
    try host.files.write("/etc/apt/sources.list.d/b.list", text: "deb-src http://a.example/debian bookworm main\n")
    try host.files.write("/etc/apt/sources.list.d/c.list.save", text: "deb http://c.example/ x\n")
    let repositories = try await host.call("pkg.list_repos")
    #expect(repositories.mapValue?.keys.map(\.description) == ["http://a.example/debian"])
    #expect(repositories["http://a.example/debian"]?[1]?["type"] == "deb-src")
    #expect(repositories["http://a.example/debian"]?[0]?["file"] == "/etc/apt/sources.list")
  }

  @Test func endsAToolThatTakesTooLong() async throws {
    let host = PkgTestHost(
      before: Self.before,
      after: Self.before.replacing("install ok installed\tlibssl3", with: "install ok half-configured\tlibssl3"),
      [
        "apt-cache -q policy": CommandResult(exit: 0, "libssl3:\n  Installed: x\n  Candidate: y\n"),
        "apt-get -q -y": CommandResult(ending: .timedOut, standardError: Array("Setting up libssl3\n".utf8)),
      ])
    let error = await packageError { try await host.call("pkg.install", ["libssl3"], ["timeout": 5]) }
    #expect(error?.code == .timedOut)
    #expect(error?.message.contains("Left half-done: libssl3.") == true)
    let bad = await packageError { try await host.call("pkg.install", ["libssl3"], ["timeout": 0]) }
    #expect(bad?.code == .badArguments)
  }
}
