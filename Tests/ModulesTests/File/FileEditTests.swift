import Functions
import Modules
import OrderedCollections
import Testing
import Value

@Suite struct FileEditTests {
  private let host: DirectoryTestHost

  init() throws { host = try DirectoryTestHost(["/x": "one 1\ntwo 2\n"]) }

  private func call(_ name: String, _ words: Value..., named: ValueMap = [:], isTest: Bool = false) async throws
    -> Value
  {
    let registry = FunctionRegistry(FileFunctions.all)
    let context = FunctionContext(commands: NoCommands(), files: host.files, isTest: isTest, registry: registry)
    return try await registry.call(name, CallArguments(words, named: named), context)
  }

  @Test func `replace gives the diff and keeps a copy`() async throws {
    let diff = "--- \n+++ \n@@ -1,2 +1,2 @@\n-one 1\n+1 one\n two 2\n"
    #expect(try await call("file.replace", "/x", "(one) (1)", "\\2 \\1", isTest: true) == .string(diff))
    #expect(try await call("file.replace", "/x", "(one) (1)", "\\2 \\1") == .string(diff))
    #expect(try host.text("/x") == "1 one\ntwo 2\n")
    #expect(try host.text("/x.bak") == "one 1\ntwo 2\n")
  }

  @Test func `replace only looks with search_only`() async throws {
    #expect(try await call("file.replace", "/x", "two", "", named: ["search_only": true]) == true)
    #expect(try await call("file.replace", "/x", "six", "", named: ["search_only": true]) == false)
    #expect(!host.files.exists("/x.bak"))
  }

  @Test func `line puts a line in place`() async throws {
    let named: ValueMap = ["content": "new", "mode": "ensure", "after": "one", "show_changes": false]
    #expect(try await call("file.line", "/x", named: named) == true)
    #expect(try await call("file.line", "/x", named: named) == false)
    #expect(try host.text("/x") == "one 1\nnew\ntwo 2\n")
  }

  @Test(arguments: [("^two", "", true), ("^wo", "", false), ("^wo", "t", true), ("zzz", "", false)])
  func `contains_regex looks line by line`(_ regex: String, _ signs: String, _ isFound: Bool) async throws {
    let result = try await call("file.contains_regex", "/x", .string(regex), .string(signs))
    #expect(result == .bool(isFound))
  }

  @Test func `a bad expression is a bad argument`() async throws {
    await #expect { try await call("file.replace", "/x", "(", "") } throws: {
      ($0 as? FunctionError)?.code == .badArguments
    }
  }
}
