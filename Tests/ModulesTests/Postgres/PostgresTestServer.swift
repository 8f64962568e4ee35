import Functions
import HostSystem
import HostSystemTesting
import Synchronization
import Value

@testable import Modules

/// A psql that answers queries from a table of beginnings and remembers what it was told.
final class PostgresTestServer: Sendable {
  private let answers: [(part: String, rows: String)]
  private let told = Mutex<[String]>([])
  private let seen = Mutex<[Command]>([])
  private let error: String?

  init(_ answers: [(part: String, rows: String)] = [], error: String? = nil) {
    self.answers = answers
    self.error = error
  }

  /// Statements that are no queries.
  var statements: [String] { told.withLock { $0 } }
  var commands: [Command] { seen.withLock { $0 } }

  var runner: ScriptedCommands {
    ScriptedCommands { command in
      switch command.arguments[0] {
      case "getent": return CommandResult(exit: 0, "postgres:x:117:125::/var/lib/postgresql:/bin/bash\n")
      case "id": return CommandResult(exit: 0, "125\n")
      default: break
      }
      self.seen.withLock { $0.append(command) }
      guard case .secret(let input) = command.standardInput else { return nil }
      let text = input.withBytes { String(decoding: $0, as: UTF8.self) }
      if let error = self.error { return CommandResult(exit: 2, "", error: error) }
      guard text.hasPrefix("COPY") else {
        self.told.withLock { $0.append(text) }
        return CommandResult(exit: 0)
      }
      return CommandResult(exit: 0, self.answers.first { text.contains($0.part) }?.rows ?? "a\n")
    }
  }
}
