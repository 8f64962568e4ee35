import Functions
import Testing
import Value

@testable import Modules

@Suite struct LogFunctionsTests {
  @Test(arguments: ["debug", "info", "warning", "error", "critical", "exception"])
  func everySeverityTakesAnyValue(_ name: String) async throws {
    let host = try ProcHost(LogFunctions.all)
    let quiet: ValueMap = ["log_level": "critical"]
    let words: [Value] = name == "critical" ? ["shown"] : ["text", 7, ["a": [1]], .null]
    for word in words { #expect(try await host.call("log.\(name)", word, options: quiet) == true) }
  }

  @Test func levelsLetThrough() {
    #expect(LogSeverity.debug.passes("trace"))
    #expect(LogSeverity.debug.passes("debug"))
    #expect(!LogSeverity.debug.passes("info"))
    #expect(LogSeverity.exception.passes("error"))
    #expect(!LogSeverity.exception.passes("critical"))
  }

  @Test func linesCannotBeForged() {
    #expect(LogSeverity.error.line("a\n[INFO] b\u{1B}") == "[ERROR] a\\n[INFO] b\\u{1b}\n")
  }
}
