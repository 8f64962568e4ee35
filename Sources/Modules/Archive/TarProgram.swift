import Functions
import HostSystem
import Value

/// Lists and extracts tar archives by GNU tar.
struct TarProgram: Sendable {
  /// Options that would write elsewhere, or run something, behind the back of the check.
  private static let refused = [
    "--absolute-names", "--absolute-paths", "--add-file", "--checkpoint-action", "--directory", "--files-from",
    "--incremental", "--info-script", "--keep-directory-symlink", "--listed-incremental", "--new-volume-script",
    "--one-top-level", "--rmt-command", "--rsh-command", "--to-command", "--to-stdout", "--transform", "--xform",
  ]
  private static let refusedLetters = "CFGOPTg"

  let context: FunctionContext

  /// The entries, in order.
  ///
  /// - Parameters:
  ///   - words: more options, such as patterns.
  ///   - decompressor: a program that reads what tar itself does not know.
  func list(_ archive: String, words: [String] = [], decompressor: String? = nil) async throws -> [ArchiveMember] {
    let result = try await run(
      ["-t", "-v", "--quoting-style=c", "--numeric-owner", "--full-time"] + Self.decompression(decompressor)
        + Self.withoutVerbosity(words), archive)
    guard result.isSuccess, !result.isTruncated else {
      let reason = result.isTruncated ? "it has too many entries" : result.errorText.trimmed()
      throw StateRefusal(
        "Unable to list contents of \(archive): \(reason). If it is compressed using something that tar does not know, "
          + "set 'list_options' to the program that decompresses it.")
    }
    var members: [ArchiveMember] = []
    for line in result.outputLines {
      if let member = TarListing.member(line) {
        members.append(member)
      } else if !line.isEmpty, !"VMxgLK".contains(line.first ?? " ") {
        throw StateRefusal("Unable to list contents of \(archive): tar printed a line that cannot be read: \(line)")
      }
    }
    return members
  }

  /// Extracts into a directory. Files belong to root, and have neither setuid bits nor write permission for others,
  /// unless the options say otherwise.
  ///
  /// - Returns: the lines that tar printed.
  func extract(
    _ archive: String, into directory: String, words: [String] = [], decompressor: String? = nil
  ) async throws -> [String] {
    let result = try await run(
      ["-x", "-v", "--no-same-owner", "--no-same-permissions", "--no-overwrite-dir"] + Self.decompression(decompressor)
        + Self.withoutVerbosity(words), archive, in: directory)
    guard result.isSuccess else {
      throw StateRefusal("tar ended with \(result.exitCode): \(result.errorText.trimmed())")
    }
    return result.outputLines
  }

  /// The options of a state as words, those that the check could not stand for refused.
  static func words(_ options: String?) throws -> [String] {
    guard let options, !options.isEmpty else { return [] }
    var words: [String]
    do { words = try ShellWords.split(options) } catch {
      throw StateRefusal("'options' cannot be read: \(error)")
    }
    // tar's old form: letters without a dash, in front of all others.
    if let first = words.first, !first.hasPrefix("-") {
      words[0] = "-" + first.filter { !"xfvt".contains($0) }
      if words[0] == "-" { words.removeFirst() }
    }
    for word in words {
      let name = word.prefix { $0 != "=" }
      let isRefused =
        word.hasPrefix("--")
        ? refused.contains { $0 == name || name.count > 4 && $0.hasPrefix(name) }
        : word.hasPrefix("-") && word.dropFirst().contains { refusedLetters.contains($0) }
      guard !isRefused else {
        throw StateRefusal("tar's option '\(word)' could write outside of the directory; it is refused")
      }
    }
    return words
  }

  /// How many names `--strip-components` takes off.
  static func stripped(_ words: [String]) -> Int {
    for (index, word) in words.enumerated() {
      let name = word.prefix { $0 != "=" }
      guard ["--strip", "--strip-components"].contains(name) else { continue }
      let value = word.contains("=") ? String(word.dropFirst(name.count + 1)) : words.dropFirst(index + 1).first
      return value.flatMap { Int($0) } ?? 0
    }
    return 0
  }

  private func run(_ words: [String], _ archive: String, in directory: String? = nil) async throws -> CommandResult {
    guard context.commands.which("tar") != nil else {
      throw StateRefusal("tar command not available, it might not be installed on minion")
    }
    var command = Command(["tar"] + words + ["--force-local", "-f", context.files.resolve(archive)])
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C", "TAR_OPTIONS": ""]
    command.workingDirectory = directory.map { context.files.resolve($0) }
    command.umask = 0o022
    command.outputLimit = 64 << 20
    command.timeout = .seconds(3600)
    return try await context.commands.run(command)
  }

  private static func decompression(_ program: String?) -> [String] { program.map { ["-I", $0] } ?? [] }

  private static func withoutVerbosity(_ words: [String]) -> [String] {
    words.filter { !["v", "-v", "--verbose"].contains($0) }
  }
}
