import Functions
import HostSystem
import HostSystemTesting
import Modules
import OrderedCollections
import Testing
import Value

@Suite struct UserFunctionsTests {
  private static let passwd = """
    root:x:0:0:root:/root:/bin/bash
    # a comment
    +nis::::::
    broken:x:y
    daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
    deploy:x:2001:2001:Deploy Bot,Room 1,123,456,more, text:/home/deploy:/bin/bash
    old:$6$saltsalt$verysecrethash:2002:2001::/home/old:/bin/sh

    """
  private static let group = """
    root:x:0:
    daemon:x:1:
    adm:x:4:syslog,deploy
    www-data:x:33:
    deploy:x:2001:

    """

  private let host: DirectoryTestHost
  private let all = UserFunctions.all

  init() throws {
    host = try DirectoryTestHost([
      "/etc/passwd": Self.passwd, "/etc/group": Self.group, "/etc/login.defs": "# x\nUSERGROUPS_ENAB yes\n",
    ])
  }

  /// Runs a function and returns the argv of what it started.
  private func argv(_ name: String, _ words: Value..., named: ValueMap = [:]) async throws -> [[String]] {
    let commands = ScriptedCommands { _ in CommandResult(exit: 0, "") }
    let registry = FunctionRegistry(all)
    let context = FunctionContext(commands: commands, files: host.files, registry: registry)
    _ = try await registry.call(name, CallArguments(words, named: named), context)
    return commands.runs
  }

  @Test func `info takes the comment field apart`() async throws {
    #expect(
      try await host.call(all, "user.info", "deploy", commands: NoCommands()) == [
        "gid": 2001, "groups": ["adm", "deploy"], "home": "/home/deploy", "name": "deploy", "passwd": "x",
        "shell": "/bin/bash", "uid": 2001, "fullname": "Deploy Bot", "roomnumber": "Room 1", "workphone": "123",
        "homephone": "456", "other": "more, text",
      ])
    #expect(try await host.call(all, "user.info", "nobody") == [:])
  }

  @Test func `a hash in passwd is not shown`() async throws {
    #expect(try await host.call(all, "user.info", "old")["passwd"] == "$6$**********")
    #expect(!"\(try await host.call(all, "user.getent"))".contains("verysecrethash"))
  }

  @Test func `users and groups are listed`() async throws {
    #expect(try await host.call(all, "user.list_users") == ["daemon", "deploy", "old", "root"])
    #expect(try await host.call(all, "user.list_groups", "old") == ["deploy"])
    #expect(try await host.call(all, "user.primary_group", "old") == "deploy")
    #expect(try await host.call(all, "user.getent").listValue?.count == 4)
  }

  @Test func `name services are asked only where they are set`() async throws {
    try host.files.write("/etc/nsswitch.conf", text: "passwd: files sss # x\ngroup: files [NOTFOUND=return] sss\n")
    let commands = ScriptedCommands([
      "getent passwd ldapuser": CommandResult(exit: 0, "ldapuser:*:9001:9000:Anna:/home/anna:/bin/bash\n"),
      "getent passwd nobody": CommandResult(exit: 2, ""),
      "id -Gnz ldapuser": CommandResult(exit: 0, "domain users\0adm\0"),
    ])
    let info = try await host.call(all, "user.info", "ldapuser", commands: commands)
    #expect(info["uid"] == 9001)
    #expect(info["groups"] == ["adm", "domain users"])
    #expect(try await host.call(all, "user.info", "nobody", commands: commands) == [:])
  }

  @Test func `a broken name service is an error, not a missing user`() async throws {
    try host.files.write("/etc/nsswitch.conf", text: "passwd: files sss\n")
    let commands = ScriptedCommands(["getent": CommandResult(exit: 139, "")])
    await #expect(throws: FunctionError.self) { try await host.call(all, "user.info", "x", commands: commands) }
  }

  @Test func `add builds one command line`() async throws {
    #expect(try await argv("user.add", "web") == [["useradd", "-m", "web"]])
    let full: ValueMap = [
      "uid": 3000, "gid": "www-data", "groups": "adm,deploy", "home": "/srv/web", "shell": "/bin/sh", "unique": false,
      "system": true, "fullname": "Web Site", "homephone": "7", "createhome": false,
    ]
    #expect(
      try await argv("user.add", "web", named: full) == [
        [
          "useradd", "-s", "/bin/sh", "-u", "3000", "-g", "www-data", "-M", "-d", "/srv/web", "-o", "-r", "-G",
          "adm,deploy", "-c", "Web Site,,,7", "web",
        ]
      ])
    #expect(try await argv("user.add", "web", named: ["usergroup": false]) == [["useradd", "-N", "-m", "web"]])
    #expect(
      try await argv("user.add", "www-data", named: ["groups": "www-data"])
        == [["useradd", "-g", "33", "-m", "-G", "www-data", "www-data"]])
  }

  @Test(arguments: [
    "-x", "a b", "a:b", "", "1234", "..", "a,b", "a/b", "a\nb", "ünï", String(repeating: "a", count: 33),
  ])
  func `bad names never reach a tool`(name: String) async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 0, "") }
    await #expect { try await host.call(all, "user.add", .string(name), commands: commands) } throws: {
      ($0 as? FunctionError)?.code == .badArguments
    }
    #expect(commands.runs.isEmpty)
  }

  @Test(
    arguments: [
      ["shell": "bin/sh"], ["home": "/a:b"], ["fullname": "a:b"], ["fullname": "a,b"], ["fullname": "a\nb"],
      ["groups": "-G"], ["uid": -1], ["loginclass": "x"],
    ] as [ValueMap])
  func `bad fields never reach a tool`(named: ValueMap) async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 0, "") }
    await #expect(throws: FunctionError.self) {
      try await host.call(all, "user.add", "web", named: named, commands: commands)
    }
    #expect(commands.runs.isEmpty)
  }

  @Test func `what useradd says is said`() async throws {
    let commands = ScriptedCommands([
      "useradd": CommandResult(exit: 9, "", error: "useradd: user 'web' already exists\n")
    ])
    await #expect { try await host.call(all, "user.add", "web", commands: commands) } throws: {
      "\($0)".contains("ended with 9: useradd: user 'web' already exists")
    }
    let locked = ScriptedCommands([
      "useradd": CommandResult(exit: 1, "", error: "useradd: cannot lock /etc/passwd; try again later.")
    ])
    await #expect { try await host.call(all, "user.add", "web", commands: locked) } throws: {
      ($0 as? FunctionError)?.code == .busy
    }
  }

  @Test func `a host without the tools says so`() async throws {
    await #expect {
      try await host.call(all, "user.add", "web", commands: ScriptedCommands(programs: [], [:]))
    } throws: {
      ($0 as? FunctionError)?.code == .unavailable
    }
  }

  @Test func `delete forgives a missing mail spool only`() async throws {
    let spool = CommandResult(exit: 12, "", error: "userdel: deploy mail spool (/var/mail/deploy) not found\n")
    let commands = ScriptedCommands(["userdel -r -f deploy": spool])
    #expect(
      try await host.call(all, "user.delete", "deploy", named: ["remove": true, "force": true], commands: commands)
        == true)
    let home = ScriptedCommands([
      "userdel": CommandResult(exit: 12, "", error: "userdel: error removing directory /home")
    ])
    await #expect(throws: FunctionError.self) { try await host.call(all, "user.delete", "deploy", commands: home) }
  }

  @Test func `a change reads the account again`() async throws {
    let files = host.files
    let commands = ScriptedCommands { command in
      guard command.arguments == ["usermod", "-s", "/bin/sh", "deploy"], let text = try? files.readText("/etc/passwd")
      else { return nil }
      try? files.write("/etc/passwd", text: text.replacing("/home/deploy:/bin/bash", with: "/home/deploy:/bin/sh"))
      return CommandResult(exit: 0, "")
    }
    #expect(try await host.call(all, "user.chshell", "deploy", "/bin/sh", commands: commands) == true)
    #expect(commands.runs.count == 1)
    // Now it is so already.
    #expect(try await host.call(all, "user.chshell", "deploy", "/bin/sh", commands: commands) == true)
    #expect(commands.runs.count == 1)
    // A tool that does nothing is not believed.
    let idle = ScriptedCommands { _ in CommandResult(exit: 0, "") }
    #expect(try await host.call(all, "user.chuid", "deploy", 5000, commands: idle) == false)
  }

  @Test func `changes have the right options`() async throws {
    #expect(try await argv("user.chuid", "deploy", 5000) == [["usermod", "-u", "5000", "deploy"]])
    #expect(try await argv("user.chgid", "deploy", "adm") == [["usermod", "-g", "4", "deploy"]])
    #expect(try await argv("user.chhome", "deploy", "/srv/d", true) == [["usermod", "-d", "/srv/d", "-m", "deploy"]])
    #expect(
      try await argv("user.chfullname", "deploy", "New") == [
        ["usermod", "-c", "New,Room 1,123,456,more, text", "deploy"]
      ])
    #expect(try await argv("user.chgroups", "deploy", "www-data,adm") == [["usermod", "-G", "www-data,adm", "deploy"]])
    #expect(try await argv("user.chgroups", "deploy", "adm") == [])
    #expect(
      try await argv("user.chgroups", "deploy", "www-data", named: ["append": true])
        == [["usermod", "-a", "-G", "www-data", "deploy"]])
    #expect(try await argv("user.rename", "deploy", "release") == [["usermod", "-l", "release", "deploy"]])
  }

  @Test func `missing users and groups are errors`() async throws {
    for (name, word) in [("user.chshell", "/bin/sh"), ("user.chgid", "0"), ("user.rename", "x")] {
      await #expect { try await host.call(all, name, "nobody", .string(word)) } throws: {
        ($0 as? FunctionError)?.code == .notFound
      }
    }
    await #expect { try await host.call(all, "user.chgroups", "deploy", "nogroup") } throws: {
      ($0 as? FunctionError)?.code == .notFound
    }
    await #expect(throws: FunctionError.self) { try await host.call(all, "user.rename", "deploy", "root") }
  }

  @Test func `nothing runs under test`() async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 0, "") }
    let result = try await host.call(all, "user.add", "web", commands: commands, isTest: true)
    #expect(result == ["result": .null, "comment": "user.add would run `useradd -m web`."])
    #expect(commands.runs.isEmpty)
  }

  @Test func `another root is handed to the tools and read`() async throws {
    try host.files.makeDirectory("/img/etc")
    try host.files.write("/img/etc/passwd", text: "inner:x:7:7::/:/bin/sh\n")
    #expect(try await host.call(all, "user.list_users", "/img/") == ["inner"])
    #expect(try await argv("user.delete", "inner", named: ["root": "/img"]) == [["userdel", "-R", "/img", "inner"]])
  }
}
