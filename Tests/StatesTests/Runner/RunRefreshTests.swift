import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import TestSupport
import Testing
import Value

@testable import States

/// What a state of a run may change for those behind it, and what it tells others.
@Suite struct RunRefreshTests {
  private struct NewHost: HostRefresh {
    func grains() async -> ValueMap { ["os": "new"] }
    func modules() -> (functions: FunctionRegistry, states: StateRegistry) {
      (FunctionRegistry([]), StateRegistry(RunRefreshTests.states + [RunRefreshTests.late]))
    }
  }

  private final class Listener: EventSink {
    let heard = Mutex<[(String, Value)]>([])
    func send(_ tag: String, _ data: Value) async throws { heard.withLock { $0.append((tag, data)) } }
  }

  private static let name = Parameter.required("name", .string, "")
  static let late = StateFunction("late.come", "", parameters: [name]) { _, _ in StateResult(true, "late") }
  static let states = [
    StateFunction("t.grain", "", parameters: [name]) { _, context in
      StateResult(true, "\(context.functions.grains["os"] ?? "") \(context.functions.pillar["p"] ?? "")")
    },
    StateFunction("t.mask", "", parameters: [name]) { _, _ in
      try await Task.sleep(for: .milliseconds(20))
      let mask = umask(0)
      umask(mask)
      return StateResult(true, String(mask, radix: 8))
    },
  ]

  private func run(
    _ chunks: [ValueMap], events: any EventSink = NoEventSink(),
    pillar: (@Sendable (FunctionContext) async throws -> ValueMap)? = nil
  ) async throws -> [StateReturn] {
    var context = FunctionContext(
      commands: ScriptedCommands { _ in nil }, files: HostFiles(), grains: ["os": "old"], options: ["id": "m1"],
      jobID: "7", states: StateRegistry(Self.states), pillar: ["p": "old"])
    context.refresh = NewHost()
    context.events = events
    let plan = StatePlan(
      chunks.enumerated().map { index, words in
        var data: ValueMap = [
          "state": "t", "fun": "grain", "name": .string("n\(index)"), "__id__": .string("n\(index)"),
        ]
        for (key, value) in words { data[key] = value }
        return PlannedState(LowChunk(data))
      })
    let runner = StateRunner(context: context, rules: RunRules(context), pillar: pillar)
    return try await runner.run(plan).returns.compactMap(\.self)
  }

  @Test func laterStatesSeeNewGrainsPillarAndModules() async throws {
    let returns = try await run(
      [[:], ["reload_grains": true], [:], ["reload_pillar": true], [:]], pillar: { _ in ["p": "new"] })
    #expect(returns.map(\.comment) == ["old old", "old old", "new old", "new old", "new new"])
    let late: ValueMap = ["state": "late", "fun": "come"]
    #expect(try await run([["reload_modules": true], late]).map(\.result) == [true, true])
    #expect(try await run([[:], late]).map(\.result) == [true, false])
  }

  @Test func aPillarThatCannotBeCompiledFailsTheStateAndStays() async throws {
    let broken = try await run([["reload_pillar": true], [:]], pillar: { _ in ["_errors": ["no"], "p": "half"] })
    #expect(broken.map(\.result) == [false, true])
    #expect(broken[0].comment.contains("no"))
    #expect(broken[1].comment == "old old")
  }

  @Test func eventsTellReturns() async throws {
    let sink = Listener()
    _ = try await run([["fire_event": true], [:], ["fire_event": "my end/x:y"], ["fire_event": false]], events: sink)
    sink.heard.withLock { heard in
      #expect(heard.map(\.0) == ["salt/state_result/7/m1/n0", "salt/state_result/7/m1/my_end/x_y"])
      #expect(heard.first?.1["ret"]?["comment"] == "old old")
    }
    let silent = try await run([["fire_event": true]])
    #expect(silent[0].warnings.isEmpty)
  }

  @Test func aMaskIsThatOfItsStateAlone() async throws {
    let before = umask(0o022)
    defer { umask(before) }
    let plain: ValueMap = ["fun": "mask", "parallel": true]
    // Other tests of this process make files meanwhile: these masks leave 0644 and 0755 as they are. They may set the
    // process's mask too, so this is asked until nobody does.
    let masked: ValueMap = ["fun": "mask", "parallel": true, "umask": "002"]
    try await eventually(
      "each state has its own mask", within: .seconds(20),
      isTrue: {
        umask(0o022)
        let returns = try await run([plain, masked, plain, ["fun": "mask", "umask": "020"], plain])
        return returns.map(\.comment) == ["22", "2", "22", "20", "22"]
      })
  }
}
