import Functions
import Hashing
import HostSystem
import Value

/// How git gets at a repository: SSH keys, a user's name and password for https. What is secret lies in files that only
/// the user who runs git can read, for as long as this is there.
final class GitAccess: Sendable {
  /// Files of SSH keys, to be tried one after the other.
  let identities: [String]
  /// The file of git-credential-store(1).
  let credentials: String?
  /// What is to be kept out of all texts.
  let password: String?
  private let directory: String?
  private let files: HostFiles

  private init(
    identities: [String], credentials: String?, password: String?, directory: String?, files: HostFiles
  ) {
    self.identities = identities
    self.credentials = credentials
    self.password = password
    self.directory = directory
    self.files = files
  }

  deinit { if let directory { try? files.removeAll(directory) } }

  /// Nothing but what the user has.
  static func none(_ context: FunctionContext) -> GitAccess {
    GitAccess(identities: [], credentials: nil, password: nil, directory: nil, files: context.files)
  }

  /// - Parameters:
  ///   - identity: paths or `salt://` addresses of keys, null for none.
  ///   - url: what `user` and `password` are for; https only.
  /// - Throws: `StateRefusal` with Salt's sentence.
  static func make(
    identity: Value, url: GitURL?, user: String?, password: String?, account: CommandAccount?, environment: String,
    _ context: FunctionContext
  ) async throws -> GitAccess {
    let names = identity.isNull ? [] : identity.listValue?.map(\.description) ?? [identity.description]
    let (user, password) = (user ?? url?.user, password ?? url?.password)
    if user != nil || password != nil, url?.text.lowercased().hasPrefix("https://") != true {
      guard url?.password == nil || url?.text.lowercased().hasPrefix("http://") != true else {
        throw StateRefusal("A password is not sent in clear: use https")
      }
      throw StateRefusal("Basic Auth only supported for HTTPS")
    }
    guard !names.isEmpty || user != nil else { return none(context) }
    let directory = try makeDirectory(account, context)
    do {
      var identities: [String] = []
      for (index, name) in names.enumerated() {
        identities.append(
          try await place(name, as: "\(directory)/key-\(index)", account, environment: environment, context))
      }
      var credentials: String?
      if let user, let origin = url?.origin, let end = origin.firstRange(of: "://")?.upperBound {
        let path = "\(directory)/credentials"
        let word = GitText.percentEncoded(user) + (password.map { ":" + GitText.percentEncoded($0) } ?? "")
        let owner = account.map { ($0.runAs.uid, $0.runAs.gid) }
        try context.files.write(path, text: "\(origin[..<end])\(word)@\(origin[end...])\n", mode: 0o600, owner: owner)
        credentials = path
      }
      return GitAccess(
        identities: identities, credentials: credentials, password: password, directory: directory,
        files: context.files)
    } catch {
      try? context.files.removeAll(directory)
      throw error
    }
  }

  private static func makeDirectory(_ account: CommandAccount?, _ context: FunctionContext) throws -> String {
    let directory = "/tmp/brine-git-\(Hexadecimal.text(try KernelRandom.bytes(12)))"
    try context.files.makeOneDirectory(directory, mode: 0o700)
    if let account {
      try context.files.setOwner(directory, uid: account.runAs.uid, gid: account.runAs.gid, followingLinks: false)
    }
    return directory
  }

  /// A key of the file server is copied to where ssh takes it; one of the host stays where it is.
  private static func place(
    _ name: String, as copy: String, _ account: CommandAccount?, environment: String, _ context: FunctionContext
  ) async throws -> String {
    var path = name
    let isSalt = name.hasPrefix("salt://")
    if isSalt {
      let script = ScriptSource(name, environment: environment)
      guard let bytes = try await script.content(context) else {
        throw StateRefusal("identity '\(name)' does not exist.")
      }
      try context.files.write(copy, bytes, mode: 0o600, owner: account.map { ($0.runAs.uid, $0.runAs.gid) })
      path = copy
    } else {
      if path == "~" || path.hasPrefix("~/") { path = (account?.home ?? "/root") + path.dropFirst() }
      guard path.hasPrefix("/") else { throw StateRefusal("identity '\(name)' is not an absolute path") }
      guard !path.contains(where: { $0.isNewline || "'\"\\".contains($0) }), !path.utf8.contains(0) else {
        throw StateRefusal("identity '\(name)' has a quote or a line end in its path")
      }
      guard context.files.isFile(path) else {
        throw StateRefusal("The following identity file(s) were not found: \(path)")
      }
    }
    if let text = try? context.files.readText(path, limit: 1 << 20), PrivateKeyText.isEncrypted(text) == true {
      throw StateRefusal(
        "Identity file \(name) is passphrase-protected and cannot be used in a non-interactive command.")
    }
    return path
  }
}
