import Functions
import HostSystem
import HostSystemTesting
import Testing
import Value

@Suite struct FunctionRegistryTests {
  private static func function(_ name: String, _ answer: Value) -> Function {
    Function(name, "Answers.", effect: .read, parameters: [.optional("n", .int, default: 1, "")]) { arguments, _ in
      [answer, arguments["n"]]
    }
  }

  private let registry = FunctionRegistry([
    function("test.ping", "one"), function("pkg.install", "two"), function("test.ping", "three"),
  ])
  private let context = FunctionContext(commands: ScriptedCommands([:]), files: HostFiles(root: "/nonexistent"))

  @Test func aLaterOneReplaces() async throws {
    #expect(registry.names == ["pkg.install", "test.ping"])
    #expect(try await registry.call("test.ping", CallArguments(), context) == ["three", 1])
    let more = registry.adding([Self.function("test.ping", "site"), Self.function("site.x", "x")])
    #expect(more.names == ["pkg.install", "site.x", "test.ping"])
    #expect(try await more.call("test.ping", CallArguments(), context) == ["site", 1])
    #expect(more.signatures.map(\.module) == ["pkg", "site", "test"])
  }

  @Test func argumentsAreBoundBeforeTheBodyRuns() async throws {
    #expect(try await registry.call("test.ping", CallArguments(["5"]), context) == ["three", 5])
    await #expect(throws: FunctionError.self) {
      try await registry.call("test.ping", CallArguments(["x"]), context)
    }
  }

  @Test func anUnknownNameIsToldWithTheNearest() {
    let near = #expect(throws: FunctionError.self) { try registry.function(named: "test.pign") }
    #expect(near?.code == .unknownFunction)
    #expect(near?.description == "'test.pign' is not a function here.\nDid you mean test.ping?")
    let far = #expect(throws: FunctionError.self) { try registry.function(named: "nothing.like_it") }
    #expect(far?.hint == "`brine docs` lists the functions.")
  }

  @Test func statesAreListedByModule() {
    let state = StateFunction("file.managed", "A file.", parameters: [.required("name", .string, "")]) { _, _ in
      StateResult(true, "It is so.")
    }
    let states = StateRegistry([state])
    #expect(states.names == ["file.managed"])
    #expect(states.modules == ["file"])
    #expect(states["file.managed"]?.signature.effect == .change)
    #expect(states["file.manage"] == nil)
    #expect(states.near("file.manage") == ["file.managed"])
    #expect(states.adding([state]).names == ["file.managed"])
  }

  @Test func statesLeaveValuesForLaterOnes() {
    let memory = StateMemory()
    #expect(memory["n"] == nil)
    let former = memory.update("n") { value in
      defer { value = .int((value?.intValue ?? 0) + 1) }
      return value
    }
    #expect(former == nil)
    #expect(memory["n"] == 1)
    memory.update("n") { $0 = nil }
    #expect(memory["n"] == nil)
  }
}
