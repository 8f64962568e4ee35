import Functions
import Glibc
import HostSystem
import Modules
import OrderedCollections
import Testing
import Value

@Suite struct FileWritingTests {
  private let host: DirectoryTestHost

  init() throws { host = try DirectoryTestHost(["/etc/motd": "one\ntwo"]) }

  private func call(_ name: String, _ words: Value..., isTest: Bool = false) async throws -> Value {
    let registry = FunctionRegistry(FileFunctions.all)
    let context = FunctionContext(commands: NoCommands(), files: host.files, isTest: isTest, registry: registry)
    return try await registry.call(name, CallArguments(words), context)
  }

  @Test func `write replaces all and counts the lines`() async throws {
    #expect(try await call("file.write", "/etc/motd", "a", "b") == "Wrote 2 lines to \"/etc/motd\"")
    #expect(try host.text("/etc/motd") == "a\nb\n")
  }

  @Test func `append ends the last line first`() async throws {
    #expect(try await call("file.append", "/etc/motd", "three") == "Wrote 1 lines to \"/etc/motd\"")
    #expect(try host.text("/etc/motd") == "one\ntwo\nthree\n")
  }

  @Test func `append to a missing file is an error`() async throws {
    await #expect { try await call("file.append", "/etc/none", "x") } throws: {
      ($0 as? FunctionError)?.code == .notFound
    }
    #expect(!host.files.exists("/etc/none"))
  }

  @Test func `prepend makes a missing file`() async throws {
    #expect(try await call("file.prepend", "/etc/new", "x") == "Prepended 1 lines to \"/etc/new\"")
    #expect(try await call("file.prepend", "/etc/motd", "zero") == "Prepended 1 lines to \"/etc/motd\"")
    #expect(try host.text("/etc/new") == "x\n")
    #expect(try host.text("/etc/motd") == "zero\none\ntwo")
  }

  @Test func `mode stays when content changes`() async throws {
    #expect(try await call("file.set_mode", "/etc/motd", "0600") == "0600")
    _ = try await call("file.append", "/etc/motd", "x")
    #expect(try await call("file.get_mode", "/etc/motd") == "0600")
  }

  @Test func `a link is written through and stays a link`() async throws {
    try host.link("/etc/link", to: "motd")
    _ = try await call("file.write", "/etc/link", "through")
    #expect(host.files.linkTarget("/etc/link") == "motd")
    #expect(try host.text("/etc/motd") == "through\n")
  }

  @Test func `nothing changes under test`() async throws {
    let result = try await call("file.write", "/etc/motd", "gone", isTest: true)
    #expect(result["result"] == .null)
    #expect(result["comment"]?.stringValue?.contains("/etc/motd") == true)
    #expect(try await call("file.remove", "/etc/motd", isTest: true)["result"] == .null)
    #expect(try await call("file.mkdir", "/srv/x", isTest: true)["result"] == .null)
    #expect(try await call("file.touch", "/etc/t", isTest: true)["result"] == .null)
    #expect(try host.text("/etc/motd") == "one\ntwo")
    #expect(try host.files.entries("/") == ["etc"])
    #expect(try host.files.entries("/etc") == ["motd"])
  }

  @Test func `touch sets times`() async throws {
    #expect(try await call("file.touch", "/etc/stamp", 1_000, 2_000) == true)
    let status = try #require(host.files.status("/etc/stamp"))
    #expect(status.accessTime == 1000)
    #expect(status.modificationTime == 2000)
  }

  @Test func `truncate cuts`() async throws {
    #expect(try await call("file.truncate", "/etc/motd", 3) == .null)
    #expect(try host.text("/etc/motd") == "one")
  }

  @Test(arguments: ["etc/motd", "", "~/x", "/etc/mo\0td"])
  func `odd paths are refused`(path: String) async throws {
    for name in ["file.write", "file.remove", "file.touch", "file.mkdir", "file.read", "file.file_exists"] {
      await #expect { try await call(name, .string(path)) } throws: { ($0 as? FunctionError)?.code == .badArguments }
    }
  }

  @Test(arguments: [("644", "0644"), ("0o750", "0750"), ("1777", "1777"), ("0", "0000")])
  func `modes are read as octal`(given: String, shown: String) async throws {
    #expect(try await call("file.set_mode", "/etc/motd", .string(given)) == .string(shown))
  }

  @Test func `a mode from YAML counts by its digits`() async throws {
    #expect(try await call("file.set_mode", "/etc/motd", 640) == "0640")
  }

  @Test(arguments: ["rw-r--r--", "888", "17777", "-1"])
  func `other modes are refused`(mode: String) async throws {
    await #expect { try await call("file.set_mode", "/etc/motd", .string(mode)) } throws: {
      ($0 as? FunctionError)?.code == .badArguments
    }
  }

  @Test func `check_perms changes the mode and says so`() async throws {
    _ = try await call("file.set_mode", "/etc/motd", "0600")
    let planned = try await call("file.check_perms", "/etc/motd", .map([:]), "", "", "0644", isTest: true)
    #expect(planned[0]?["result"] == .null)
    #expect(planned[0]?["changes"] == ["mode": "0644"])
    #expect(try await call("file.get_mode", "/etc/motd") == "0600")
    let done = try await call("file.check_perms", "/etc/motd", .map([:]), "", "", "0644")
    #expect(done[0]?["result"] == true)
    #expect(done[0]?["changes"] == ["mode": "0644"])
    #expect(done[1]?["lmode"] == "0600")
    #expect(try await call("file.get_mode", "/etc/motd") == "0644")
    let again = try await call("file.check_perms", "/etc/motd", .null, "", "", "0644")
    #expect(again[0]?["changes"] == [:])
  }
}
