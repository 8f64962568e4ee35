import Functions
import HostSystem
import HostSystemTesting
import Modules
import OrderedCollections
import Synchronization
import Testing
import Value

@Suite struct ShadowFunctionsTests {
  private static let hash = "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7"
  private static let shadow = """
    root:*:19000:0:99999:7:::
    deploy:\(hash):19500:1:90:7:14:20000:
    locked:!\(hash):19500:0:99999:7:::
    empty::19500:0:99999:7:::

    """

  private let host: DirectoryTestHost
  private let all = ShadowFunctions.all

  init() throws { host = try DirectoryTestHost(["/etc/shadow": Self.shadow]) }

  /// A tool that edits the shadow file.
  private func editing(_ old: String, _ new: String) -> ScriptedCommands {
    let files = host.files
    return ScriptedCommands { _ in
      guard let text = try? files.readText("/etc/shadow") else { return nil }
      try? files.write("/etc/shadow", text: text.replacing(old, with: new))
      return CommandResult(exit: 0, "")
    }
  }

  @Test func `info has Salt's keys and no hash`() async throws {
    #expect(
      try await host.call(all, "shadow.info", "deploy", commands: NoCommands()) == [
        "name": "deploy", "passwd": "$y$**********", "lstchg": 19500, "min": 1, "max": 90, "warn": 7, "inact": 14,
        "expire": 20000,
      ])
    #expect(try await host.call(all, "shadow.info", "root")["passwd"] == "*")
    #expect(try await host.call(all, "shadow.info", "root")["expire"] == -1)
    #expect(try await host.call(all, "shadow.info", "locked")["passwd"] == "!$y$**********")
    #expect(try await host.call(all, "shadow.info", "empty")["passwd"] == "")
    #expect(
      try await host.call(all, "shadow.info", "nobody") == [
        "name": "", "passwd": "", "lstchg": "", "min": "", "max": "", "warn": "", "inact": "", "expire": "",
      ])
  }

  @Test(arguments: [
    ("!", "!"), ("!!", "!!"), ("!*", "!*"), ("x", "x"), ("aaSecretDES.x", "**********"), ("$1$a$b", "$1$**********"),
    ("$way-too-long-method$a$b", "**********"), ("$secret", "**********"), ("!plain", "!**********"),
    ("$s cr t$x", "**********"),
  ])
  func `fields are masked`(field: String, shown: String) async throws {
    try host.files.write("/etc/shadow", text: "u:\(field):1::::::\n")
    #expect(try await host.call(all, "shadow.info", "u")["passwd"] == .string(shown))
  }

  @Test func `users are listed`() async throws {
    #expect(try await host.call(all, "shadow.list_users") == ["deploy", "empty", "locked", "root"])
  }

  @Test func `a hash goes in on standard input only`() async throws {
    let hash = "$6$rounds=5000$saltsalt$abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUV"
    let files = host.files
    let given = Mutex<[UInt8]>([])
    let commands = ScriptedCommands { command in
      guard case .secret(let secret) = command.standardInput, let text = try? files.readText("/etc/shadow") else {
        return nil
      }
      given.withLock { $0 = secret.withBytes { $0 } }
      try? files.write("/etc/shadow", text: text.replacing("deploy:\(Self.hash)", with: "deploy:\(hash)"))
      return CommandResult(exit: 0, "")
    }
    #expect(try await host.call(all, "shadow.set_password", "deploy", .string(hash), commands: commands) == true)
    #expect(commands.runs == [["chpasswd", "-e"]])
    #expect(given.withLock { String(decoding: $0, as: UTF8.self) } == "deploy:\(hash)\n")
    // The same again starts nothing.
    #expect(try await host.call(all, "shadow.set_password", "deploy", .string(hash), commands: NoCommands()) == true)
  }

  @Test(arguments: [
    "hunter2", "", "$6$", "$6$salt$aaaaaaaaaaaaaaaaaaaaaaaa:0",
    "$6$salt$aaaaaaaaaaaaaaaaaaaaaaaa\nroot:",
  ])
  func `what is no hash is refused and not repeated`(text: String) async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 0, "") }
    await #expect {
      try await host.call(all, "shadow.set_password", "deploy", .string(text), commands: commands)
    } throws: {
      ($0 as? FunctionError)?.code == .badArguments && (text.isEmpty || !"\($0)".contains(text))
    }
    #expect(commands.runs.isEmpty)
  }

  @Test func `usermod is refused`() async throws {
    await #expect { try await host.call(all, "shadow.set_password", "deploy", .string(Self.hash), true) } throws: {
      ($0 as? FunctionError)?.code == .badArguments
    }
  }

  @Test func `locks`() async throws {
    let lock = editing("deploy:$", "deploy:!$")
    #expect(try await host.call(all, "shadow.lock_password", "deploy", commands: lock) == true)
    #expect(lock.runs == [["passwd", "-l", "deploy"]])
    #expect(try await host.call(all, "shadow.lock_password", "deploy", commands: NoCommands()) == true)
    let unlock = editing("locked:!", "locked:")
    #expect(try await host.call(all, "shadow.unlock_password", "locked", commands: unlock) == true)
    #expect(unlock.runs == [["passwd", "-u", "locked"]])
    let delete = editing("locked:\(Self.hash)", "locked:")
    #expect(try await host.call(all, "shadow.del_password", "locked", commands: delete) == true)
    #expect(delete.runs == [["passwd", "-d", "locked"]])
  }

  @Test func `a lock that did not take is told`() async throws {
    let idle = ScriptedCommands { _ in CommandResult(exit: 0, "") }
    #expect(try await host.call(all, "shadow.lock_password", "deploy", commands: idle) == false)
    let refused = ScriptedCommands([
      "passwd": CommandResult(exit: 3, "", error: "passwd: unlocking the password would …")
    ])
    await #expect(throws: FunctionError.self) {
      try await host.call(all, "shadow.unlock_password", "locked", commands: refused)
    }
  }

  @Test(arguments: [
    ("shadow.set_mindays", "-m"), ("shadow.set_maxdays", "-M"), ("shadow.set_warndays", "-W"),
    ("shadow.set_inactdays", "-I"), ("shadow.set_date", "-d"), ("shadow.set_expire", "-E"),
  ])
  func `ageing goes to chage`(name: String, option: String) async throws {
    let commands = ScriptedCommands { _ in CommandResult(exit: 0, "") }
    _ = try await host.call(all, name, "deploy", 30, commands: commands)
    #expect(commands.runs == [["chage", option, "30", "deploy"]])
    await #expect { try await host.call(all, name, "nobody", 30, commands: commands) } throws: {
      ($0 as? FunctionError)?.code == .notFound
    }
  }

  @Test func `ageing is compared and read again`() async throws {
    #expect(try await host.call(all, "shadow.set_maxdays", "deploy", 90, commands: NoCommands()) == true)
    let commands = editing(":1:90:", ":1:60:")
    #expect(try await host.call(all, "shadow.set_maxdays", "deploy", 60, commands: commands) == true)
    let idle = ScriptedCommands { _ in CommandResult(exit: 0, "") }
    #expect(try await host.call(all, "shadow.set_maxdays", "deploy", 10, commands: idle) == false)
    #expect(try await host.call(all, "shadow.set_expire", "deploy", "2031-12-24", commands: idle) == true)
    await #expect(throws: FunctionError.self) {
      try await host.call(all, "shadow.set_expire", "deploy", "tomorrow", commands: idle)
    }
  }

  @Test(arguments: [
    ("sha512", "$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1"),
    ("sha256", "$5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA"),
  ])
  func `hashes are those of other programs`(algorithm: String, hash: String) async throws {
    let made = try await host.call(
      all, "shadow.gen_password", "secret", "saltsalt", .string(algorithm), commands: NoCommands())
    #expect(made == .string(hash))
  }

  @Test(arguments: ["blowfish", "yescrypt", "sha512"]) func `a salt of its own`(algorithm: String) async throws {
    let named: ValueMap = ["password": "secret", "algorithm": .string(algorithm)]
    let first = try await host.call(all, "shadow.gen_password", named: named, commands: NoCommands())
    #expect(first.description.hasPrefix("$"))
    #expect(try await host.call(all, "shadow.gen_password", named: named, commands: NoCommands()) != first)
  }

  @Test(
    arguments: [
      ["password": "x", "crypt_salt": "a$b"], ["password": "x", "crypt_salt": "12345678901234567"],
      ["password": "x", "algorithm": "md5"], ["password": "x", "algorithm": "blowfish", "crypt_salt": "ab"],
      ["password": "a\0b"],
    ] as [ValueMap])
  func `odd salts are refused`(named: ValueMap) async throws {
    await #expect(throws: FunctionError.self) {
      try await host.call(all, "shadow.gen_password", named: named, commands: NoCommands())
    }
  }

  @Test func `no operator can have a password hashed`() async throws {
    let registry = FunctionRegistry(all)
    var context = FunctionContext(commands: NoCommands(), files: host.files, registry: registry)
    context.jobID = "20261125000000000000"
    await #expect(throws: FunctionError.self) {
      try await registry.call("shadow.gen_password", CallArguments(["secret"]), context)
    }
    context.isNested = true
    _ = try await registry.call("shadow.gen_password", CallArguments(["secret"]), context)
  }
}
