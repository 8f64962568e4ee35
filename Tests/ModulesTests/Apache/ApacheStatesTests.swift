import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments are those of Salt's own states, which its extension for Apache has on Debian.
@Suite struct ApacheStatesTests {
  private static let directories = ["mod": "mods-enabled", "site": "sites-enabled", "conf": "conf-enabled"]

  /// a2enmod and its kind over a directory.
  private func commands(_ host: StateTestHost) -> ScriptedCommands {
    ScriptedCommands { command in
      let (program, name) = (command.arguments[0], command.arguments[1])
      guard name != "nosuch" else { return CommandResult(exit: 1, "", error: "ERROR: Module nosuch does not exist!\n") }
      let kind = program.hasSuffix("mod") ? "mod" : program.hasSuffix("site") ? "site" : "conf"
      let link = host.files.resolve(
        "/etc/apache2/\(Self.directories[kind] ?? "")/\(name)\(kind == "mod" ? ".load" : ".conf")")
      if program.hasPrefix("a2en") { symlink("../x", link) } else { unlink(link) }
      return CommandResult(exit: 0, "done\n")
    }
  }

  @Test(arguments: [("module", "mod"), ("site", "site"), ("conf", "conf")])
  func switchesOnAndOff(_ noun: String, _ word: String) async throws {
    let host = try StateTestHost()
    try host.files.makeDirectory("/etc/apache2/\(Self.directories[word] ?? "")")
    func call(_ verb: String, _ name: String = "x", isTest: Bool = false) async throws -> StateResult {
      try await host.call(
        ApacheStates.all, "apache_\(noun).\(verb)", ["name": .string(name)], isTest: isTest, commands(host))
    }
    #expect(
      try await call("enabled", isTest: true)
        == StateResult(nil, "Apache \(noun) x is set to be enabled.", changes: ["old": .null, "new": "x"]))
    #expect(try await call("disabled") == StateResult(true, "x already disabled."))
    #expect(try await call("enabled") == StateResult(true, "", changes: ["old": .null, "new": "x"]))
    #expect(try await call("enabled") == StateResult(true, "x already enabled."))
    #expect(try await call("enabled", "x.conf").result == true)
    #expect(
      try await call("disabled", isTest: true)
        == StateResult(nil, "Apache \(noun) x is set to be disabled.", changes: ["old": "x", "new": .null]))
    #expect(try await call("disabled") == StateResult(true, "", changes: ["old": "x", "new": .null]))
    let label = noun == "module" ? "Mod" : noun == "site" ? "Site" : "Conf"
    #expect(
      try await call("enabled", "nosuch").comment.hasPrefix(
        "Failed to enable nosuch Apache \(noun) (\(label) nosuch Not found)\nERROR: "))
  }

  @Test(arguments: ["../../etc/passwd", "-f", "a b", ""])
  func takesNamesOnly(_ name: String) async throws {
    let host = try StateTestHost()
    let runs = commands(host)
    let result = try await host.call(ApacheStates.all, "apache_site.enabled", ["name": .string(name)], runs)
    #expect(result.result == false)
    #expect(runs.runs.isEmpty)
  }

  @Test func tellsTheModules() async throws {
    let commands = ScriptedCommands([
      "apache2ctl -M": CommandResult(
        exit: 0, "Loaded Modules:\n core_module (static)\n so_module (static)\n mpm_event_module (shared)\n"),
      "apache2ctl -v": CommandResult(exit: 0, "Server version: Apache/2.4.62 (Debian)\nServer built:   2024\n"),
    ])
    let context = FunctionContext(commands: commands, files: HostFiles())
    let registry = FunctionRegistry(ApacheFunctions.all)
    #expect(
      try await registry.call("apache.modules", CallArguments([]), context)
        == ["static": ["core_module", "so_module"], "shared": ["mpm_event_module"]])
    #expect(try await registry.call("apache.version", CallArguments([]), context) == "Apache/2.4.62 (Debian)")
  }
}
