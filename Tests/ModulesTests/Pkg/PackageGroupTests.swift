import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct PackageGroupTests {
  static let dnf4 = """
    Group: Development Tools
     Description: A basic development environment.
     Mandatory Packages:
       autoconf
       gcc
     Default Packages:
       gdb
     Optional Packages:
       cmake

    """
  static let dnf5 = """
    Id                   : development
    Name                 : Development Tools
    Description          : A basic development environment.
    Mandatory packages   : autoconf
                         : gcc
    Default packages     : gdb
    Optional packages    : cmake

    """
  static let database = "gcc\t0\t12\t1\tx86_64\n"

  @Test(arguments: [dnf4, dnf5]) func readsBothForms(_ text: String) throws {
    let group = try #require(PackageGroup(text.splitLines()))
    #expect(group.name == "Development Tools")
    #expect(group.members["mandatory"] == ["autoconf", "gcc"])
    #expect(group.members["default"] == ["gdb"])
    #expect(group.members["optional"] == ["cmake"])
    #expect(group.members["conditional"] == [])
  }

  @Test func readsNothingOutOfNothing() { #expect(PackageGroup([]) == nil) }

  private func call(
    _ named: ValueMap, isTest: Bool = false, os: String = "RedHat"
  ) async throws -> (result: StateResult, runs: [String]) {
    let host = try StateTestHost(grains: ["os_family": .string(os), "osarch": "x86_64"])
    let isDebian = os == "Debian"
    let programs: Set<String> = isDebian ? ["apt-get", "dpkg-query"] : ["dnf", "rpm"]
    let commands = ScriptedCommands(
      programs: programs,
      [
        "dnf -q group info Tools": CommandResult(exit: 0, Self.dnf4),
        "dnf -q group info None": CommandResult(exit: 1, "", error: "Error: No groups matched.\n"),
        "rpm -qa": CommandResult(exit: 0, Self.database), "dnf -y": CommandResult(exit: 0),
      ])
    let result = try await host.call(PkgStates.all, "pkg.group_installed", named, isTest: isTest, commands)
    return (result, commands.runs.map { $0.joined(separator: " ") })
  }

  @Test func sayWhatSaltSays() async throws {
    #expect(
      try await call(["name": "Tools"], isTest: true).result
        == StateResult(nil, "Group 'Tools' is partially installed and will be updated"))
    #expect(
      try await call(["name": "Tools", "skip": ["gcc"]]).result
        == StateResult(false, "The following mandatory packages cannot be skipped: gcc"))
    #expect(try await call(["name": "Tools", "skip": "gdb"]).result.comment == "skip must be formatted as a list")
    #expect(
      try await call(["name": "None"]).result.comment.hasPrefix(
        "An error was encountered while installing/updating group 'None': Group 'None' not found."))
    #expect(try await call(["name": "-x"]).result.comment.contains("is no group of packages"))
    #expect(
      try await call(["name": "Tools"], os: "Debian").result
        == StateResult(false, "pkg.group_install not available for this platform"))
    // dnf said that all is well, and nothing came of it.
    let (done, runs) = try await call(["name": "Tools", "skip": ["gdb"]])
    #expect(done.result == false)
    #expect(runs.contains { $0.hasSuffix("install autoconf") })
  }

  @Test(arguments: ["patch_installed", "patch_downloaded"]) func patchesAreRefused(_ function: String) async throws {
    let host = try StateTestHost()
    #expect(
      try await host.call(PkgStates.all, "pkg.\(function)", [:])
        == StateResult(false, "The pkg.\(function) state is not available on this platform"))
  }
}
