import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

/// How secrets reach git.
@Suite struct GitAccessTests {
  private let host: StateTestHost
  init() throws { host = try StateTestHost() }

  private func call(
    _ function: String, _ named: ValueMap, _ answer: @escaping ScriptedCommands.Answer
  ) async throws -> (Value, ScriptedCommands) {
    let commands = ScriptedCommands(answer)
    let context = host.context(commands, isTest: false, chunk: [:]).functions
    let value = try await FunctionRegistry(GitFunctions.all).call(
      "git.\(function)", CallArguments([], named: named), context)
    return (value, commands)
  }

  @Test(
    arguments: [
      ["url": "https://git.example/a", "https_user": "me", "https_pass": "s3/cret"],
      ["url": "https://me:s3%2Fcret@git.example/a"],
    ] as [ValueMap])
  func aPasswordIsInAFileOfItsOwn(_ named: ValueMap) async throws {
    let seen = Mutex<[String]>([])
    let files = host.files
    let (value, commands) = try await call("clone", named.merging(["cwd": "/srv/a"]) { $1 }) { command in
      let helper = command.arguments.first { $0.hasPrefix("credential.helper=store") } ?? ""
      let path = String(helper.dropFirst("credential.helper=store --file=".count + files.root.count))
      let mode = files.status(path).map { String($0.mode, radix: 8) } ?? ""
      seen.withLock { $0 = [(try? files.readText(path)) ?? "", mode, command.environment.description] }
      return CommandResult()
    }
    #expect(value == true)
    let (text, mode, environment) = seen.withLock { ($0[0], $0[1], $0[2]) }
    #expect(text == "https://me:s3%2Fcret@git.example\n")
    #expect(mode == "600")
    #expect(!environment.contains("cret"))
    #expect(environment.contains("\"GIT_TERMINAL_PROMPT\": \"0\""))
    #expect(commands.runs.count == 1)
    let words = commands.runs[0]
    #expect(!words.joined().contains("cret"))
    #expect(Array(words.suffix(4)) == ["clone", "--", "https://git.example/a", host.files.resolve("/srv/a")])
    // Gone when git is done.
    #expect(try host.files.entries("/tmp").isEmpty)
  }

  @Test(arguments: [("push", ["ref": "main"]), ("fetch", [:])] as [(String, ValueMap)])
  func anAddressInPlaceOfARemoteIsCleaned(_ function: String, _ named: ValueMap) async throws {
    let words: ValueMap = ["cwd": "/srv/a", "remote": "https://me:cret@git.example/a"]
    let (_, commands) = try await call(function, named.merging(words) { $1 }) { _ in CommandResult() }
    #expect(!commands.runs.joined().joined().contains("cret"))
    #expect(commands.runs[0].contains("https://git.example/a"))
    #expect(commands.runs[0].contains("credential.helper="))
  }

  @Test func aPasswordIsInNoError() async throws {
    let named: ValueMap = ["cwd": "/srv/a", "url": "https://git.example/a", "https_user": "me", "https_pass": "cret"]
    await #expect {
      try await call("clone", named) { _ in
        CommandResult(exit: 128, "", error: "fatal: https://me:cret@git.example/a: cret is wrong\n")
      }
    } throws: {
      !"\($0)".contains("cret") && "\($0)".contains("Command 'git clone") && "\($0)".contains("<redacted>")
    }
    #expect(try host.files.entries("/tmp").isEmpty)
  }

  @Test(
    arguments: [
      (["url": "http://git.example/a", "https_user": "me"], "Basic Auth only supported for HTTPS"),
      (["url": "http://me:pw@git.example/a"], "A password is not sent in clear"),
      (["url": "/srv/x", "https_pass": "pw"], "Basic Auth only supported for HTTPS"),
      (["url": "--upload-pack=x"], "not the address of a repository"),
      (["url": "/srv/x", "identity": "key"], "identity 'key' is not an absolute path"),
      (["url": "/srv/x", "identity": "/none"], "The following identity file(s) were not found: /none"),
      (["url": "/srv/x", "identity": "/a'b"], "has a quote"),
      (["url": "/srv/x", "identity": "salt://none"], "identity 'salt://none' does not exist."),
      (["url": "/srv/x", "identity": "salt://locked"], "passphrase-protected"), ([:], "Missing 'url' argument"),
      (["url": "/srv/x", "user": "nobodythere"], "There is no user 'nobodythere'"),
    ] as [(ValueMap, String)])
  func badAccessIsRefused(_ named: ValueMap, _ words: String) async throws {
    try host.files.write("/srv/salt/locked", text: "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n")
    let wasRun = Mutex(false)
    await #expect {
      try await call("clone", named.merging(["cwd": "/srv/a"]) { $1 }) { command in
        if command.arguments[0] == "getent" { return CommandResult(exit: 2) }
        wasRun.withLock { $0 = true }
        return CommandResult()
      }
    } throws: {
      "\($0)".contains(words)
    }
    #expect(!wasRun.withLock { $0 })
    #expect(try host.files.entries("/tmp").isEmpty)
  }

  @Test func eachKeyIsTried() async throws {
    try host.files.write("/srv/salt/key1", text: "-----BEGIN RSA PRIVATE KEY-----\n1\n")
    try host.files.write("/etc/key2", text: "-----BEGIN RSA PRIVATE KEY-----\n2\n", mode: 0o600)
    let seen = Mutex<[(String, String)]>([])
    let files = host.files
    let (_, _) = try await call(
      "fetch", ["cwd": "/srv/a", "identity": ["salt://key1", "/etc/key2"]]
    ) { command in
      let ssh = command.environment["GIT_SSH_COMMAND"] ?? ""
      let path = ssh.split(separator: "'").dropFirst().first.map(String.init) ?? ""
      seen.withLock { $0.append((ssh, (try? HostFiles().readText(path)) ?? "")) }
      return path == files.resolve("/etc/key2") ? CommandResult() : CommandResult(exit: 128, "denied")
    }
    let all = seen.withLock { $0 }
    #expect(all.map { $0.1.splitLines().last } == ["1", "2"])
    #expect(all.allSatisfy { $0.0.hasPrefix("ssh -oBatchMode=yes") && $0.0.contains("-oIdentitiesOnly=yes") })
    #expect(try host.files.entries("/tmp").isEmpty)
  }

  @Test(
    arguments: [
      ("checkout", ["rev": "--force"]), ("checkout", [:]), ("branch", ["name": "-D"]), ("merge", ["rev": "-x"]),
      ("push", ["remote": "-x", "ref": "main"]), ("rev_parse", ["rev": "--all"]), ("describe", ["rev": "-x"]),
      ("submodule", ["command": "-x"]), ("symbolic_ref", ["ref": "-d"]), ("tag", ["name": "-x"]),
      ("tag", ["name": "x", "opts": "-m y"]), ("rebase", ["opts": "-i"]), ("fetch", ["remote": "-x"]),
      ("fetch", ["refspecs": ["--upload-pack=x"]]), ("merge_base", ["refs": ["-x"]]),
      ("diff", ["no_index": true, "cached": true]), ("config_set", ["key": "a.b"]),
      ("config_set", ["key": "ab", "value": "1"]),
      ("config_get", ["key": "-x"]), ("remote_set", ["url": "-x"]), ("ls_remote", ["remote": "--upload-pack=x"]),
      ("symbolic_ref", ["ref": "HEAD", "value": "x", "opts": "-d"]), ("archive", ["output": "/tmp/x", "rev": "-o"]),
    ] as [(String, ValueMap)])
  func noNameIsTakenForAnOption(_ function: String, _ named: ValueMap) async throws {
    let wasRun = Mutex(false)
    await #expect(throws: FunctionError.self) {
      try await call(function, named.merging(["cwd": "/srv/a"]) { $1 }) { _ in
        wasRun.withLock { $0 = true }
        return CommandResult()
      }
    }
    #expect(!wasRun.withLock { $0 })
  }
}
