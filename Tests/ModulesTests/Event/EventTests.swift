import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import Modules

@Suite struct EventTests {
  final class Listener: EventSink {
    let heard = Mutex<[(String, Value)]>([])
    func send(_ tag: String, _ data: Value) async throws { heard.withLock { $0.append((tag, data)) } }
  }

  private func context(_ sink: any EventSink, isTest: Bool = false) -> FunctionContext {
    var context = FunctionContext(
      commands: ScriptedCommands { _ in nil }, files: HostFiles(), grains: ["os": "Debian", "id": "m1"],
      isTest: isTest, registry: FunctionRegistry(EventFunctions.all))
    context.events = sink
    return context
  }

  @Test func eventsAreSentWithTheirData() async throws {
    let sink = Listener()
    let context = context(sink)
    let call = CallArguments(
      ["a/b", ["x": 1]], named: ["y": 2, "with_grains": ["os"], "with_env_opts": true, "x": 9])
    #expect(try await context.registry.call("event.send", call, context) == true)
    _ = try await context.registry.call("event.fire_master", CallArguments([["z": 1], "c"]), context)
    sink.heard.withLock { heard in
      #expect(heard.map(\.0) == ["a/b", "c"])
      #expect(
        heard.first?.1 == ["grains": ["os": "Debian"], "saltenv": "base", "pillarenv": .null, "y": 2, "x": 1])
    }
  }

  @Test func aWholePillarIsNotSent() async throws {
    let context = context(Listener())
    for words: ValueMap in [["with_pillar": true], ["with_grains": "os"]] {
      await #expect(throws: FunctionError.self) {
        try await context.registry.call("event.send", CallArguments(["a"], named: words), context)
      }
    }
  }

  @Test func statesSendOnceAndSayWhatWasSent() async throws {
    let sink = Listener()
    let function = try #require(StateRegistry(EventStates.all)["event.send"])
    let arguments = try Arguments(
      binding: CallArguments(named: ["name": "a/b", "data": ["x": 1]]), to: function.signature)
    let changes: ValueMap = ["tag": "a/b", "data": ["x": 1]]
    let forecast = try await function.body(arguments, StateContext(functions: context(sink, isTest: true)))
    #expect(forecast == StateResult(nil, "Event would have been fired", changes: changes))
    #expect(sink.heard.withLock { $0.isEmpty })
    let sent = try await function.body(arguments, StateContext(functions: context(sink)))
    #expect(sent == StateResult(true, "Event fired", changes: changes))
    #expect(sink.heard.withLock { $0.count } == 1)
    let unheard = try await function.body(arguments, StateContext(functions: context(NoEventSink())))
    #expect(unheard.result == false)
    #expect(unheard.changes.isEmpty)
  }
}
