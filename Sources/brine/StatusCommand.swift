import ArgumentParser
import CommandLine
import Operator
import Value
import Wire

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "How the master and the fleet are.")
  @OptionGroup var connection: Connection
  @Option(help: "yaml, json") var out = OutputFormat.yaml

  func run() async throws {
    let value = try await connection.withClient { try await $0.value(.status) }
    Terminal.write(out == .json ? JSONWriter.pretty(value) + "\n" : YAMLWriter.write(value))
    // A master that cannot write its store or its audit log answers, and is not well.
    if ["store_error", "audit_fault"].contains(where: { value[$0]?.stringValue != nil }) { throw ExitCode(1) }
  }
}
