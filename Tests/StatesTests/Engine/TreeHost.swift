import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Synchronization
import Value

@testable import States

/// A temporary tree with a pillar, and functions made for tests.
final class TreeHost: Sendable {
  private let directory: TemporaryDirectory
  var base: String { directory.path }
  private let code = Mutex<Int32>(0)
  private let said = Mutex<[String]>([])

  var exitCode: Int32 { code.withLock { $0 } }
  var progress: [String] { said.withLock { $0 } }

  /// - Parameters:
  ///   - files: texts by path below `base/`: `states/web.sls`, `pillar/top.sls`.
  init(_ files: [String: String]) throws {
    directory = try TemporaryDirectory()
    let (host, base) = (HostFiles(), directory.path)
    for (path, text) in files {
      let place = "\(base)/\(path)"
      try host.makeDirectory(String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)]))
      try host.write(place, text: text)
    }
  }

  static let states = StateRegistry(
    ["nop", "fail", "change"].map { name in
      StateFunction(
        "test.\(name)", "", parameters: [.required("name", .string, ""), .optional("comment", .string, "")],
        watch: { _, _ in StateResult(true, "watched", changes: ["watch": true]) }
      ) { arguments, context in
        let changes: ValueMap = name == "change" ? ["new": "x"] : [:]
        let result: Bool? = name == "fail" ? false : context.isTest && name == "change" ? nil : true
        return StateResult(result, arguments.optionalString("comment") ?? "done", changes: changes)
      }
    })

  func context(_ options: ValueMap = [:]) -> FunctionContext {
    var all: ValueMap = [
      "id": "m1", "file_roots": ["base": [.string("\(base)/states")], "dev": [.string("\(base)/dev")]],
      "pillar_roots": ["base": [.string("\(base)/pillar")]], "state_dir": .string("\(base)/state"),
    ]
    for (key, value) in options { all[key] = value }
    return FunctionContext(
      commands: ScriptedCommands { _ in CommandResult(exit: 0) }, files: HostFiles(), grains: ["id": "m1"],
      options: all,
      jobID: "20261125000000000001", states: Self.states,
      progress: { [self] line in said.withLock { $0.append(line) } },
      reportExitCode: { [self] new in code.withLock { $0 = new } })
  }

  func engine(_ request: StateRequest = StateRequest(), _ options: ValueMap = [:]) async throws -> StateEngine {
    try await StateEngine(context(options), request)
  }
}
