import HostSystem
import Identity
import Operator
import Testing
import Value
import Wire
import ZeroMQ

/// What operators may not do, and what hostile words of operators and hosts may not do.
@Suite(.serialized) struct PolicyTests {
  private static let roles = """
    roles:
      reader: {targets: 'web1', functions: ['test.*', 'grains.*']}
      nothing: {targets: [], functions: ['*']}
    """

  /// Makes a key and lets it in.
  private func addOperator(_ name: String, role: String, _ fleet: Fleet) async throws -> String {
    let directory = "\(fleet.directory)/operator-\(name)"
    let made = try await fleet.brine(
      "operators", "keygen", name, "--endpoint", fleet.operatorEndpoint, "--master-key",
      try fleet.masterKey().description, config: directory)
    guard made.isSuccess else { throw TestFailure("keygen: \(made.errorText)") }
    let added = try await fleet.brine("operators", "add", name, "--role", role, "--key", made.outputText.trimmed())
    guard added.isSuccess else { throw TestFailure("operators add: \(added.errorText)") }
    return directory
  }

  @Test(.timeLimit(.minutes(2))) func rolesHoldForTheResolvedHosts() async throws {
    try await withFleet(minions: 2, Fleet.Options(master: Self.roles)) { fleet in
      let reader = try await addOperator("rita", role: "reader", fleet)
      let nothing = try await addOperator("nemo", role: "nothing", fleet)
      let other = try await fleet.start("*", "test.ping")
      #expect(try await fleet.brine("run", "web1", "test.ping", config: reader).exitCode == 0)
      let jobs = try await fleet.jobCount()
      for words in [
        ["run", "web2", "test.ping"], ["run", "*", "test.ping"], ["run", "-C", "not web1", "test.ping"],
        ["run", "-G", "kernel:Linux", "test.ping"], ["run", "web1", "cmd.run", "true"],
        ["run", "web1", "site.function"], ["keys", "list"], ["keys", "invite"], ["keys", "revoke", "web1"],
        ["operators", "list"], ["operators", "remove", "root"], ["audit-log", "verify"], ["events"],
        ["grains", "query", "--target", "web2"], ["jobs", "results", other], ["jobs", "cancel", other],
      ] {
        let result = try await fleet.run([Programs.brine] + words + ["--config", reader], timeout: .seconds(15))
        #expect(result.exitCode == 5, "\(words): \(result.outputText)\(result.errorText)")
        #expect(result.errorText.contains("rita"), "\(words)")
      }
      #expect(try await fleet.brine("run", "web1", "test.ping", config: nothing).exitCode == 5)
      #expect(try await fleet.jobCount() == jobs)
      // Own jobs only.
      let list = try fleet.json(try await fleet.brine("jobs", "list", "--out", "json", config: reader)).listValue ?? []
      #expect(list.allSatisfy { $0["user"] == "rita" } && list.count == 1)

      #expect(try await fleet.brine("operators", "remove", "rita").exitCode == 0)
      #expect(try await fleet.brine("run", "web1", "test.ping", config: reader).exitCode != 0)
      #expect(try await fleet.brine("operators", "remove", "root").exitCode == 2)
      #expect(try await fleet.brine("operators", "add", "x", "--role", "none", "--key", "nonsense").exitCode == 2)
      // Refusals are on record.
      let log = try HostFiles().readText("\(fleet.masterDirectory)/state/audit.log")
      #expect(log.contains("may not run cmd.run"))
      #expect(try await fleet.brine("audit-log", "verify").exitCode == 0)
    }
  }

  @Test(.timeLimit(.minutes(2))) func boundsHostilePatterns() async throws {
    try await withFleet { fleet in
      // A long id of its own choice is what a hostile host can bring to a hostile pattern.
      let (client, _) = try await fleet.impostor(String(repeating: "a", count: 120) + "1")
      _ = try await client.greet()
      for (flag, pattern) in [
        ("-E", "(a|aa)+$"), ("-E", "(a*)*[bc]"), ("-C", "E@(a|a)*[bc] or web1"), ("-P", "id:(a|aa)+$"),
        ("-E", String(repeating: "(", count: 5000)), ("-C", String(repeating: "( ", count: 5000) + "web1"),
      ] {
        let start = ContinuousClock.now
        let result = try await fleet.brine("run", flag, pattern, "test.ping", "--timeout", "10")
        #expect(result.exitCode == 2, "\(flag) \(pattern.prefix(40)): \(result.outputText)\(result.errorText)")
        #expect(ContinuousClock.now - start < .seconds(3), "\(flag) \(pattern.prefix(40))")
      }
      #expect(try await fleet.brine("run", "web1", "test.ping").exitCode == 0)
    }
  }

  @Test(.timeLimit(.minutes(2))) func showsEscapesInsteadOfObeyingThem() async throws {
    try await withFleet { fleet in
      let escape = UInt8(0x1B)
      for format in ["folded", "nested", "table", "json", "jsonl", "yaml", "raw"] {
        let result = try await fleet.brine(
          "run", "web1", "cmd.run", #"printf '\033[31mred\033]0;title\007\r\nnext\302\233'"#, "--out", format)
        #expect(result.exitCode == 0)
        #expect(result.outputText.contains("red"), "\(format)")
        #expect(!result.standardOutput.contains(escape) && !result.standardOutput.contains(7), "\(format)")
        #expect(!result.outputText.unicodeScalars.contains("\u{9B}"), "\(format)")
      }
      let folded = try await fleet.brine("run", "web1", "cmd.run", #"printf '\033[31mred'"#)
      #expect(folded.outputText.contains(#"\x1b[31mred"#))
      // In errors, progress and ids that a host chooses, too.
      let failed = try await fleet.brine("run", "web1", "test.exception", "\u{1B}[2Jgone")
      #expect(failed.exitCode == 1)
      #expect(!(failed.standardOutput + failed.standardError).contains(escape))
    }
  }
}
