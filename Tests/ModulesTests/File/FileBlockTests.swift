import Functions
import HostSystem
import Modules
import OrderedCollections
import Testing
import Value

@Suite struct FileBlockTests {
  private let all = FileFunctions.all

  private func replace(_ host: DirectoryTestHost, _ content: Value, _ named: ValueMap = [:]) async throws -> Value {
    try await host.call(all, "file.blockreplace", "/etc/hosts", "# {", "# }", content, named: named)
  }

  @Test func `content is replaced, the rest and a copy stay`() async throws {
    let host = try DirectoryTestHost(["/etc/hosts": "a\n# { mine\nold\n# } end\nb\n"])
    let diff = try await replace(host, "new\n")
    #expect(try host.text("/etc/hosts") == "a\n# { mine\nnew\n# } end\nb\n")
    #expect(try host.text("/etc/hosts.bak") == "a\n# { mine\nold\n# } end\nb\n")
    #expect(diff == "--- \n+++ \n@@ -1,5 +1,5 @@\n a\n # { mine\n-old\n+new\n # } end\n b\n")
    #expect(try await replace(host, "new\n") == "")
  }

  @Test func `a missing block is added only when told`() async throws {
    let host = try DirectoryTestHost(["/etc/hosts": "a"])
    await #expect(throws: FunctionError.self) { try await replace(host, "x") }
    #expect(try host.text("/etc/hosts") == "a")
    let changed = try await replace(
      host, "x", ["append_if_not_found": true, "append_newline": true, "backup": false, "show_changes": false])
    #expect(changed == true)
    #expect(try host.text("/etc/hosts") == "a\n# {\nx\n# }\n")
    #expect(try host.files.entries("/etc") == ["hosts"])
  }

  @Test func `an open block is an error`() async throws {
    let host = try DirectoryTestHost(["/etc/hosts": "# {\nold\n"])
    await #expect(throws: FunctionError.self) { try await replace(host, "x", ["append_if_not_found": true]) }
    #expect(try host.text("/etc/hosts") == "# {\nold\n")
  }

  @Test func `a dry run changes nothing`() async throws {
    let host = try DirectoryTestHost(["/etc/hosts": "# {\nold\n# }\n"])
    #expect(try await replace(host, "new\n", ["dry_run": true, "show_changes": false]) == true)
    #expect(try host.text("/etc/hosts") == "# {\nold\n# }\n")
    #expect(try host.files.entries("/etc") == ["hosts"])
  }

  @Test func `what is not text is left alone`() async throws {
    let host = try DirectoryTestHost()
    try host.files.makeDirectory("/etc")
    try host.files.write("/etc/hosts", [0x23, 0x20, 0x7B, 0x0A, 0xFF, 0x0A])
    await #expect(throws: FunctionError.self) { try await replace(host, "x", ["append_if_not_found": true]) }
  }
}
