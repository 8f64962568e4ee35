import Functions
import HostSystem
import HostSystemTesting
import Modules
import OrderedCollections
import Testing
import Value

@Suite struct FileReadingTests {
  private let host: DirectoryTestHost
  private let all = FileFunctions.all

  init() throws {
    host = try DirectoryTestHost([
      "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\ndeploy:x:2001:2001:,,,:/home/deploy:/bin/bash\n",
      "/etc/group": "root:x:0:\n", "/etc/os": "NAME=Debian\nVERSION=12\n",
    ])
  }

  @Test func `contains and contains_glob`() async throws {
    #expect(try await host.call(all, "file.contains", "/etc/os", " NAME=Debian ") == true)
    #expect(try await host.call(all, "file.contains", "/etc/os", "name=debian") == false)
    #expect(try await host.call(all, "file.contains", "/etc/none", "x") == false)
    #expect(try await host.call(all, "file.contains_glob", "/etc/os", "*VERSION=1?*") == true)
    #expect(try await host.call(all, "file.contains_glob", "/etc/os", "VERSION*") == false)
  }

  @Test func `contains finds what lies across two reads`() async throws {
    let before = [UInt8](repeating: 0x61, count: (1 << 18) - 3)
    try host.files.write("/etc/large", before + Array("needle".utf8) + before)
    #expect(try await host.call(all, "file.contains", "/etc/large", "needle") == true)
    #expect(try await host.call(all, "file.contains", "/etc/large", "needles") == false)
  }

  @Test func `a pattern of many stars ends soon`() async throws {
    try host.files.write("/etc/long", text: String(repeating: "a", count: 5000))
    let pattern = Value.string(String(repeating: "*a", count: 60) + "b")
    #expect(try await host.call(all, "file.contains_glob", "/etc/long", pattern) == false)
  }

  @Test func `read and seek_read`() async throws {
    #expect(try await host.call(all, "file.read", "/etc/os") == "NAME=Debian\nVERSION=12\n")
    #expect(try await host.call(all, "file.read", "/etc/os", true) == .bytes(Array("NAME=Debian\nVERSION=12\n".utf8)))
    #expect(try await host.call(all, "file.seek_read", "/etc/os", 6, 5) == .bytes(Array("Debian".utf8)))
    #expect(try await host.call(all, "file.seek_read", "/etc/os", 100, 20) == .bytes(Array("12\n".utf8)))
  }

  @Test func `digest comes from coreutils`() async throws {
    let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    let path = host.files.resolve("/etc/os")
    let commands = ScriptedCommands(["sha256sum -b -- \(path)": CommandResult(exit: 0, "\\\(digest) *\(path)\n")])
    #expect(try await host.call(all, "file.get_hash", "/etc/os", commands: commands) == .string(digest))
    #expect(try await host.call(all, "file.check_hash", "/etc/os", .string(digest), commands: commands) == true)
    let upper = Value.string("sha256=\(digest.uppercased())")
    #expect(try await host.call(all, "file.check_hash", "/etc/os", upper, commands: commands) == true)
    let other = Value.string("sha256:" + digest.replacing("e3", with: "00", maxReplacements: 1))
    #expect(try await host.call(all, "file.check_hash", "/etc/os", other, commands: commands) == false)
    #expect(try await host.call(all, "file.get_sum", "/etc/none", commands: commands) == "File not found")
    await #expect(throws: FunctionError.self) {
      try await host.call(all, "file.check_hash", "/etc/os", "abc", commands: commands)
    }
  }

  @Test func `a failed digest is an error`() async throws {
    let commands = ScriptedCommands(["md5sum": CommandResult(exit: 1, "", error: "md5sum: Input/output error")])
    await #expect { try await host.call(all, "file.get_hash", "/etc/os", "md5", commands: commands) } throws: {
      "\($0)".contains("Input/output error")
    }
  }

  @Test func `grep gets an argv that nothing can turn into an option`() async throws {
    let path = host.files.resolve("/etc/os")
    let commands = ScriptedCommands(["grep": CommandResult(exit: 0, "VERSION=12\n")])
    let result = try await host.call(all, "file.grep", "/etc/o*", "-v", "-i", commands: commands)
    #expect(commands.runs == [["grep", "-i", "-e", "-v", "--", path]])
    #expect(result["stdout"] == "VERSION=12")
    #expect(result["retcode"] == 0)
    await #expect(throws: FunctionError.self) {
      try await host.call(all, "file.grep", "/etc/os", "x", "-A 3", commands: commands)
    }
  }

  @Test(arguments: [(Int32(0), true), (1, false)])
  func `search tells by the exit code`(code: Int32, found: Bool) async throws {
    let commands = ScriptedCommands(["grep -P": CommandResult(exit: code, "")])
    #expect(try await host.call(all, "file.search", "/etc/os", "^N", commands: commands) == .bool(found))
  }

  @Test func `a bad expression is an error`() async throws {
    let commands = ScriptedCommands(["grep": CommandResult(exit: 2, "", error: "grep: missing )")])
    await #expect { try await host.call(all, "file.search", "/etc/os", "(", commands: commands) } throws: {
      "\($0)".contains("missing )")
    }
  }

  @Test func `stats has Salt's keys`() async throws {
    let stats = try await host.call(all, "file.stats", "/etc/os", commands: NoCommands())
    let keys = stats.mapValue?.keys.map(\.description) ?? []
    #expect(
      keys == [
        "inode", "uid", "gid", "group", "user", "atime", "mtime", "ctime", "size", "mode", "type", "target",
      ])
    #expect(stats["size"] == 23)
    #expect(stats["mode"] == "0644")
    #expect(stats["type"] == "file")
    #expect(stats["target"] == "/etc/os")
    #expect(try await host.call(all, "file.uid_to_user", 2001) == "deploy")
    #expect(try await host.call(all, "file.uid_to_user", 4321) == 4321)
    #expect(try await host.call(all, "file.user_to_uid", "deploy") == 2001)
    #expect(try await host.call(all, "file.user_to_uid", "nobody-here") == "")
    #expect(try await host.call(all, "file.lstat", "/etc/none") == [:])
    #expect(try await host.call(all, "file.lstat", "/etc/os")["st_mode"] == 0o100644)
  }

  @Test(arguments: [
    ("/a/b", "/a", "b"), ("/a/b/", "/a/b", ""), ("/a", "/", "a"), ("a", "", "a"), ("//a", "//", "a"), ("/", "/", ""),
  ])
  func `paths are taken apart as in Python`(path: String, directory: String, name: String) async throws {
    #expect(try await host.call(all, "file.dirname", .string(path)) == .string(directory))
    #expect(try await host.call(all, "file.basename", .string(path)) == .string(name))
  }

  @Test(arguments: [
    ("/a/../b//c/.", "/b/c"), ("", "."), ("../a", "../a"), ("/..", "/"), ("//a", "//a"), ("///a", "/a"), ("a/..", "."),
  ])
  func `paths are normalized as in Python`(path: String, normal: String) async throws {
    #expect(try await host.call(all, "file.normpath", .string(path)) == .string(normal))
  }

  @Test func `join starts anew at a slash`() async throws {
    #expect(try await host.call(all, "file.join", "/etc", "a/", "b") == "/etc/a/b")
    #expect(try await host.call(all, "file.join", "/etc", "/srv", "b") == "/srv/b")
  }
}
