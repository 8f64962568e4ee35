import Functions
import HostSystem
import Value

/// Runs mount(8) and umount(8).
struct MountProgram: Sendable {
  private let context: FunctionContext
  /// The user it is run as; nil for the minion's own.
  private let account: CommandAccount?

  init(_ context: FunctionContext, user: String?) async throws {
    self.context = context
    account =
      if let user, !user.isEmpty {
        try await CommandAccount.look(up: user, group: nil, context.commands)
      } else {
        nil
      }
  }

  /// Mounts a device, or without one what fstab has for the place.
  ///
  /// - Returns: nil when it is done, else what mount said.
  func mount(_ name: String, device: String?, type: String, options: [String]) async throws -> String? {
    var words = ["mount"]
    if let device {
      if !options.isEmpty { words += ["-o", try Self.joined(options)] }
      if !type.isEmpty { words += ["-t", try Self.checked(type, "fstype")] }
      words += ["--", try Self.checked(device, "device")]
    } else {
      words.append("--")
    }
    return try await run(words + [try Self.checked(name, "name")])
  }

  func unmount(_ name: String, isLazy: Bool = false) async throws -> String? {
    try await run(["umount"] + (isLazy ? ["-l"] : []) + ["--", try Self.checked(name, "name")])
  }

  /// Makes a directory to mount on, with what is missing above it.
  func makePlace(_ name: String) throws {
    try DirectoryMaker(context, uid: account?.runAs.uid, gid: account?.runAs.gid, mode: nil).make(name)
  }

  private func run(_ words: [String]) async throws -> String? {
    guard context.commands.which(words[0]) != nil else {
      throw FunctionError(.unavailable, "There is no \(words[0]) here.", hint: "It comes with the package 'mount'.")
    }
    var command = Command(words)
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C"]
    command.user = account?.runAs
    // A server that does not answer must not hold the run for ever.
    command.timeout = .seconds(180)
    let result = try await context.commands.run(command)
    guard !result.isSuccess else { return nil }
    if result.ending == .timedOut { return "\(words[0]) took longer than 180 seconds" }
    let text = result.errorText.trimmed()
    return text.isEmpty ? "\(words[0]) ended with \(result.exitCode)" : text
  }

  /// Options for `-o`. A password among them would be seen by every user of the host.
  private static func joined(_ options: [String]) throws -> String {
    for option in options {
      let word = option.prefix { $0 != "=" }
      guard !["password", "pass", "password2"].contains(word) || !option.contains("=") else {
        throw FunctionError(
          .badArguments, "The option '\(word)' would show a password on mount's command line.",
          hint: "Put it into a file with mode 0600 and give credentials=FILE.")
      }
    }
    return try checked(options.joined(separator: ","), "opts")
  }

  private static func checked(_ text: String, _ argument: String) throws -> String {
    guard !text.isEmpty, !text.hasPrefix("-"), !text.utf8.contains(0), !text.contains(where: \.isNewline) else {
      throw FunctionError(
        .badArguments, "'\(argument)' may not be empty, begin with a dash or have several lines: '\(text)'.")
    }
    return text
  }
}
