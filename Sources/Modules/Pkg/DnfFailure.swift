import Functions
import HostSystem
import Value

/// Explains why dnf, yum or rpm failed, in the operator's terms and with the cure.
enum DnfFailure {
  /// Who holds a lock, when that is why the command failed.
  static func lockHolder(_ result: CommandResult) -> LockHolder? {
    let text = result.errorText + "\n" + result.outputText
    let isLocked =
      text.contains("another copy is running") || text.contains("currently holding the yum lock")
      || text.contains("can't create transaction lock") || text.contains("Failed to obtain the transaction lock")
      || text.contains("Failed to obtain rpm transaction lock") || text.contains("already locked by")
    guard isLocked else { return nil }
    let holder = LockHolder(in: text, after: "running as pid")
    return holder.processID == nil ? LockHolder(in: text, after: "already locked by") : holder
  }

  static func error(_ arguments: [String], _ result: CommandResult) -> FunctionError {
    let lines = (result.errorText.splitLines() + result.outputLines).map { $0.trimmed() }
    let text = lines.joined(separator: "\n")
    let message = OutputTail.failure(of: arguments, result)
    if let holder = lockHolder(result) {
      return FunctionError(
        .busy, "The package lock is held by \(holder.description). \(message)", hint: "Try again when it is done.")
    }
    if result.ending == .timedOut {
      return FunctionError(.timedOut, "It took longer than it may and was ended. \(message)")
    }
    if let unknown = unknownPackages(lines) {
      return FunctionError(
        .notFound, "No package named \(unknown.joined(separator: ", ")) is known here. \(message)",
        hint: "Check the name and the enabled repositories (pkg.list_repos), or run pkg.refresh_db.")
    }
    if text.contains("No such command: versionlock") || text.contains("Unknown argument \"versionlock\"") {
      return FunctionError(
        .unavailable, "Holding packages needs the versionlock plugin. \(message)",
        hint: "Install python3-dnf-plugin-versionlock (yum: yum-plugin-versionlock).")
    }
    let (reason, hint) = reason(text)
    return FunctionError(.failed, reason.map { "\($0) \(message)" } ?? message, hint: hint)
  }

  /// Names from `No match for argument: x`, yum's `No package x available.` and microdnf's `No package matches 'x'`.
  static func unknownPackages(_ lines: [String]) -> [String]? {
    var names: [String] = []
    for line in lines {
      var name: String?
      if line.hasPrefix("No match for argument: ") {
        name = line.fields().last
      } else if line.hasPrefix("No package "), line.hasSuffix(" available.") {
        name = line.fields().dropFirst(2).first
      } else if line.hasPrefix("error: No package matches '") {
        name = line.split(separator: "'").dropFirst().first.map(String.init)
      } else if line.hasPrefix("package "), line.hasSuffix(" is not installed") {
        name = line.fields().dropFirst().first
      }
      if let name, !names.contains(name) { names.append(name) }
    }
    return names.isEmpty ? nil : names
  }

  private static func reason(_ text: String) -> (reason: String?, hint: String?) {
    if text.contains("superuser privileges") || text.contains("need to be root") {
      return ("Package changes need root.", "Run brine-minion as root.")
    }
    if text.contains("nothing provides") || text.contains("conflicting requests") || text.contains("Depsolve Error")
      || text.contains("Requires: ")
    {
      return ("The dependencies cannot be met.", "Excludes and versionlocks are the usual cause: see pkg.list_holds.")
    }
    if text.contains("No space left on device") || text.contains("more space needed on") {
      return ("The disk is full.", "`dnf clean packages` frees the cache; disk.usage shows the file systems.")
    }
    if text.contains("GPG check FAILED") || text.contains("is not signed") || text.contains("NOKEY") {
      return ("A package is not signed with a key known here.", "Import the repository's key.")
    }
    if text.contains("Failed to download metadata") || text.contains("Cannot download")
      || text.contains("Cannot find a valid baseurl") || text.contains("All mirrors were tried")
    {
      return ("A repository could not be reached.", "Check the network and pkg.list_repos.")
    }
    return (nil, nil)
  }
}
