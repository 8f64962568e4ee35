import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import States
import Testing
import Value

@testable import Modules

@Suite struct SlsutilFunctionsTests {
  private func call(_ name: String, _ positional: [Value] = [], _ named: ValueMap = [:], pillar: ValueMap = [:])
    async throws
    -> Value
  {
    let registry = FunctionRegistry(
      SlsutilFunctions.all + PillarFunctions.all + ConfigFunctions.all + DefaultsFunctions.all)
    let context = FunctionContext(
      commands: ScriptedCommands { _ in CommandResult() }, files: HostFiles(), grains: ["os": "Debian"],
      options: ["id": "m1"], registry: registry, pillar: pillar, source: NoFiles(), templates: JinjaRenderer())
    return try await registry.call(name, CallArguments(positional, named: named), context)
  }

  /// A source that is there and has nothing, so that no pillar is compiled.
  private struct NoFiles: FileSource {
    func localPath(of path: String, environment: String) async throws -> String? { nil }
    func files(below directory: String, environment: String) async throws -> [String] {
      ["web/init.sls", "web/map.jinja"]
    }
    func directories(below directory: String, environment: String) async throws -> [String] { ["web", "web/sub"] }
    func environments() async throws -> [String] { ["base"] }
  }

  @Test func rendersTexts() async throws {
    #expect(try await call("slsutil.renderer", [], ["string": "a: {{ 1 + 2 }}\nb: [x]"]) == ["a": 3, "b": ["x"]])
    #expect(
      try await call("slsutil.renderer", [], ["string": "{{ grains.os }}!", "default_renderer": "jinja"]) == "Debian!")
    #expect(try await call("slsutil.renderer", [], ["string": "#!json\n{\"a\": 1}"]) == ["a": 1])
    #expect(
      try await call("slsutil.renderer", [], ["string": "{{ more }}", "default_renderer": "jinja", "more": "x"]) == "x")
    #expect(
      try await call(
        "slsutil.renderer", [], ["string": "{{ pillar.k }}", "default_renderer": "jinja"], pillar: ["k": "v"])
        == "v")
    await #expect(throws: FunctionError.self) { try await call("slsutil.renderer") }
    await #expect(throws: FunctionError.self) { try await call("slsutil.renderer", [], ["string": "{{ nope }}"]) }
    await #expect(throws: FunctionError.self) { try await call("slsutil.renderer", [], ["path": "salt://gone.sls"]) }
  }

  @Test func merges() async throws {
    #expect(try await call("slsutil.merge", [["a": ["x": 1]], ["a": ["y": 2]]]) == ["a": ["x": 1, "y": 2]])
    #expect(try await call("slsutil.merge_all", [[["a": 1], ["b": 2], ["a": 3]]]) == ["a": 3, "b": 2])
    #expect(
      try await call("slsutil.update", [["a": ["x": 1]], ["a": ["y": 2]]], ["recursive_update": false]) == [
        "a": ["y": 2]
      ])
    #expect(try await call("defaults.update", [["a": ["x": 1]], ["x": 0, "y": 0]]) == ["a": ["x": 1, "y": 0]])
  }

  @Test func findsPaths() async throws {
    #expect(try await call("slsutil.file_exists", ["web/init.sls"]) == true)
    #expect(try await call("slsutil.file_exists", ["web"]) == false)
    #expect(try await call("slsutil.dir_exists", ["web"]) == true)
    #expect(try await call("slsutil.findup", ["web/sub", ["map.jinja"]]) == "web/map.jinja")
    await #expect(throws: FunctionError.self) { try await call("slsutil.findup", ["web", ["nothing"]]) }
  }

  /// It runs in the daemon, which no argument may end.
  @Test(arguments: [.min, -10_001, 10_001, .max] as [Int64])
  func aBannerOfAnyWidthIsAnError(_ width: Int64) async {
    await #expect(throws: (any Error).self) { try await call("slsutil.banner", [], ["width": .int(width)]) }
  }

  @Test func drawsSaltsBanner() async throws {
    let lines = try await call("slsutil.banner").description.split(separator: "\n").map(String.init)
    #expect(
      lines == [
        "########################################################################",
        "#                                                                      #",
        "#              THIS FILE IS MANAGED BY SALT - DO NOT EDIT              #",
        "#                                                                      #",
        "# The contents of this file are managed by Salt. Any changes to this   #",
        "# file may be overwritten automatically and without warning.           #",
        "########################################################################",
      ])
    #expect(try await call("slsutil.boolstr", [true], ["true": "yes"]) == "yes")
  }

  @Test func serializes() async throws {
    #expect(try await call("slsutil.serialize", ["json", ["a": [1, .null]]]) == #"{"a": [1, null]}"#)
    #expect(try await call("slsutil.deserialize", ["yaml", "a: [1, x]"]) == ["a": [1, "x"]])
    await #expect(throws: FunctionError.self) { try await call("slsutil.deserialize", ["json", "{"]) }
  }

  @Test func pillarValuesAreMaskedForPeople() async throws {
    let pillar: ValueMap = ["a": ["b": "secret", "n": 0, "e": ""], "l": [1, true]]
    #expect(
      try await call("pillar.items", pillar: pillar) == [
        "a": ["b": "**********", "n": 0, "e": ""], "l": ["**********", "**********"],
      ])
    #expect(try await call("pillar.get", ["a:b"], pillar: pillar) == "**********")
    #expect(try await call("pillar.get", ["a:b"], ["unmask": true], pillar: pillar) == "secret")
    #expect(try await call("pillar.get", ["a:zz", "fallback"], pillar: pillar) == "**********")
    #expect(try await call("pillar.get", ["a:zz"], pillar: pillar) == "")
    #expect(try await call("pillar.raw", ["a"], pillar: pillar) == ["b": "secret", "n": 0, "e": ""])
    #expect(
      try await call("pillar.item", ["a:b", "gone"], ["unmask": true], pillar: pillar) == ["a:b": "secret", "gone": ""])
    #expect(try await call("pillar.keys", ["a"], pillar: pillar) == ["b", "n", "e"])
    #expect(try await call("pillar.ls", pillar: pillar) == ["a", "l"])
    #expect(
      try await call("pillar.get", ["a", ["b": 1, "c": 2]], ["merge": true, "unmask": true], pillar: pillar)
        == ["b": "secret", "c": 2, "n": 0, "e": ""])
    await #expect(throws: FunctionError.self) { try await call("pillar.keys", ["gone"], pillar: pillar) }
  }

  @Test func templatesSeeThePillarPlainly() async throws {
    let text = "{{ salt['pillar.get']('a:b') }} {{ salt['config.get']('a:b') }} {{ salt['config.get']('os') }}"
    let rendered = try await call(
      "slsutil.renderer", [], ["string": .string(text), "default_renderer": "jinja"], pillar: ["a": ["b": "secret"]])
    #expect(rendered == "secret secret Debian")
    #expect(try await call("config.get", ["a:b"], pillar: ["a": ["b": "secret"]]) == "**********")
    #expect(try await call("config.option", ["gone", "x"]) == "x")
  }
}
