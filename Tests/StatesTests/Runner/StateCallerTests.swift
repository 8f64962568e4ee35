import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Testing
import Value

@testable import States

/// One state call with its conditions, arguments and failures, on functions made for it.
@Suite struct StateCallerTests {
  private static let states = StateRegistry([
    StateFunction(
      "demo.echo", "Says its text.",
      parameters: [
        .required("name", .string, ""), .optional("text", .any, ""), .optional("count", .int, default: 1, ""),
      ]
    ) { arguments, context in
      StateResult(context.isTest ? nil : true, "\(arguments["text"]) \(arguments["count"])")
    },
    StateFunction("demo.need", "", parameters: [.required("name", .string, ""), .required("what", .string, "")]) {
      _, _ in
      StateResult(true, "")
    },
    StateFunction("demo.any", "", parameters: [.required("name", .string, ""), .keywords("kwargs", "")]) {
      arguments, _ in
      StateResult(true, JSONWriter.compact(.map(arguments.map("kwargs"))))
    },
    StateFunction("demo.throw", "", parameters: [.required("name", .string, "")]) { _, _ in
      throw FunctionError(.failed, "it broke", hint: "Mend it.")
    },
    StateFunction(
      "demo.watched", "", parameters: [.required("name", .string, "")],
      watch: { _, context in StateResult(true, "watched \(context.chunk["sfun"] ?? "")", changes: ["a": "b"]) }
    ) { _, _ in StateResult(true, "") },
    StateFunction("demo.secret", "", parameters: [.required("name", .string, "")]) { _, _ in
      StateResult(true, "password x", changes: ["old": "", "new": ["x", 1]])
    },
  ])

  private static let functions = FunctionRegistry([
    Function(
      "cmd.retcode", "", effect: .change,
      parameters: [
        .required("cmd", .string, ""), .optional("cwd", .string, ""), .optional("runas", .string, ""),
        .optional("umask", .string, ""), .optional("python_shell", .bool, ""), .optional("env", .any, ""),
      ]
    ) { arguments, context in
      if arguments.string("cmd") == "unstartable" { throw FunctionError(.failed, "no such directory") }
      if arguments.string("cmd") == "options" {
        return arguments.string("cwd") == "/x" && arguments.string("umask") == "22" && arguments.bool("python_shell")
          && !context.isTest ? 0 : 1
      }
      return arguments.string("cmd") == "true" ? 0 : 1
    },
    Function("demo.give", "", effect: .read, parameters: [.optional("value", .any, "")]) { arguments, context in
      if arguments["value"] == "code" { context.reportExitCode(3) }
      return ["given": arguments["value"], "list": [1, 2]]
    },
  ])

  private func call(_ words: ValueMap, mode: StateCall.Mode = .run, isTest: Bool = false) async throws -> StateReturn {
    var data: ValueMap = ["state": "demo", "name": "n", "__id__": "i", "__sls__": "s", "fun": "echo", "order": 1]
    for (key, value) in words { data[key] = value }
    let context = FunctionContext(
      commands: ScriptedCommands { _ in CommandResult(exit: 9) }, files: HostFiles(), isTest: isTest,
      registry: Self.functions, states: Self.states)
    let caller = StateCaller(context: context, lowChunks: [], memory: StateMemory())
    return try await caller.call(StateCall(position: 0, chunk: LowChunk(data), mode: mode))
  }

  @Test func bindsArgumentsWithoutTheEnginesWords() async throws {
    let result = try await call(["text": "hi", "count": "3", "require": [["x": "y"]], "failhard": true, "__x__": 1])
    #expect(result.comment == "hi 3")
    #expect(result.warnings.isEmpty)
    #expect(result.startTime?.isEmpty == false)
    #expect(try await call(["fun": "any", "a": 1, "unless": "false", "umask": 22]).comment == #"{"a":1}"#)
  }

  @Test func unknownArgumentsAreWarnedOf() async throws {
    let one = try await call(["tex": "hi"])
    #expect(one.result == true)
    #expect(
      one.warnings == ["'tex' is an invalid keyword argument for 'demo.echo'. Did you mean 'text' in place of 'tex'?"])
    #expect(
      try await call(["q": 1, "zz": 2]).warnings == ["'q' and 'zz' are invalid keyword arguments for 'demo.echo'."])
  }

  static let refusals: [(ValueMap, String)] = [
    (["fun": "gone"], "State 'demo.gone' was not found in SLS 's'\nReason: 'demo.gone' is not available.\n"),
    (["fun": "need"], "Missing parameter what for state demo.need\n"), (["umask": "9"], "Invalid umask: 9\n"),
    (["name": 5], "ID '5' in SLS 's' is not formed as a string, but is an integer\n"),
  ]

  @Test(arguments: refusals) func refusesBeforeCalling(_ words: ValueMap, _ comment: String) async throws {
    let result = try await call(words)
    #expect(result.comment == comment)
    #expect(result.result == false)
    #expect(!result.isIdentified)
    #expect(result.value["__id__"] == nil)
  }

  @Test func misspeltFunctionsAreRecognized() async throws {
    let result = try await call(["fun": "ehco"])
    #expect(result.warnings.first?.hasPrefix("Did you mean 'demo.echo'") == true)
  }

  @Test func failuresAreReturns() async throws {
    let result = try await call(["fun": "throw"])
    #expect(result.result == false)
    #expect(result.comment == "An exception occurred in this state: it broke\nMend it.")
    #expect(try await call(["count": "many"]).comment.contains("'count' takes int"))
  }

  static let conditions: [(ValueMap, String)] = [
    (["unless": "true"], "unless condition is true"), (["unless": "false"], ""),
    (["unless": ["true", "false"]], ""), (["unless": ["true", "true"]], "unless condition is true"),
    (["unless": true], ""), (["unless": "unstartable"], "unless condition is true"),
    (["onlyif": "true"], ""), (["onlyif": ["true", "false"]], "onlyif condition is false"),
    (["onlyif": false], ""), (["onlyif": "unstartable"], "onlyif condition is false"),
    (["onlyif": "options", "cwd": "/x", "umask": 22], ""),
    (["onlyif": "options", "cwd": "/x", "umask": 22, "cmd_opts_exclude": "cwd"], "onlyif condition is false"),
    (["unless": [["fun": "demo.give", "value": 1]]], "unless condition is true"),
    (["unless": [["fun": "demo.give", "value": 0, "get_return": "given"]]], ""),
    (["onlyif": [["fun": "demo.give", "args": [1], "get_return": "list:1"]]], ""),
    (["onlyif": [["fun": "demo.give", "value": "code"]]], "onlyif condition is false"),
    (["onlyif": [["x": "y"]]], ""),
    (
      ["onlyif": [["fun": "gone.gone"]]],
      "An exception occurred in this state: 'gone.gone' is not a function here.\n`brine docs` lists the functions."
    ),
    (["creates": "/"], "/ exists"), (["creates": ["/", "/etc"]], "All files in creates exist"),
    (["creates": ["/", "/nonexistent"]], ""),
    (["unless": "true", "onlyif": "true"], "onlyif condition is true\nunless condition is true"),
  ]

  @Test(arguments: conditions) func asksConditions(_ words: ValueMap, _ comment: String) async throws {
    for isTest in [false, true] {
      let result = try await call(words.merging(["text": "ran"]) { first, _ in first }, isTest: isTest)
      #expect(result.comment == (comment.isEmpty ? "ran 1" : comment))
      #expect((result.extra["skip_watch"] == true) == (!comment.isEmpty && !comment.hasPrefix("An")))
    }
  }

  @Test func checkCommandDecides() async throws {
    let failed = try await call(["check_cmd": ["true", "false"]])
    #expect(failed.result == false)
    #expect(failed.comment == "check_cmd determined the state failed")
    #expect(try await call(["check_cmd": "true"]).comment == "check_cmd determined the state succeeded")
  }

  @Test func resolvesSlots() async throws {
    #expect(try await call(["text": "__slot__:salt:demo.give(x).given ~ /y"]).comment == "x/y 1")
    #expect(try await call(["text": ["__slot__:salt:demo.give(x).given", "z"]]).comment == #"["x","z"] 1"#)
    #expect(try await call(["text": [["k": "__slot__:salt:demo.give(x).given"]]]).comment == #"[{"k":"x"}] 1"#)
    #expect(try await call(["text": "__slot__:salt:gone.gone()"]).comment == "__slot__:salt:gone.gone() 1")
  }

  @Test func watchFunctions() async throws {
    let chunk: ValueMap = ["fun": "mod_watch", "sfun": "watched"]
    #expect(try await call(chunk, mode: .watch).comment == "watched watched")
    #expect(
      try await call(["fun": "mod_watch", "sfun": "echo"], mode: .watch).comment
        == "Unable to trigger watch for demo.echo")
  }

  @Test func trialsAreInTestMode() async throws {
    let result = try await call(["text": "x"], mode: .check)
    #expect(result.result == nil)
    #expect(result.startTime == nil)
  }

  @Test func nothingIsLoggedWhereSoAsked() async throws {
    let result = try await call(["fun": "secret", "no_log": true])
    #expect(result.comment == PillarMask.text)
    #expect(result.name == .string(PillarMask.text))
    #expect(result.changes == ["old": "", "new": ["**********", "**********"]])
  }
}
