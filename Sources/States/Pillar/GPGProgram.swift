import Functions
import HostSystem
import Value

/// gpg(1) as it decrypts for a pillar or an SLS: without a terminal, with the keys of one directory.
struct GPGProgram: Sendable {
  private static let timeout = Duration.seconds(30)
  private static let outputLimit = 1 << 20

  let commands: any CommandRunner
  /// `gpg_keydir`.
  let directory: String

  init(_ context: FunctionContext) {
    commands = context.commands
    let configured = context.options["gpg_keydir"]?.stringValue
    directory = configured ?? "\(context.options["conf_dir"]?.stringValue ?? "/etc/brine")/gpgkeys"
  }

  /// Decrypts one armored message.
  ///
  /// - Throws: `PillarProblem`, with what gpg says; its words hold nothing of the message.
  func decrypt(_ message: String) async throws(PillarProblem) -> Secret {
    var command = Command(
      "gpg", "--homedir", directory, "--batch", "--no-tty", "--status-fd", "2", "--max-output",
      "\(Self.outputLimit)", "--decrypt")
    command.standardInput = .bytes(Array((message + "\n").utf8))
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C"]
    command.timeout = Self.timeout
    command.outputLimit = Self.outputLimit
    let result: CommandResult
    do { result = try await commands.run(command) } catch {
      throw PillarProblem("gpg cannot be run: \(error)", summary: "gpg cannot be run")
    }
    let said = result.errorText
    guard result.isSuccess, said.contains("[GNUPG:] DECRYPTION_OKAY"), !result.isTruncated else {
      throw Self.problem(said, result.exitCode, directory)
    }
    return Secret(result.standardOutput)
  }

  private static func problem(_ said: String, _ code: Int32, _ directory: String) -> PillarProblem {
    let lines = said.split(whereSeparator: \.isNewline)
    let key = lines.first { $0.hasPrefix("[GNUPG:] NO_SECKEY ") }?.split(separator: " ").last
    let summary =
      key.map { "gpg has no secret key \($0) in \(directory)" } ?? "gpg could not decrypt it (exit code \(code))"
    let words = lines.filter { !$0.hasPrefix("[GNUPG:]") }.suffix(6)
    return PillarProblem("\(summary)\n\(words.joined(separator: "\n"))", summary: summary)
  }

  /// A text with each message in it decrypted, and the newlines at its end taken off, as Salt does.
  ///
  /// - Throws: `PillarProblem`.
  func decrypt(text: String) async throws(PillarProblem) -> String {
    let parts = CipherText.parts(text)
    guard parts.contains(where: { if case .message = $0 { true } else { false } }) else { return text }
    var bytes: [UInt8] = []
    for part in parts {
      switch part {
      case .plain(let plain), .sealed(let plain): bytes += plain.utf8
      case .message(let message): bytes += try await decrypt(message).withBytes { $0 }
      }
    }
    while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same for all texts in a value.
  func decrypt(value: Value) async throws(PillarProblem) -> Value {
    switch value {
    case .string(let text): return .string(try await decrypt(text: text))
    case .list(let items):
      var plain: [Value] = []
      for item in items { plain.append(try await decrypt(value: item)) }
      return .list(plain)
    case .map(var map):
      for index in map.values.indices { map.values[index] = try await decrypt(value: map.values[index]) }
      return .map(map)
    default: return value
    }
  }
}
