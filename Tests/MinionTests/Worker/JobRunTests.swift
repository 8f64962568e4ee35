import Functions
import HostSystem
import HostSystemTesting
import Minion
import OrderedCollections
import Testing
import Value
import Wire

@Suite struct JobRunTests {
  private struct Broken: Error, CustomStringConvertible { var description: String }

  private static let functions: [Function] = [
    Function("t.echo", "Says it again.", effect: .read, parameters: [.required("what", .any, "")]) { arguments, _ in
      arguments["what"]
    },
    Function("t.context", "What it knows.", effect: .read) { _, context in
      [
        "test": .bool(context.isTest), "job": .string(context.jobID),
        "keys": .strings(context.sealingKeys.keys.sorted()),
      ]
    },
    Function("t.exit", "Exits.", effect: .read, parameters: [.variadic("codes", .int, "")]) { arguments, context in
      for code in arguments.list("codes") { context.reportExitCode(Int32(code.intValue ?? 0)) }
      return "output"
    },
    Function("t.fail", "Fails.", effect: .read, parameters: [.required("code", .string, "")]) { arguments, _ in
      throw FunctionError(.init(rawValue: arguments.string("code")) ?? .failed, "It did not work.", hint: "Try again.")
    },
    Function("t.break", "Breaks.", effect: .read, parameters: [.required("text", .string, "")]) { arguments, _ in
      throw Broken(description: arguments.string("text"))
    },
  ]

  private func run(_ function: String, _ arguments: [Value] = [], named: ValueMap = [:], maximum: Int = 1 << 20) async
    -> JobResult
  {
    let order = JobOrder(
      id: JobID(microseconds: 7), function: function, arguments: arguments, namedArguments: named,
      expires: .now() + 60, isTest: true, sealingKeys: ["anna": .bytes([1]), "bad": 5])
    let context = FunctionContext(
      commands: ScriptedCommands([:]), files: HostFiles(root: "/nonexistent"),
      registry: FunctionRegistry(Self.functions))
    return await JobRun.run(order, in: context, maximumResult: maximum)
  }

  private func value(_ result: JobResult) throws -> Value { try MessagePackReader.decode(result.encodedValue ?? []) }

  @Test func whatItReturnsIsTheResult() async throws {
    let result = await run("t.echo", [["a": 1]])
    #expect(result.outcome == .returned)
    #expect(try value(result) == ["a": 1])
    #expect(result.error == nil)
    #expect(result.exitCode == 0)
    #expect(result.id == JobID(microseconds: 7))
    #expect(result.started <= result.ended)
  }

  @Test func theOrderReachesTheFunction() async throws {
    #expect(try value(await run("t.context")) == ["test": true, "job": "19700101000000000007", "keys": ["anna"]])
  }

  /// Salt's retcode: a failure whose output is wanted.
  @Test(arguments: [([0], 0), ([3], 3), ([3, 0], 3), ([0, 3, 4], 4), ([], 0)] as [([Value], Int64)])
  func anExitCodeIsAFailureWithItsOutput(_ codes: [Value], _ expected: Int64) async throws {
    let result = await run("t.exit", codes)
    #expect(result.exitCode == expected)
    #expect(result.outcome == (expected == 0 ? .returned : .failed))
    #expect(try value(result) == "output")
  }

  @Test(arguments: [("t.nothing", []), ("t.echo", []), ("t.echo", [1, 2])] as [(String, [Value])])
  func whatCannotBeCalledIsRefused(_ function: String, _ arguments: [Value]) async {
    let result = await run(function, arguments)
    #expect(result.outcome == .refused)
    #expect(result.encodedValue == nil)
    #expect(result.error?.isEmpty == false)
    #expect(result.exitCode == 1)
  }

  @Test func failuresAreToldWithWhatToDo() async {
    #expect(await run("t.fail", ["failed"]).error == "It did not work.\nTry again.")
    #expect(await run("t.fail", ["busy"]).outcome == .failed)
    #expect(await run("t.fail", ["bad-arguments"]).outcome == .refused)
    let result = await run("t.break", ["out of order"])
    #expect(result.outcome == .failed)
    #expect(result.error == "out of order")
  }

  @Test func aResultThatIsTooLargeIsAFailureThatSaysSo() async {
    let result = await run("t.echo", [.string(String(repeating: "x", count: 2000))], maximum: 1000)
    #expect(result.outcome == .failed)
    #expect(result.encodedValue == nil)
    #expect(result.error?.contains("2003 bytes is over the limit of 1000 (max_result_mb in minion.yaml)") == true)
  }

  /// What the master cannot read would be sent again for ever, and the job would never end.
  @Test(arguments: ["x", "é", "語", "😀", "e\u{301}\u{302}\u{303}"])
  func aLongErrorIsCutToWhatTheMasterReads(_ text: String) async throws {
    let result = await run("t.break", [.string(String(repeating: text, count: 100_000))])
    let error = try #require(result.error)
    #expect(error.utf8.count > 30_000)
    guard case .result(let read) = try MinionMessage(decoding: MinionMessage.result(result).encoded()) else {
      Issue.record("not a result")
      return
    }
    #expect(read == result)
  }
}
