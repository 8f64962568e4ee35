import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct TestFunctionsTests {
  private func call(
    _ name: String, _ positional: [Value] = [], _ named: ValueMap = [:], grains: ValueMap = [:],
    options: ValueMap = [:],
    programs: Set<String>? = nil
  ) async throws -> Value {
    let context = FunctionContext(
      commands: ScriptedCommands(programs: programs) { _ in nil }, files: HostFiles(root: "/nowhere"), grains: grains,
      options: options,
      registry: FunctionRegistry(TestFunctions.all).adding([
        Function("pkg.version", "x.", effect: .read) { _, _ in .null }
      ]))
    return try await context.registry.call(name, CallArguments(positional, named: named), context)
  }

  @Test func answers() async throws {
    #expect(try await call("test.ping") == true)
    #expect(try await call("test.true") == true)
    #expect(try await call("test.false") == false)
    #expect(try await call("test.version", grains: ["brineversion": "1.2.3"]) == "1.2.3")
    #expect(try await call("test.not_loaded") == [])
  }

  @Test func givesArgumentsBack() async throws {
    #expect(try await call("test.echo", ["hello"]) == "hello")
    #expect(try await call("test.arg", [1, "two"], ["k": "v"]) == ["args": [1, "two"], "kwargs": ["k": "v"]])
    #expect(try await call("test.kwarg", [], ["a": 1]) == ["a": 1])
    #expect(
      try await call("test.arg_repr", [1, "it's", .null], ["a": [true, 1.5]])
        == ["args": "(1, \"it's\", None)", "kwargs": "{'a': [True, 1.5]}"])
    #expect(try await call("test.arg_repr", [1])["args"] == "(1,)")
    #expect(try await call("test.arg_type", ["a", 1])["args"] == ["<class 'str'>", "<class 'int'>"])
  }

  @Test func computes() async throws {
    #expect(try await call("test.fib", [5])[0] == 5)
    #expect(try await call("test.fib", [92])[0] == 7_540_113_804_746_346_429)
    #expect(try await call("test.collatz", [5])[0] == [5, 16, 8, 4, 2, 1])
    await #expect(throws: FunctionError.self) { try await call("test.fib", [-1]) }
    await #expect(throws: FunctionError.self) { try await call("test.collatz", [0]) }
    await #expect(throws: FunctionError.self) { try await call("test.collatz", [.int(.max)]) }
  }

  @Test(arguments: [("md5", 32), ("sha1", 40), ("sha256", 64), ("sha512", 128)])
  func randomHashesHaveTheirLength(_ type: String, _ length: Int) async throws {
    let first = try await call("test.random_hash", [], ["hash_type": .string(type)])
    #expect(first.stringValue?.utf8.count == length)
    #expect(try await call("test.random_hash", [], ["hash_type": .string(type)]) != first)
  }

  @Test func failsAsAskedFor() async throws {
    let error = await #expect(throws: FunctionError.self) { try await call("test.exception", ["boom"]) }
    #expect(error?.message == "boom")
    #expect(try await call("test.retcode", [3]) == true)
    #expect(try await call("test.retcode", [0]) == true)
  }

  @Test func optionsComeWithoutSecrets() async throws {
    let options: ValueMap = [
      "id": "web1", "master": ["address": "tcp://m:4510", "public_key": "abc"], "password": "x",
      "pillar": [["token": "y"]],
    ]
    let shown = try await call("test.get_opts", options: options)
    #expect(shown["id"] == "web1")
    #expect(shown["master"]?["address"] == "tcp://m:4510")
    #expect(shown["password"] == "***")
    #expect(shown["pillar"]?[0]?["token"] == "***")
  }

  @Test func namesProvidersAsSaltDoes() async throws {
    #expect(try await call("test.provider", ["pkg"], programs: ["apt-get"]) == "aptpkg")
    #expect(try await call("test.provider", ["pkg"], programs: ["dnf"]) == "yumpkg")
    #expect(try await call("test.provider", ["nosuch"]) == .null)
  }

  @Test func sleeps() async throws {
    #expect(try await call("test.sleep", [0]) == true)
    #expect(try await call("test.rand_sleep", [0]) == true)
    await #expect(throws: FunctionError.self) { try await call("test.sleep", [-1]) }
  }
}
