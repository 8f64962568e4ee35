import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// One case of `Cases/*.yaml`: a host's files, what its programs answer, a state, and what Salt 3008 says of it.
struct ScriptedStateCase: Sendable, CustomTestStringConvertible {
  let file: String
  let map: ValueMap

  var testDescription: String { "\(file): \(text("case"))" }

  static func all() throws -> [ScriptedStateCase] {
    let directory = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex)) + "/Cases"
    return try HostFiles().entries(directory).filter { $0.hasSuffix(".yaml") }.flatMap { name in
      let value = try YAMLParser.value(of: HostFiles().readText("\(directory)/\(name)"), file: name)
      return (value.listValue ?? []).compactMap(\.mapValue).map { ScriptedStateCase(file: name, map: $0) }
    }
  }

  private static let functions = BuiltInFunctions.registry.names.compactMap { BuiltInFunctions.registry[$0] }

  func text(_ key: String) -> String { map[key]?.description ?? "" }
  func map(_ key: String) -> ValueMap { map[key]?.mapValue ?? [:] }

  func run() async throws {
    let host = try StateTestHost(grains: map("grains"), pillar: map("pillar"), functions: Self.functions)
    for (path, content) in map("files") {
      try host.files.makeDirectory(PathText.dirname(path.description))
      let isProgram = content == "program"
      try host.files.write(path.description, text: content.description, mode: isProgram ? 0o755 : 0o644)
    }
    let result = try await host.call(
      BuiltInStates.all, text("state"), map("arguments"), isTest: map["test"] == true, isWatch: map["watch"] == true,
      commands(host))
    #expect(result.result == map["result"]?.boolValue, "\(result.comment)")
    #expect(result.comment == text("comment"))
    #expect(result.changes == map("changes"))
    for (key, value) in map("extra") { #expect(result.extra[key] == value) }
    for (path, content) in map("after") {
      #expect(try host.files.readText(path.description) == content.description, "\(path)")
    }
  }

  /// Each answer stands for the first call of that argv; the last one for all further.
  private func commands(_ host: StateTestHost) -> ScriptedCommands {
    let answers = map("commands")
    let counts = CallCounts()
    let programs = Set(map("commands").keys.compactMap { $0.description.fields().first })
    return ScriptedCommands(programs: programs.union(["python3"])) { command in
      let line = command.arguments.joined(separator: " ")
      guard let answer = answers[line] else { return nil }
      let list = answer.listValue ?? [answer]
      guard let item = list.isEmpty ? nil : list[min(counts.next(line), list.count - 1)] else { return nil }
      for (path, content) in item["writes"]?.mapValue ?? [:] {
        try? host.files.write(path.description, text: content.description)
      }
      return CommandResult(
        exit: Int32(item["exit"]?.intValue ?? 0), item.stringValue ?? item["out"]?.description ?? "",
        error: item["error"]?.description ?? "")
    }
  }
}
