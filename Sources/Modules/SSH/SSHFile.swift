import Functions
import HostSystem
import Value

/// A file of SSH's that belongs to a user (`~/.ssh/authorized_keys`) or to the host. Users may write above it, so it is
/// reached and written without following their links.
struct SSHFile: Sendable {
  let path: String
  /// Whose it is; nil for the host's own.
  let account: PasswordEntry?
  private let context: FunctionContext
  private var files: HostFiles { context.files }

  init(_ path: String, of account: PasswordEntry?, _ context: FunctionContext) {
    self.path = PathText.normalized(path)
    self.account = account
    self.context = context
  }

  /// Nil when there is none.
  func read() throws -> [UInt8]? {
    do {
      return try GuardedDirectory(PathText.dirname(path), files).read(PathText.basename(path))
    } catch {
      guard error.code == .notFound else { throw error }
      return nil
    }
  }

  /// Directories that are missing are made, with mode 0700 and the user's where they lie in the home or hold the file.
  func write(_ bytes: [UInt8]) async throws {
    let directory = PathText.dirname(path)
    let isNew = !files.exists(path)
    let isNewDirectory = !files.isDirectory(directory)
    let guarded = try GuardedDirectory(directory, files) { made in
      isOwn(made) || made == directory ? owned(0o700) : .init(mode: 0o755, uid: 0, gid: 0)
    }
    try guarded.write(PathText.basename(path), bytes, new: owned(account == nil ? 0o644 : 0o600))
    if isNewDirectory { try await restoreSecurityContext(directory) }
    if isNew { try await restoreSecurityContext(path) }
  }

  /// False where the file would lie in a home directory that is not there.
  var hasHome: Bool {
    guard let account, isOwn(path) else { return true }
    return files.isDirectory(account.home)
  }

  private func isOwn(_ path: String) -> Bool {
    guard let account, account.home != "/", !account.home.isEmpty else { return false }
    return path.hasPrefix(PathText.normalized(account.home) + "/")
  }

  private func owned(_ mode: UInt32) -> GuardedDirectory.Making {
    .init(mode: mode, uid: account?.uid ?? 0, gid: account?.gid ?? 0)
  }

  /// For SELinux; without it there is no such program.
  private func restoreSecurityContext(_ path: String) async throws {
    guard files.isDirectory("/sys/fs/selinux"), context.commands.which("restorecon") != nil else { return }
    _ = try await context.commands.run("restorecon", "--", files.resolve(path))
  }
}
