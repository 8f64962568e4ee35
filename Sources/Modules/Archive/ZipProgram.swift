import Functions
import HostSystem
import Value

/// Lists zip archives by their own directory, and extracts them by unzip(1).
struct ZipProgram: Sendable {
  let context: FunctionContext
  /// Who extracts; nil for the minion's own user.
  var account: CommandAccount?

  init(_ context: FunctionContext, account: CommandAccount? = nil) {
    self.context = context
    self.account = account
  }

  /// The entries, in order. The targets of links are read by unzip.
  func list(_ archive: String) async throws -> [ArchiveMember] {
    var members: [ArchiveMember] = []
    for entry in try ZipDirectory(archive, context.files).entries {
      // Made on a system that parts names by backslashes.
      let path = entry.mode == 0 ? entry.path.replacing("\\", with: "/") : entry.path
      if entry.isSpecial {
        members.append(ArchiveMember(path, .special))
      } else if entry.isLink {
        guard entry.size <= 4096 else { throw StateRefusal("\(path) of the archive is a link to nowhere") }
        members.append(ArchiveMember(path, .symbolicLink(target: try await target(entry.path, archive))))
      } else {
        members.append(
          ArchiveMember(path, entry.isDirectory ? .directory : .file, isPrivileged: entry.mode & 0o7000 != 0))
      }
    }
    return members
  }

  func isEncrypted(_ archive: String) throws -> Bool {
    try ZipDirectory(archive, context.files).entries.contains(where: \.isEncrypted)
  }

  /// Extracts into a directory, over what is there.
  ///
  /// - Returns: the lines that unzip printed.
  func extract(
    _ archive: String, into directory: String, excluding excluded: [String] = [], words: [String] = []
  ) async throws -> [String] {
    // -d, -: and -P would write elsewhere, or show a password.
    for word in words where word.hasPrefix("-") && word.contains(where: { "dP:".contains($0) }) {
      throw StateRefusal("unzip's option '\(word)' is refused: it could write elsewhere or show a password")
    }
    var arguments = ["unzip", "-o"] + words + [context.files.resolve(archive), "-d", context.files.resolve(directory)]
    if !excluded.isEmpty { arguments += ["-x"] + excluded.map(Self.escaped) }
    let result = try await run(arguments, isMerged: true)
    // 1 is a warning: all was extracted.
    guard result.exitCode <= 1 else {
      throw StateRefusal("unzip ended with \(result.exitCode): \(result.outputText.trimmed())")
    }
    return result.outputLines
  }

  private func target(_ path: String, _ archive: String) async throws -> String {
    let result = try await run(["unzip", "-p", context.files.resolve(archive), Self.escaped(path)], isMerged: false)
    guard result.isSuccess else {
      throw StateRefusal("The link \(path) of the archive cannot be read: \(result.errorText.trimmed())")
    }
    return result.outputText
  }

  private func run(_ arguments: [String], isMerged: Bool) async throws -> CommandResult {
    guard context.commands.which("unzip") != nil else {
      throw StateRefusal("There is no unzip here: install the package 'unzip'")
    }
    var command = Command(arguments)
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C", "UNZIP": "", "UNZIPOPT": ""]
    command.isErrorMerged = isMerged
    command.user = account?.runAs
    command.umask = 0o022
    command.outputLimit = 64 << 20
    command.timeout = .seconds(3600)
    return try await context.commands.run(command)
  }

  /// A name that stands for itself only where unzip looks for patterns.
  private static func escaped(_ path: String) -> String {
    path.reduce(into: "") { $0 += "*?[\\".contains($1) ? ($1 == "\\" ? "\\\\" : "[\($1)]") : String($1) }
  }
}
