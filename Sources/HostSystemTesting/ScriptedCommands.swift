public import HostSystem
import Synchronization

/// A command runner for tests: answers from a table, and remembers what was asked.
public final class ScriptedCommands: CommandRunner {
  public typealias Answer = @Sendable (Command) -> CommandResult?
  private let answer: Answer
  private let programs: Set<String>?
  private let log = Mutex<[[String]]>([])

  /// - Parameters:
  ///   - programs: what `which` finds; nil finds everything.
  ///   - answer: nil is answered with exit code 127.
  public init(programs: Set<String>? = nil, _ answer: @escaping Answer) {
    self.programs = programs
    self.answer = answer
  }

  /// Answers by the argv joined with spaces; the longest key that is its beginning counts.
  public convenience init(programs: Set<String>? = nil, _ table: [String: CommandResult]) {
    let keys = table.keys.sorted { $0.count > $1.count }
    self.init(programs: programs) { command in
      let line = command.arguments.joined(separator: " ")
      return keys.first { line == $0 || line.hasPrefix($0 + " ") }.flatMap { table[$0] }
    }
  }

  public func run(_ command: Command) async throws -> CommandResult {
    log.withLock { $0.append(command.arguments) }
    return answer(command) ?? CommandResult(exit: 127, "", error: "not scripted: \(command.arguments)")
  }

  public func which(_ program: String) -> String? {
    guard let programs else { return "/usr/bin/\(program)" }
    return programs.contains(program) ? "/usr/bin/\(program)" : nil
  }

  /// The argv of everything run so far.
  public var runs: [[String]] { log.withLock { $0 } }
}
