import Functions
import HostSystem
import HostSystemTesting
import Modules
import OrderedCollections
import Testing
import Value

@Suite struct GroupFunctionsTests {
  private let host: DirectoryTestHost
  private let all = GroupFunctions.all

  init() throws {
    host = try DirectoryTestHost([
      "/etc/group": "root:x:0:\nadm:x:4:syslog,deploy\nold:$6$salt$secrethash:7:\nbroken:x\n+:::\n"
    ])
  }

  private func argv(_ name: String, _ words: Value..., named: ValueMap = [:]) async throws -> [[String]] {
    let commands = ScriptedCommands { _ in CommandResult(exit: 0, "") }
    let registry = FunctionRegistry(all)
    let context = FunctionContext(commands: commands, files: host.files, registry: registry)
    _ = try await registry.call(name, CallArguments(words, named: named), context)
    return commands.runs
  }

  @Test func `info`() async throws {
    #expect(
      try await host.call(all, "group.info", "adm", commands: NoCommands())
        == ["name": "adm", "passwd": "x", "gid": 4, "members": ["syslog", "deploy"]])
    #expect(try await host.call(all, "group.info", "none") == [:])
    #expect(try await host.call(all, "group.info", "old")["passwd"] == "$6$**********")
  }

  @Test func `getent gives all that are whole`() async throws {
    let groups = try await host.call(all, "group.getent").listValue ?? []
    #expect(groups.map { $0["name"] } == ["root", "adm", "old"])
  }

  @Test func `changes have the right options`() async throws {
    #expect(try await argv("group.add", "web") == [["groupadd", "web"]])
    #expect(
      try await argv("group.add", "web", named: ["gid": 900, "system": true, "non_unique": true])
        == [["groupadd", "-g", "900", "-o", "-r", "web"]])
    #expect(try await argv("group.add", "web", named: ["local": true]) == [["lgroupadd", "web"]])
    #expect(try await argv("group.delete", "adm") == [["groupdel", "adm"]])
    #expect(try await argv("group.chgid", "adm", 40) == [["groupmod", "-g", "40", "adm"]])
    #expect(try await argv("group.chgid", "adm", 4) == [])
    #expect(try await argv("group.adduser", "adm", "anna") == [["gpasswd", "--add", "anna", "adm"]])
    #expect(try await argv("group.adduser", "adm", "deploy") == [])
    #expect(try await argv("group.deluser", "adm", "deploy") == [["gpasswd", "--del", "deploy", "adm"]])
    #expect(try await argv("group.deluser", "adm", "anna") == [])
    #expect(try await argv("group.members", "adm", "a,b") == [["gpasswd", "--members", "a,b", "adm"]])
    #expect(try await argv("group.members", "adm", "deploy,syslog") == [])
  }

  @Test(arguments: ["-d", "a:b", "a,b", "", "a b"])
  func `bad names never reach a tool`(name: String) async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 0, "") }
    await #expect { try await host.call(all, "group.add", .string(name), commands: commands) } throws: {
      ($0 as? FunctionError)?.code == .badArguments
    }
    #expect(commands.runs.isEmpty)
  }

  @Test func `failures are errors with the tool's words`() async throws {
    let commands = ScriptedCommands([
      "groupdel": CommandResult(exit: 8, "", error: "groupdel: cannot remove the primary group of user 'deploy'")
    ])
    await #expect { try await host.call(all, "group.delete", "adm", commands: commands) } throws: {
      "\($0)".contains("primary group of user 'deploy'")
    }
    await #expect { try await host.call(all, "group.adduser", "none", "deploy") } throws: {
      ($0 as? FunctionError)?.code == .notFound
    }
  }
}
