import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments are Salt 3008's; those of test mode were observed.
@Suite struct PkgStatesTests {
  static let policy = """
    nginx:
      Installed: (none)
      Candidate: 1.22.1-9
      Version table:
         1.22.1-9 500
            500 http://deb.debian.org/debian bookworm/main amd64 Packages
         1.18.0-6 500
            500 http://deb.debian.org/debian bullseye/main amd64 Packages
    libssl3:
      Installed: 3.0.19-1~deb12u2
      Candidate: 3.0.22-1~deb12u2
      Version table:
         3.0.22-1~deb12u2 500
     *** 3.0.19-1~deb12u2 100
    bash:
      Installed: 5.2.15-2+b8
      Candidate: 5.2.15-2+b8

    """
  static let withNginx = PkgAptTests.before + "install ok installed\tnginx\t1.22.1-9\tamd64\n"

  private func host(after: String? = nil, _ answers: [String: CommandResult] = [:]) -> PkgTestHost {
    var all = [
      "apt-cache -q policy": CommandResult(exit: 0, Self.policy), "apt-get -q update": CommandResult(exit: 0),
      "apt-get -q -y": CommandResult(exit: 0), "apt-mark showhold": CommandResult(exit: 0, "bash\n"),
      "apt-mark hold": CommandResult(exit: 0), "apt-mark unhold": CommandResult(exit: 0),
    ]
    all.merge(answers) { $1 }
    return PkgTestHost(before: PkgAptTests.before, after: after, all)
  }

  private func call(
    _ host: PkgTestHost, _ function: String, _ named: ValueMap, isTest: Bool = false,
    memory: StateMemory = StateMemory(), isWatch: Bool = false
  ) async throws -> StateResult {
    let state = try #require(PkgStates.all.first { $0.signature.name == "pkg.\(function)" })
    var words = named
    words["name"] = named["name"] ?? "a name"
    let context = StateContext(functions: host.context(isTest: isTest), chunk: words, memory: memory)
    let arguments = try Arguments(binding: CallArguments([], named: words), to: state.signature)
    return try await (isWatch ? try #require(state.watch) : state.body)(arguments, context)
  }

  @Test(
    arguments: [
      ("installed", ["name": "bash"], true, "All specified packages are already installed", [:]),
      (
        "installed", ["pkgs": ["bash", ["libssl3": ">=3,<4"]]], true,
        "All specified packages are already installed and are at the desired version", [:]
      ),
      (
        "installed", ["name": "bash:amd64", "version": "5.2*"], true,
        "All specified packages are already installed and are at the desired version", [:]
      ),
      (
        "installed", ["name": "nginx"], nil, "The following packages would be installed/updated: nginx",
        ["nginx": ["new": "1.22.1-9", "old": ""]]
      ),
      (
        "installed", ["pkgs": ["bash", "nosuch"]], nil, "The following packages would be installed/updated: nosuch",
        ["nosuch": ["new": "installed", "old": ""]]
      ),
      (
        "installed", ["name": "libssl3", "version": "1.0"], nil,
        "The following packages would be installed/updated: libssl3", ["libssl3": ["new": "installed", "old": ""]]
      ),
      (
        "installed", ["name": "nginx", "version": "<1.20"], nil,
        "The following packages would be installed/updated: nginx", ["nginx": ["new": "1.18.0-6", "old": ""]]
      ),
      (
        "installed", ["name": "libssl3", "version": "3.0.1", "allow_updates": true], true,
        "All specified packages are already installed and are at the desired version", [:]
      ),
      (
        "installed", ["name": "bash", "reinstall": true], nil, "The following packages would be reinstalled: bash",
        ["bash": ["new": "installed", "old": ""]]
      ),
      ("installed", ["pkgs": []], true, "No packages to install provided", [:]),
      ("installed", ["name": "bash", "pkg_verify": true], false, "pkg.verify not implemented", [:]),
      (
        "installed", ["pkgs": ["bash"], "sources": [["a": "b"]]], false,
        "Only one of \"pkgs\" and \"sources\" is permitted.", [:]
      ),
      ("removed", ["name": "nosuch"], true, "All specified packages are already absent", [:]),
      (
        "removed", ["name": "bash", "version": "1.0"], true,
        "All specified packages (matching specified versions) are already absent", [:]
      ),
      (
        "removed", ["pkgs": ["bash", "nosuch"]], nil, "The following packages will be removed: bash.",
        ["bash": ["new": "removed", "old": ""]]
      ),
      (
        "purged", ["pkgs": ["mc", "bash", "nosuch"]], nil, "The following packages will be purged: bash, mc.",
        ["bash": ["new": "purged", "old": ""], "mc": ["new": "purged", "old": ""]]
      ),
      (
        "purged", ["name": "nosuch"], true, "None of the targeted packages are installed or partially installed", [:]
      ),
      ("held", ["name": "libssl3"], true, "The following package would be held: libssl3", [:]),
      ("held", ["name": "bash"], true, "No changes made", [:]),
      ("held", ["pkgs": [], "replace": true], true, "The following package would be unheld: bash", [:]),
      ("held", ["pkgs": []], true, "No packages to be held provided", [:]),
      ("unheld", ["name": "bash"], true, "The following package would be unheld: bash", [:]),
      ("unheld", ["name": "libssl3"], true, "No changes made", [:]),
      ("latest", ["name": "bash"], true, "Package bash is already up-to-date", [:]),
      ("latest", ["name": "nosuch"], false, "No information found for 'nosuch'.", [:]),
      (
        "latest", ["pkgs": ["libssl3", "bash"]], nil,
        "The following packages would be installed/upgraded: libssl3\nThe following packages are already up-to-date: bash (5.2.15-2+b8)",
        ["libssl3": ["new": "3.0.22-1~deb12u2", "old": "3.0.19-1~deb12u2"]]
      ),
      ("latest", ["sources": [["a": "b"]]], false, "The \"sources\" parameter is not supported.", [:]),
      ("downloaded", ["name": "nginx"], nil, "The following packages would be downloaded: nginx", [:]),
    ] as [(String, ValueMap, Bool?, String, ValueMap)])
  func testModeSaysWhatSaltSays(
    _ function: String, _ named: ValueMap, _ result: Bool?, _ comment: String, _ changes: ValueMap
  ) async throws {
    let host = host()
    #expect(
      try await call(host, function, named, isTest: true) == StateResult(result, comment, changes: changes))
    let changing = host.lines.filter { $0.hasPrefix("apt-get") || $0.contains("hold --") }
    // Salt fetches the lists in test mode too.
    #expect(changing == (function == "latest" && named["sources"] == nil ? ["apt-get -q update"] : []))
  }

  @Test func installsAndRefreshesOnce() async throws {
    let host = host(after: Self.withNginx)
    let memory = StateMemory()
    let first = try await call(host, "installed", ["pkgs": ["bash", "nginx"]], memory: memory)
    #expect(first.result == true)
    #expect(
      first.comment
        == "The following packages were installed/updated: nginx\nThe following packages were already installed: bash")
    #expect(first.changes == ["nginx": ["old": "", "new": "1.22.1-9"]])
    let again = try await call(host, "installed", ["name": "nginx"], memory: memory)
    #expect(again == StateResult(true, "All specified packages are already installed"))
    #expect(try await call(host, "latest", ["name": "nginx"], memory: memory).result == true)
    #expect(host.lines.filter { $0 == "apt-get -q update" }.count == 1)
  }

  @Test func theDatabaseIsReadOnceForManyStates() async throws {
    let host = host()
    let memory = StateMemory()
    for name in ["bash", "libssl3", "libssl-dev", "bash"] {
      #expect(try await call(host, "installed", ["name": .string(name)], memory: memory).result == true)
    }
    #expect(host.commands.runs.count == 1)
  }

  @Test func installsTheNewestVersionThatFulfilsTheConditions() async throws {
    let host = host(
      after: PkgAptTests.before + "install ok installed\tnginx\t1.18.0-6\tamd64\n")
    let state = try await call(
      host, "installed", ["name": "nginx", "version": ">=1.10,<1.20", "refresh": false, "hold": true])
    #expect(state.result == true)
    #expect(host.lines.contains { $0.hasSuffix("install -- nginx=1.18.0-6") })
    #expect(host.lines.contains("apt-mark hold -- nginx"))
    #expect(!host.lines.contains("apt-get -q update"))
    #expect(state.changes == ["nginx": ["old": "install", "new": "1.18.0-6\nhold"]])
    #expect(state.comment.contains("Package nginx is now being held."))
  }

  @Test func failuresTellWhatWentWrong() async throws {
    let unknown = try await call(host(), "installed", ["name": "nosuch"])
    #expect(unknown.result == false)
    #expect(unknown.comment.hasPrefix("An error was encountered while installing package(s): No package named nosuch"))
    let none = try await call(host(), "installed", ["name": "nginx", "version": ">2"])
    #expect(none.comment.contains("No version matching 'nginx>2' could be found (available: 1.22.1-9, 1.18.0-6)"))
    let half = host(
      after: PkgAptTests.after,
      [
        "apt-get -q -y": CommandResult(
          exit: 100, "", error: "E: Sub-process /usr/bin/dpkg returned an error code (1)\n")
      ])
    let broken = try await call(half, "installed", ["name": "nginx"])
    #expect(broken.result == false)
    #expect(broken.changes["libssl3"] == ["old": "3.0.19-1~deb12u2", "new": "3.0.22-1~deb12u2"])
  }

  @Test func updatesToTheLatest() async throws {
    let host = host(after: PkgAptTests.after)
    let state = try await call(host, "latest", ["pkgs": ["libssl3", "bash"]])
    #expect(state.result == true)
    #expect(
      state.comment
        == "The following packages were successfully installed/upgraded: libssl3 The following packages were already up-to-date: bash"
    )
    #expect(state.changes["libssl3"] == ["old": "3.0.19-1~deb12u2", "new": "3.0.22-1~deb12u2"])
    #expect(host.lines.contains { $0.hasSuffix("install -- libssl3") })
  }

  @Test func removesAndPurges() async throws {
    let without = "install ok installed\tbash\t5.2.15-2+b8\tamd64\n"
    let host = host(after: without + "deinstall ok config-files\tmc\t3:4.8.29-2\tamd64\n")
    let removed = try await call(host, "removed", ["pkgs": ["libssl3", "nosuch"]])
    #expect(removed.result == true)
    #expect(
      removed.comment
        == "The following packages were not installed: nosuch The following packages were removed: libssl3.")
    #expect(removed.changes["libssl3"] == ["old": "3.0.19-1~deb12u2", "new": ""])
    let purging = self.host(after: without)
    let purged = try await call(purging, "purged", ["pkgs": ["libssl3", "mc"]])
    #expect(purged.comment == "All targeted packages were purged.")
    #expect(purged.changes["removed"] == ["mc": ["old": "3:4.8.29-2", "new": ""]])
  }

  @Test func upgradesEverything() async throws {
    let simulation = "Inst libssl3 [3.0.19-1~deb12u2] (3.0.22-1~deb12u2 Debian:12 [amd64])\n"
    let answers = ["apt-get -q -s": CommandResult(exit: 0, simulation)]
    let expected: ValueMap = ["libssl3": ["new": "3.0.22-1~deb12u2", "old": "3.0.19-1~deb12u2"]]
    #expect(
      try await call(host(answers), "uptodate", [:], isTest: true)
        == StateResult(nil, "System update will be performed", changes: expected))
    let done = try await call(host(after: PkgAptTests.after, answers), "uptodate", ["refresh": true])
    #expect(done.comment == "Upgrade ran successfully")
    #expect(done.changes["libssl3"] != nil)
    let idle = host(["apt-get -q -s": CommandResult(exit: 0)])
    #expect(try await call(idle, "uptodate", [:]) == StateResult(true, "System is already up-to-date"))
  }

  private func host(_ answers: [String: CommandResult]) -> PkgTestHost { host(after: nil, answers) }

  @Test func holdsAndReleases() async throws {
    let host = host()
    let held = try await call(host, "held", ["name": "libssl3"])
    #expect(held.comment == "Package libssl3 is now being held")
    #expect(held.changes["libssl3"]?["changes"] == ["old": "install", "new": "hold"])
    let released = try await call(host, "unheld", ["name": "bash"])
    #expect(released.comment == "Package bash is no longer being held.")
    let kept = try await call(host, "installed", ["name": "bash", "hold": true])
    #expect(
      kept
        == StateResult(
          true, "All specified packages are already installed.\nPackage bash is already set to be held."))
    let freed = try await call(host, "installed", ["name": "bash", "hold": false])
    #expect(freed.changes == ["bash": ["old": "hold", "new": "install"]])
  }

  @Test func aPackageFileIsLookedInto() async throws {
    let host = host(["dpkg-deb -f": CommandResult(exit: 0, "5.2.15-2+b8\n")])
    try host.files.makeDirectory("/root")
    try host.files.write("/root/bash.deb", text: "")
    let state = try await call(host, "installed", ["sources": [["bash": "/root/bash.deb"]]])
    #expect(state == StateResult(true, "All specified packages are already installed"))
    let newer = try await call(
      self.host(["dpkg-deb -f": CommandResult(exit: 0, "5.3\n")]), "installed",
      ["sources": [["bash": "/root/missing.deb"]]])
    #expect(newer == StateResult(false, "/root/missing.deb does not exist on minion"))
  }

  @Test func whatAptFetchedIsDownloaded() async throws {
    let host = host()
    try host.files.makeDirectory("/var/cache/apt/archives")
    try host.files.write("/var/cache/apt/archives/mc_3%3a4.8.29-2_amd64.deb", text: "")
    #expect(
      try await call(host, "downloaded", ["name": "mc"])
        == StateResult(true, "All specified packages are already downloaded"))
    #expect(
      try await call(host, "downloaded", ["name": "mc", "version": "3:4.8.29-2"]).comment
        == "All specified packages (matching specified versions) are already downloaded")
    let failed = try await call(host, "downloaded", ["name": "nginx"])
    #expect(failed == StateResult(false, "The following packages failed to download: nginx"))
  }

  @Test func watching() async throws {
    #expect(try await call(host(), "installed", ["name": "bash"], isWatch: true).result == true)
    #expect(
      try await call(host(), "held", ["name": "bash"], isWatch: true)
        == StateResult(false, "pkg.held does not work with the watch requisite"))
  }

  @Test func statesAreDoneTogether() throws {
    let installed = try #require(PkgStates.all.first { $0.signature.name == "pkg.installed" })
    let aggregate = try #require(installed.aggregate)
    let chunk: ValueMap = ["state": "pkg", "fun": "installed", "name": "a", "version": "1"]
    let merged = aggregate(
      chunk,
      [
        ["state": "pkg", "fun": "installed", "name": "b"], ["state": "pkg", "fun": "removed", "name": "c"],
        ["state": "pkg", "fun": "installed", "name": "d", "hold": true],
        ["state": "pkg", "fun": "installed", "name": "e", "fromrepo": "backports"],
        ["state": "pkg", "fun": "installed", "name": "f", "pkgs": ["g", ["h": "2"]]],
        ["state": "pkg", "fun": "installed", "name": "i", "sources": [["i": "/i.deb"]]],
      ])
    #expect(merged["pkgs"] == [["a": "1"], "b", "g", ["h": "2"]])
    #expect(merged["version"] == nil)
    #expect(aggregate(chunk, []) == chunk)
  }

  @Test(
    arguments: [
      ("1.2", ["1.2"], true), ("=1.2", ["1.2"], true), ("1.2*", ["1.2-3"], true), (">=1.2, <2", ["1.5"], true),
      (">=1.2,<2", ["2.0"], false), ("!=1.2", ["1.2"], false), ("1.2", ["3:1.2"], true), (">1.2", ["3:1.0"], true),
      ("<>1.2", ["1.0"], false), ("1.2", ["1.1", "1.2"], true), ("", ["1"], true), (">", ["1"], false),
    ] as [(String, [String], Bool)])
  func versionsFulfilRequirements(_ text: String, _ versions: [String], _ isFulfilled: Bool) throws {
    let provider = try PackageProviders.provider(for: host().context())
    #expect(VersionRequirement(text).isFulfilled(by: versions, provider) == isFulfilled)
  }

  @Test func fetchesPackageFilesOnceAndCleansUp() async throws {
    let address = "https://x.example/nginx.deb"
    let host = PkgTestHost(before: PkgAptTests.before, after: Self.withNginx)
    let root = host.root
    let commands = ScriptedCommands(programs: ["apt-get", "dpkg-query"]) { command in
      let line = command.arguments.joined(separator: " ")
      if line.hasPrefix("\(PackageDownload.helper) download-file \(address) \(root)/") {
        try? HostFiles().write(command.arguments[3], text: "a package")
        return CommandResult(exit: 0)
      }
      if line.hasPrefix("apt-get -q -y"), !line.hasSuffix(".deb") { return CommandResult(exit: 1) }
      if line.hasPrefix("dpkg-query") {
        return CommandResult(exit: 0, PkgAptTests.before)
      }
      return CommandResult(exit: 0)
    }
    let state = try #require(PkgStates.all.first { $0.signature.name == "pkg.installed" })
    let named: ValueMap = ["name": "x", "sources": [["nginx": .string(address)]], "refresh": false]
    let functions = FunctionContext(
      commands: commands, files: host.files, grains: ["os_family": "Debian", "osarch": "amd64"])
    let context = StateContext(functions: functions, chunk: named, memory: StateMemory())
    _ = try await state.body(Arguments(binding: CallArguments([], named: named), to: state.signature), context)
    #expect(commands.runs.filter { $0.first == PackageDownload.helper }.count == 1)
    #expect(commands.runs.contains { $0.last?.hasSuffix(".deb") == true && $0.contains("install") })
    #expect(host.files.entriesIfPresent("/var/cache/brine/minion/packages").isEmpty)
  }
}
