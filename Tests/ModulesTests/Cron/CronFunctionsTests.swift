import Functions
import HostSystem
import HostSystemTesting
import Modules
import OrderedCollections
import Synchronization
import Testing
import Value

@Suite struct CronFunctionsTests {
  /// A crontab(1) that keeps one table.
  private final class Table: Sendable {
    private let content: Mutex<String?>
    init(_ text: String?) { content = Mutex(text) }
    var text: String? { content.withLock { $0 } }

    var commands: ScriptedCommands {
      ScriptedCommands { [self] command in
        switch (command.arguments, command.standardInput) {
        case (["crontab", "-u", "root", "-l"], _):
          guard let text else { return CommandResult(exit: 1, "", error: "no crontab for root\n") }
          return CommandResult(exit: 0, text)
        case (["crontab", "-u", "root", "-"], .bytes(let bytes)):
          content.withLock { $0 = String(decoding: bytes, as: UTF8.self) }
          return CommandResult(exit: 0, "")
        default: return nil
        }
      }
    }
  }

  private static let marker = "# Lines below here are managed by Salt, do not edit\n"
  private let host: DirectoryTestHost
  private let all = CronFunctions.all

  init() throws { host = try DirectoryTestHost() }

  private func set(_ table: Table, _ minute: Value, _ command: Value, _ named: ValueMap = [:]) async throws -> Value {
    try await host.call(
      all, "cron.set_job", "root", minute, "3", "*", "*", "*", command, named: named, commands: table.commands)
  }

  @Test func `a job is new, then present, then updated`() async throws {
    let table = Table(nil)
    #expect(try await set(table, "5", "/bin/x", ["identifier": "job", "comment": "c"]) == "new")
    #expect(table.text == Self.marker + "# c SALT_CRON_IDENTIFIER:job\n5 3 * * * /bin/x\n")
    #expect(try await set(table, "5", "/bin/x", ["identifier": "job"]) == "present")
    #expect(try await set(table, "6", "/bin/y", ["identifier": "job"]) == "updated")
    #expect(table.text == Self.marker + "# c SALT_CRON_IDENTIFIER:job\n6 3 * * * /bin/y\n")
  }

  @Test func `a job without identifier is found by its command and takes one`() async throws {
    let table = Table("7 * * * * /own\n" + Self.marker + "5 3 * * * /bin/x\n")
    #expect(try await set(table, "5", "/bin/x") == "present")
    #expect(try await set(table, "5", "/bin/x", ["identifier": "job"]) == "updated")
    #expect(table.text == "7 * * * * /own\n" + Self.marker + "# SALT_CRON_IDENTIFIER:job\n5 3 * * * /bin/x\n")
    #expect(try await set(table, "5", "/bin/z") == "new")
  }

  @Test func `a random minute stays`() async throws {
    let table = Table(nil)
    #expect(try await set(table, "random", "/bin/x") == "new")
    let text = table.text
    #expect(try await set(table, "random", "/bin/x") == "present")
    #expect(table.text == text)
  }

  @Test func `a job can become a special one`() async throws {
    let table = Table(Self.marker + "# SALT_CRON_IDENTIFIER:job\n5 3 * * * /bin/x\n")
    let result = try await host.call(
      all, "cron.set_special", "root", "@daily", "/bin/x", named: ["identifier": "job"], commands: table.commands)
    #expect(result == "updated")
    #expect(table.text == Self.marker + "# SALT_CRON_IDENTIFIER:job\n@daily /bin/x\n")
  }

  @Test func `jobs are removed when the times fit`() async throws {
    let table = Table(Self.marker + "5 3 * * * /bin/x\n@daily /bin/y\n")
    func remove(_ name: String, _ command: Value, _ named: ValueMap = [:]) async throws -> Value {
      try await host.call(all, name, "root", command, named: named, commands: table.commands)
    }
    #expect(try await remove("cron.rm_job", "/bin/none") == "absent")
    #expect(try await remove("cron.rm_job", "/bin/x", ["minute": 6]) == "absent")
    #expect(try await remove("cron.rm", "/bin/x", ["minute": 5, "hour": "random"]) == "removed")
    #expect(try await remove("cron.rm_special", "/bin/y", ["special": "@hourly"]) == "absent")
    #expect(try await remove("cron.rm_special", "/bin/y", ["special": "@daily"]) == "removed")
    #expect(table.text == Self.marker)
  }

  @Test func `variables`() async throws {
    let table = Table(nil)
    func call(_ name: String, _ words: Value...) async throws -> Value {
      let registry = FunctionRegistry(all)
      let context = FunctionContext(commands: table.commands, files: host.files, registry: registry)
      return try await registry.call(name, CallArguments(["root"] + words), context)
    }
    #expect(try await call("cron.set_env", "MAILTO", "a@b") == "new")
    #expect(try await call("cron.set_env", "MAILTO", "a@b") == "present")
    #expect(try await call("cron.set_env", "MAILTO") == "updated")
    #expect(table.text == Self.marker + "MAILTO=\"\"\n")
    #expect(try await call("cron.set_env", "MAILTO") == "present")
    #expect(try await call("cron.rm_env", "OTHER") == "absent")
    #expect(try await call("cron.rm_env", "MAILTO") == "removed")
    #expect(table.text == Self.marker)
  }

  @Test(
    arguments: [
      ["cmd": "a\n* * * * * evil"], ["identifier": "x\ny", "cmd": "a"], ["cmd": ""], ["cmd": "a", "minute": "* *"],
      ["cmd": "a", "comment": "x\ry"], ["user": "-e", "cmd": "a"],
    ] as [ValueMap])
  func `no argument can add a line`(odd: ValueMap) async throws {
    let table = Table("")
    let usual: ValueMap = [
      "user": "root", "minute": "1", "hour": "1", "daymonth": "1", "month": "1", "dayweek": "1",
    ]
    let commands = table.commands
    await #expect {
      try await host.call(all, "cron.set_job", named: usual.merging(odd) { $1 }, commands: commands)
    } throws: {
      ($0 as? FunctionError)?.code == .badArguments
    }
    #expect(table.text == "")
  }

  @Test func `a comment of several lines stays a comment`() async throws {
    let table = Table("")
    #expect(try await set(table, "1", "x", ["comment": "a\n* * * * * evil"]) == "new")
    #expect(table.text == Self.marker + "# a\n# * * * * * evil\n1 3 * * * x\n")
    #expect(try await set(table, "1", "x", ["comment": "a\n* * * * * evil"]) == "present")
  }

  @Test func `entries are found`() async throws {
    let table = Table(Self.marker + "# SALT_CRON_IDENTIFIER:job\n5 3 * * * /bin/x\n@daily /bin/y\n")
    let commands = table.commands
    #expect(
      try await host.call(all, "cron.get_entry", "root", named: ["identifier": "job"], commands: commands)["cmd"]
        == "/bin/x")
    #expect(
      try await host.call(all, "cron.get_entry", "root", named: ["cmd": "/bin/y"], commands: commands)["spec"]
        == "@daily")
    #expect(try await host.call(all, "cron.get_entry", "root", "none", commands: commands) == false)
    #expect(try await host.call(all, "cron.ls", "root", commands: commands)["crons"]?[0]?["minute"] == "5")
  }

  @Test func `the header of old crontabs is not part of the table`() async throws {
    let header = "# DO NOT EDIT THIS FILE - edit the master and reinstall.\n# (x installed)\n# (Cron version)\n"
    let table = Table(header + "1 1 1 1 1 x\n")
    #expect(try await host.call(all, "cron.raw_cron", "root", commands: table.commands) == "1 1 1 1 1 x\n")
  }

  @Test func `failures are errors and change nothing`() async throws {
    let denied = ScriptedCommands([
      "crontab": CommandResult(exit: 1, "", error: "You (x) are not allowed to use this program")
    ])
    await #expect { try await host.call(all, "cron.raw_cron", "root", commands: denied) } throws: {
      "\($0)".contains("not allowed")
    }
    var long = CommandResult(exit: 0, "1 1 1 1 1 x\n")
    long.isTruncated = true
    let truncated = ScriptedCommands(["crontab -u root -l": long])
    await #expect(throws: FunctionError.self) {
      try await host.call(all, "cron.rm_job", "root", "x", commands: truncated)
    }
    #expect(truncated.runs == [["crontab", "-u", "root", "-l"]])
    await #expect {
      try await host.call(all, "cron.ls", "root", commands: ScriptedCommands(programs: [], [:]))
    } throws: {
      ($0 as? FunctionError)?.code == .unavailable
    }
  }

  @Test func `nothing is installed under test`() async throws {
    let table = Table("")
    let result = try await host.call(
      all, "cron.set_special", "root", "@daily", "/bin/x", commands: table.commands, isTest: true)
    #expect(result["result"] == .null)
    #expect(table.text == "")
  }
}
