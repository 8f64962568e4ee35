import Functions
import HostSystem

/// The host's users and groups: its own files first, then what its name services (LDAP, SSSD, systemd) know, by
/// getent(1), and only where `nsswitch.conf` names such a service.
struct AccountDatabase: Sendable {
  private let files: HostFiles
  private let commands: any CommandRunner
  /// A directory that holds another system, without a slash at its end; empty for this one.
  private let root: String

  init(_ context: FunctionContext, root: String? = nil) throws(FunctionError) {
    files = context.files
    commands = context.commands
    let given = root ?? ""
    guard !given.isEmpty else {
      self.root = ""
      return
    }
    var path = try AbsolutePath.check(given, "root")[...]
    while path.last == "/" { path.removeLast() }
    self.root = String(path)
  }

  // MARK: Users

  func users() async throws -> [PasswordEntry] {
    if hasRemote("passwd"), let lines = try await getent("passwd") {
      return lines.compactMap(PasswordEntry.init(line:))
    }
    return localUsers()
  }

  func user(named name: String) async throws -> PasswordEntry? {
    if let entry = localUsers().first(where: { $0.name == name }) { return entry }
    guard hasRemote("passwd"), let lines = try await getent("passwd", name) else { return nil }
    return lines.lazy.compactMap(PasswordEntry.init(line:)).first { $0.name == name }
  }

  func userName(_ uid: UInt32) async throws -> String? {
    if let entry = localUsers().first(where: { $0.uid == uid }) { return entry.name }
    guard hasRemote("passwd"), let lines = try await getent("passwd", String(uid)) else { return nil }
    return lines.lazy.compactMap(PasswordEntry.init(line:)).first { $0.uid == uid }?.name
  }

  // MARK: Groups

  func groups() async throws -> [GroupEntry] {
    if hasRemote("group"), let lines = try await getent("group") { return lines.compactMap(GroupEntry.init(line:)) }
    return localGroups()
  }

  func group(named name: String) async throws -> GroupEntry? {
    if let entry = localGroups().first(where: { $0.name == name }) { return entry }
    guard hasRemote("group"), let lines = try await getent("group", name) else { return nil }
    return lines.lazy.compactMap(GroupEntry.init(line:)).first { $0.name == name }
  }

  func groupName(_ gid: UInt32) async throws -> String? {
    if let entry = localGroups().first(where: { $0.gid == gid }) { return entry.name }
    guard hasRemote("group"), let lines = try await getent("group", String(gid)) else { return nil }
    return lines.lazy.compactMap(GroupEntry.init(line:)).first { $0.gid == gid }?.name
  }

  /// All groups of a user with the primary one, sorted. With a name service it is id(1) that knows.
  func groupNames(of user: PasswordEntry) async throws -> [String] {
    if hasRemote("group") {
      let result = try await commands.run("id", "-Gnz", user.name)
      if result.isSuccess {
        return Set(result.outputText.split(separator: "\0").map(String.init)).sorted()
      }
    }
    return Self.groupNames(of: user, among: localGroups())
  }

  static func groupNames(of user: PasswordEntry, among groups: [GroupEntry]) -> [String] {
    Set(groups.filter { $0.gid == user.gid || $0.members.contains(user.name) }.map(\.name)).sorted()
  }

  // MARK: Sources

  private func localUsers() -> [PasswordEntry] {
    files.linesIfPresent(root + "/etc/passwd").compactMap(PasswordEntry.init(line:))
  }

  private func localGroups() -> [GroupEntry] {
    files.linesIfPresent(root + "/etc/group").compactMap(GroupEntry.init(line:))
  }

  /// Whether `nsswitch.conf` names a source for this database beyond the files.
  private func hasRemote(_ database: String) -> Bool {
    guard root.isEmpty else { return false }
    for line in files.linesIfPresent("/etc/nsswitch.conf") {
      let words = line.prefix { $0 != "#" }.fields()
      guard words.first == "\(database):" else { continue }
      return words.dropFirst().contains {
        !["files", "compat"].contains($0) && !$0.hasPrefix("[") && !$0.hasSuffix("]")
      }
    }
    return false
  }

  /// The lines getent prints; nil when there is no such entry, or the service does not list all it has.
  private func getent(_ words: String...) async throws -> [String]? {
    guard commands.which("getent") != nil else { return nil }
    let result = try await commands.runParsed(["getent"] + words)
    switch result.ending {
    case .exited(0): return result.outputLines
    case .exited(2), .exited(3): return nil
    default:
      throw FunctionError(
        .failed,
        "`getent \(words.joined(separator: " "))` failed with \(result.exitCode): \(result.errorText.trimmed())",
        hint: "Look at the name services in /etc/nsswitch.conf.")
    }
  }
}
