import ArgumentParser
import CommandLine
import Value
import Wire

struct AuditLogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit-log", abstract: "The record of every accepted request and key decision.",
    subcommands: [Verify.self])

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Checks that no line was changed, removed or put in.")
    @OptionGroup var connection: Connection

    func run() async throws {
      let report = try await connection.withClient { try await $0.value(.verifyAuditLog) }
      if let fault = report["fault"]?.stringValue {
        Terminal.error("brine: the audit log is NOT intact: \(fault)")
        throw ExitCode(1)
      }
      Terminal.print("intact: \(report["entries"] ?? 0) entries, head \(report["head"] ?? .null)")
    }
  }
}
