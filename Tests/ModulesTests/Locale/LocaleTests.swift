import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments are Salt 3008's.
@Suite struct LocaleTests {
  private let host: StateTestHost
  private let commands: ScriptedCommands

  init() throws {
    let host = try StateTestHost()
    self.host = host
    // locale-gen takes no notice of a locale that nobody knows.
    commands = ScriptedCommands(programs: ["locale-gen", "locale"]) { command in
      guard command.arguments == ["locale", "-a"] else { return CommandResult(exit: 0) }
      let list = (try? host.files.readText("/etc/locale.gen")) ?? ""
      let made = list.splitLines().contains("de_DE.UTF-8 UTF-8") ? "de_DE.utf8\n" : ""
      return CommandResult(exit: 0, "C\nC.utf8\nPOSIX\nen_US.utf8\n\(made)")
    }
    try host.files.makeDirectory("/etc/default")
    try host.files.write("/etc/default/locale", text: "# mine\nLANG=\"C.UTF-8\"\n")
    try host.files.write("/etc/locale.gen", text: "# list\n# de_DE.UTF-8 UTF-8\n")
  }

  private func call(_ function: String, _ name: String, isTest: Bool = false) async throws -> StateResult {
    try await host.call(
      LocaleStates.all, "locale.\(function)", ["name": .string(name)], isTest: isTest, commands)
  }

  @Test func setsTheHostsLocale() async throws {
    #expect(try await call("system", "C.UTF-8") == StateResult(true, "System locale C.UTF-8 already set"))
    #expect(
      try await call("system", "en_US.UTF-8", isTest: true)
        == StateResult(nil, "System locale en_US.UTF-8 needs to be set"))
    #expect(
      try await call("system", "en_US.UTF-8")
        == StateResult(true, "Set system locale en_US.UTF-8", changes: ["locale": "en_US.UTF-8"]))
    #expect(host.files.linesIfPresent("/etc/default/locale") == ["# mine", "LANG=en_US.UTF-8"])
    #expect(try await call("system", "x;y").result == false)
  }

  /// Seen on Debian 12: `localectl set-locale LANG=C.UTF-8` writes no file.
  @Test func asksSystemdWhereThereIsNoFile() async throws {
    try host.files.remove("/etc/default/locale")
    try host.files.makeDirectory("/run/systemd/system")
    let commands = ScriptedCommands(
      programs: ["localectl"],
      [
        "localectl status --no-pager": CommandResult(
          exit: 0, "System Locale: LANG=C.UTF-8\n    VC Keymap: (unset)\n   X11 Layout: (unset)\n")
      ])
    let result = try await host.call(
      LocaleStates.all, "locale.system", ["name": "C.UTF-8"], isTest: false, commands)
    #expect(result == StateResult(true, "System locale C.UTF-8 already set"))
  }

  @Test func makesLocales() async throws {
    #expect(try await call("present", "en_US.UTF-8") == StateResult(true, "Locale en_US.UTF-8 is already present"))
    #expect(
      try await call("present", "de_DE.UTF-8", isTest: true)
        == StateResult(nil, "Locale de_DE.UTF-8 needs to be generated"))
    #expect(
      try await call("present", "de_DE.UTF-8")
        == StateResult(true, "Generated locale de_DE.UTF-8", changes: ["locale": "de_DE.UTF-8"]))
    #expect(host.files.linesIfPresent("/etc/locale.gen") == ["# list", "de_DE.UTF-8 UTF-8"])
    #expect(commands.runs.contains(["locale-gen"]))
  }

  @Test func aLocaleThatNobodyKnowsIsAFailure() async throws {
    let result = try await call("present", "xx_YY.UTF-8")
    #expect(result.result == false)
    #expect(result.comment.hasPrefix("Failed to generate locale xx_YY.UTF-8\n"))
    #expect(result.changes.isEmpty)
  }
}
