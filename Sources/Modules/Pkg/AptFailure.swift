import Functions
import HostSystem
import Value

/// Explains why apt-get or dpkg failed, in the operator's terms and with the cure.
enum AptFailure {
  /// Who holds a lock, when that is why the command failed.
  static func lockHolder(_ result: CommandResult) -> LockHolder? {
    let text = result.errorText
    let isLocked =
      text.contains("Could not get lock") || text.contains("Unable to acquire the dpkg frontend lock")
      || text.contains("Unable to lock the administration directory")
      || text.contains("frontend lock was locked by another process")
      || text.contains("status database is locked by another process")
    guard isLocked, !text.contains("are you root?") else { return nil }
    let held = LockHolder(in: text, after: "held by process")
    return held.processID == nil ? LockHolder(in: text, after: "with pid") : held
  }

  static func error(_ arguments: [String], _ result: CommandResult) -> FunctionError {
    let errors = (result.errorText.splitLines() + result.outputLines).map { $0.trimmed() }
    let text = errors.joined(separator: "\n")
    let message = OutputTail.failure(of: arguments, result)
    if let holder = lockHolder(result) {
      return FunctionError(
        .busy, "The package lock is held by \(holder.description). \(message)", hint: "Try again when it is done.")
    }
    if result.ending == .timedOut {
      return FunctionError(
        .timedOut, "It took longer than it may and was ended. \(message)",
        hint:
          "A package's script that waits is the usual cause; `dpkg --configure -a` on the host finishes what is left.")
    }
    if text.contains("dpkg was interrupted") {
      return FunctionError(
        .failed, "An earlier dpkg run was interrupted and must be finished first. \(message)",
        hint: "Run `dpkg --configure -a` on the host (cmd.run 'dpkg --configure -a'), then try again.")
    }
    if let unknown = unknownPackages(errors) {
      return FunctionError(
        .notFound, "No package named \(unknown.joined(separator: ", ")) is known here. \(message)",
        hint: "Check the name, or fetch the lists with pkg.refresh_db.")
    }
    if let line = errors.first(where: { $0.hasPrefix("E: Version ") && $0.hasSuffix("was not found") })
      ?? errors.first(where: { $0.hasPrefix("E: Release ") && $0.contains("was not found") })
      ?? errors.first(where: { $0.hasPrefix("E: The value ") && $0.contains("APT::Default-Release") })
    {
      return FunctionError(
        .notFound, "\(line.dropFirst(3)). \(message)",
        hint: "`apt-cache policy` lists the versions and releases that are available.")
    }
    let (reason, hint) = reason(text, errors)
    return FunctionError(.failed, reason.map { "\($0) \(message)" } ?? message, hint: hint)
  }

  private static func reason(_ text: String, _ errors: [String]) -> (reason: String?, hint: String?) {
    if text.contains("Held packages were changed") {
      return (
        "A held package would have to change.",
        "pkg.list_holds shows holds; release one with pkg.unhold, or say update_holds=true."
      )
    }
    if text.contains("unmet dependencies") || text.contains("pkgProblemResolver") || text.contains("Unmet dependencies")
    {
      let dependencies = errors.filter {
        $0.contains("Depends:") || $0.contains("Breaks:") || $0.contains("Conflicts:")
      }
      let list = dependencies.prefix(5).joined(separator: "; ")
      return (
        "The dependencies cannot be met\(list.isEmpty ? "" : " (\(list))").",
        "Held packages or mixed releases are the usual cause: see pkg.list_holds; `apt-get -f install` mends broken ones."
      )
    }
    if text.contains("downgrade") && text.contains("--allow-downgrades") {
      return ("Packages would be downgraded.", "Say allow_downgrades=true if that is meant.")
    }
    if text.contains("No space left on device") || text.contains("enough free space") {
      return ("The disk is full.", "`apt-get clean` frees the package cache; disk.usage shows the file systems.")
    }
    if text.contains("cannot be authenticated") || text.contains("is not signed") || text.contains("NO_PUBKEY") {
      return ("A repository or package is not signed with a key known here.", "Install the repository's key.")
    }
    if text.contains("Failed to fetch") || text.contains("Unable to fetch") {
      return (
        "Something could not be fetched.", "The lists may be old: run pkg.refresh_db; else check network and mirror."
      )
    }
    if text.contains("are you root") || text.contains("Permission denied") {
      return ("Package changes need root.", "Run brine-minion as root.")
    }
    if errors.contains(where: { $0.hasPrefix("E: Sub-process /usr/bin/dpkg returned an error code") }) {
      return (
        "A package's own script failed.", "Read its words above, mend that, then run `dpkg --configure -a` on the host."
      )
    }
    return (nil, nil)
  }

  /// Names from `E: Unable to locate package x` and `E: Package 'x' has no installation candidate`.
  private static func unknownPackages(_ errors: [String]) -> [String]? {
    let names = errors.compactMap { line -> String? in
      for start in ["E: Unable to locate package ", "E: Couldn't find any package by "] where line.hasPrefix(start) {
        return line.fields().last
      }
      guard line.hasPrefix("E: Package '"), line.hasSuffix("has no installation candidate") else { return nil }
      return line.split(separator: "'").dropFirst().first.map(String.init)
    }
    return names.isEmpty ? nil : names
  }
}
