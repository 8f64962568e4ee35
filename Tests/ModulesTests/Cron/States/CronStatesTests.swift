import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

/// Comments are Salt 3008's.
@Suite struct CronStatesTests {
  private static let marker = "# Lines below here are managed by Salt, do not edit\n"
  private let host: StateTestHost
  private let table = Table()

  private final class Table: Sendable {
    let text = Mutex("")
  }

  init() throws {
    host = try StateTestHost()
    try host.files.write("/etc/passwd", text: "root:x:0:0:root:/root:/bin/bash\n")
  }

  private func call(_ function: String, _ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    let commands = ScriptedCommands { [table] command in
      if case .bytes(let bytes) = command.standardInput {
        table.text.withLock { $0 = String(decoding: bytes, as: UTF8.self) }
        return CommandResult(exit: 0)
      }
      return CommandResult(exit: 0, table.text.withLock { $0 })
    }
    return try await host.call(CronStates.all, "cron.\(function)", named, isTest: isTest, commands)
  }

  @Test func jobs() async throws {
    let named: ValueMap = ["name": "backup", "minute": 5, "hour": "3", "comment": "nightly"]
    #expect(try await call("present", named, isTest: true) == StateResult(nil, "Cron backup is set to be added"))
    #expect(
      try await call("present", named)
        == StateResult(true, "Cron backup added to root's crontab", changes: ["root": "backup"]))
    #expect(
      table.text.withLock { $0 } == Self.marker + "# nightly SALT_CRON_IDENTIFIER:backup\n5 3 * * * backup\n")
    #expect(try await call("present", named) == StateResult(true, "Cron backup already present"))
    var folded = named
    folded["name"] = " backup\n"
    #expect(
      try await call("present", folded, isTest: true)
        == StateResult(true, "Cron backup already present", extra: ["name": "backup"]))
    #expect(try await call("present", named, isTest: true) == StateResult(true, "Cron backup already present"))
    let later = named.merging(["minute": 6]) { $1 }
    #expect(try await call("present", later, isTest: true) == StateResult(nil, "Cron backup is set to be updated"))
    #expect(
      try await call("present", later) == StateResult(true, "Cron backup updated", changes: ["root": "backup"]))

    #expect(
      try await call("absent", ["name": "backup"], isTest: true)
        == StateResult(nil, "Cron backup is set to be removed"))
    #expect(
      try await call("absent", ["name": "backup"])
        == StateResult(true, "Cron backup removed from root's crontab", changes: ["root": "backup"]))
    #expect(try await call("absent", ["name": "backup"]) == StateResult(true, "Cron backup already absent"))
    #expect(try await call("absent", ["name": "backup"], isTest: true) == StateResult(true, "Cron backup is absent"))
  }

  @Test func specialTimes() async throws {
    let named: ValueMap = ["name": "sweep", "special": "@hourly", "identifier": "sweeper"]
    #expect(try await call("present", named).comment == "Cron sweep added to root's crontab")
    #expect(table.text.withLock { $0 }.hasSuffix("# SALT_CRON_IDENTIFIER:sweeper\n@hourly sweep\n"))
    #expect(try await call("present", named).changes.isEmpty)
    #expect(try await call("absent", named).changes == ["root": "sweep"])
  }

  @Test func variables() async throws {
    let named: ValueMap = ["name": "MAILTO", "value": "ops@example.com"]
    #expect(
      try await call("env_present", named, isTest: true) == StateResult(nil, "Cron env MAILTO is set to be added"))
    #expect(
      try await call("env_present", named)
        == StateResult(true, "Cron env MAILTO added to root's crontab", changes: ["root": "MAILTO"]))
    #expect(try await call("env_present", named) == StateResult(true, "Cron env MAILTO already present"))
    #expect(
      try await call("env_present", ["name": "MAILTO"], isTest: true)
        == StateResult(nil, "Cron env MAILTO is set to be updated"))
    #expect(
      try await call("env_absent", ["name": "MAILTO"])
        == StateResult(true, "Cron env MAILTO removed from root's crontab", changes: ["root": "MAILTO"]))
    #expect(try await call("env_absent", ["name": "MAILTO"]) == StateResult(true, "Cron env MAILTO already absent"))
  }

  @Test func wholeTables() async throws {
    try host.files.write("/srv/salt/tab", text: "MAILTO={{ who }}\n1 2 * * * run\n")
    let named: ValueMap = ["name": "salt://tab", "template": "jinja", "context": ["who": "me"]]
    #expect(try await call("file", named, isTest: true).result == nil)
    let state = try await call("file", named)
    #expect(state.comment == "Crontab for user root was updated")
    #expect(state.changes["diff"]?.stringValue?.contains("+MAILTO=me") == true)
    #expect(table.text.withLock { $0 } == "MAILTO=me\n1 2 * * * run\n")
    #expect(try await call("file", named) == StateResult(true, "Crontab for user root is in the correct state"))
    #expect(
      try await call("file", ["name": "salt://other", "replace": false])
        == StateResult(true, "User root already has a crontab. No changes made"))
    #expect(try await call("file", ["name": "salt://other"]).result == false)
    #expect(try await call("file", ["name": "salt://tab", "user": "nobody"]).result == false)
  }

  @Test func failuresAreToldOf() async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 1, "", error: "not allowed\n") }
    let state = try await host.call(CronStates.all, "cron.present", ["name": "x"], commands)
    #expect(state.result == false)
    #expect(state.comment.hasPrefix("Cron x for user root failed to commit with error"))
  }
}
