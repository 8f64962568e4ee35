import HostSystem
import HostSystemTesting
import Synchronization

/// debconf's programs over a table: `debconf-communicate`, `-set-selections` and `-get-selections`.
final class DebconfTestDatabase: Sendable {
  struct Answer {
    var package: String
    var type: String
    var value: String
  }

  private let answers = Mutex<[String: Answer]>([:])
  /// Everything that was given on standard input of debconf-set-selections.
  private let inputs = Mutex<[String]>([])
  let isTaking: Bool

  init(isTaking: Bool = true) { self.isTaking = isTaking }

  var given: [String] { inputs.withLock { $0 } }

  func put(_ package: String, _ question: String, _ type: String, _ value: String) {
    answers.withLock { $0[question] = Answer(package: package, type: type, value: value) }
  }

  var commands: ScriptedCommands {
    ScriptedCommands { command in
      let input: [UInt8] =
        switch command.standardInput {
        case .none: []
        case .bytes(let bytes): bytes
        case .secret(let secret): secret.withBytes { $0 }
        }
      let lines = String(decoding: input, as: UTF8.self).splitLines()
      switch command.arguments[0] {
      case "debconf-communicate": return self.communicate(lines)
      case "debconf-set-selections": return self.set(lines)
      case "debconf-get-selections":
        let text = self.answers.withLock { answers in
          answers.sorted { $0.key < $1.key }.map { "\($1.package)\t\($0)\t\($1.type)\t\($1.value)\n" }.joined()
        }
        return CommandResult(exit: 0, "# debconf\n" + text)
      default: return nil
      }
    }
  }

  private func communicate(_ lines: [String]) -> CommandResult {
    var code: Int32 = 0
    let replies = lines.map { line -> String in
      code = 0
      let words = line.fields()
      if words[0] == "CAPB" { return "0 multiselect escape" }
      guard let answer = answers.withLock({ $0[words[1]] }) else {
        code = 10
        return "10 \(words[1]) doesn't exist"
      }
      return words[0] == "GET" ? "0 \(answer.value)" : "0 \(answer.type)"
    }
    return CommandResult(exit: code, replies.joined(separator: "\n") + "\n")
  }

  private func set(_ lines: [String]) -> CommandResult {
    inputs.withLock { $0 += lines }
    guard isTaking else { return CommandResult(exit: 0) }
    for line in lines where !line.hasPrefix("#") && !line.isEmpty {
      let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
      put(words[0], words[1], words[2], words.count > 3 ? words[3] : "")
    }
    return CommandResult(exit: 0)
  }
}
