import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct SysFunctionsTests {
  private let context = FunctionContext(
    commands: ScriptedCommands([:]), files: HostFiles(root: "/nowhere"),
    registry: FunctionRegistry(
      SysFunctions.all + [
        Function(
          "pkg.install", "Installs packages.", effect: .change,
          parameters: [
            .required("name", .string, "Which."), .optional("refresh", .bool, default: false, "Refresh first."),
            .variadic("more", .string, "More."), .keywords("kwargs", "Anything."),
          ]
        ) { _, _ in .null },
        Function("pkg.list_pkgs", "Lists packages.", effect: .inspect) { _, _ in .null },
        Function("pip.list", "Lists.", effect: .inspect) { _, _ in .null },
      ]))

  private func call(_ name: String, _ names: Value...) async throws -> Value {
    try await context.registry.call(name, CallArguments(names), context)
  }

  @Test func listsFunctions() async throws {
    #expect(try await call("sys.list_functions", "pkg") == ["pkg.install", "pkg.list_pkgs"])
    #expect(try await call("sys.list_functions", "p*") == ["pip.list", "pkg.install", "pkg.list_pkgs"])
    #expect(try await call("sys.list_functions", "pkg.i*", "pip.list") == ["pip.list", "pkg.install"])
    #expect(try await call("sys.list_functions").listValue?.count == 13)
    #expect(try await call("sys.list_functions", "none") == [])
  }

  @Test func listsModules() async throws {
    #expect(try await call("sys.list_modules") == ["pip", "pkg", "sys"])
    #expect(try await call("sys.list_modules", "s*") == ["sys"])
  }

  @Test func documents() async throws {
    let doc = try await call("sys.doc", "pkg.install")
    let text = try #require(doc["pkg.install"]?.stringValue)
    #expect(text.hasPrefix("pkg.install(name, refresh=False, *more, **kwargs)\n\nInstalls packages."))
    #expect(text.contains("refresh (bool): Refresh first."))
  }

  @Test func specifiesArgumentsAsSaltDoes() async throws {
    let spec = try await call("sys.argspec", "pkg")
    #expect(
      spec["pkg.install"] == ["args": ["name", "refresh"], "defaults": [false], "varargs": true, "kwargs": true])
    #expect(spec["pkg.list_pkgs"] == ["args": .null, "defaults": .null, "varargs": .null, "kwargs": .null])
  }

  @Test(arguments: [
    ("*", "", true), ("", "", true), ("", "a", false), ("a*c", "abbc", true), ("a*c", "ab", false), ("?", "a", true),
    ("?", "", false), ("*a*b", "xaxb", true), ("**", "x", true), ("a", "ab", false), ("*.list", "pip.list", true),
  ])
  func globs(_ pattern: String, _ name: String, _ isMatch: Bool) { #expect(NameGlob.matches(pattern, name) == isMatch) }

  @Test func aHostilePatternEnds() {
    #expect(!NameGlob.matches(String(repeating: "*a", count: 500) + "b", String(repeating: "a", count: 5000)))
  }
}
