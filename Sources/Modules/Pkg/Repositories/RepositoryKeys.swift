import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// Fetches signing keys and puts them where apt looks for them.
struct RepositoryKeys: Sendable {
  static let directory = "/etc/apt/keyrings"
  /// Keys in it hold for every repository that names none of its own.
  static let trusted = "/etc/apt/trusted.gpg.d"

  let context: FunctionContext
  var environment = "base"

  // MARK: Fetching

  func fetch(_ source: RepositoryKeySource) async throws -> OpenPGPKey {
    switch source {
    case .text(let text): return try OpenPGPKey(Array(text.utf8), from: "key_text")
    case .server(let server, let ids): return try await receive(ids, from: server)
    case .place(let place):
      let shown = RepositoryURL.hidingPassword(in: place).shownOnOneLine
      if PackageDownload.isRemote(place) {
        let path = try await PackageDownload(context: context).fetch(
          place, suffix: ".key", limit: Int64(OpenPGPKey.limit), timeout: .seconds(120))
        defer { try? context.files.remove(path) }
        return try OpenPGPKey(try context.files.read(path, limit: OpenPGPKey.limit), from: shown)
      }
      return try OpenPGPKey(try await read(place, shown), from: shown)
    }
  }

  private func read(_ place: String, _ shown: String) async throws -> [UInt8] {
    if place.hasPrefix("salt://") {
      let url = SaltURL(place, environment: environment)
      let local = try await url.localPath(MasterlessContext.prepare(context).source)
      return try context.files.read(local, limit: OpenPGPKey.limit)
    }
    let path = place.hasPrefix("file://") ? String(place.dropFirst("file://".count)) : place
    guard PackageName.isPath(path), context.files.isFile(path) else {
      throw FunctionError(
        .notFound, "Error: file not found: \(shown)", hint: "A key is salt://…, http(s)://… or a path of this host.")
    }
    return try context.files.read(path, limit: OpenPGPKey.limit)
  }

  /// By GnuPG in a home of its own, which is gone afterwards.
  private func receive(_ ids: [String], from server: String) async throws -> OpenPGPKey {
    guard context.commands.which("gpg") != nil else { throw Self.noGPG }
    let home = "/var/tmp/brine-gpg-\(UInt64.random(in: 0 ... .max))"
    try context.files.makeDirectory(home, mode: 0o700)
    defer { try? context.files.removeTree(home) }
    let base = ["gpg", "--homedir", context.files.resolve(home), "--batch", "--no-tty"]
    let ids = ids.map(OpenPGPKey.bare)
    var command = Command(base + ["--keyserver", server, "--recv-keys"] + ids.map { "0x\($0)" })
    command.timeout = .seconds(120)
    let result = try await context.commands.run(command)
    guard result.isSuccess else {
      throw FunctionError(
        .failed, "Error: key retrieval failed: \(OutputTail.text(of: result, lines: 5))",
        hint: "gpg needs dirmngr and a way to the key server; key_url, key_text and salt:// need neither.")
    }
    let exported = try await context.commands.run(Command(base + ["--export"]))
    let key = try OpenPGPKey(exported.standardOutput, from: server)
    if let missing = ids.first(where: { !key.has($0) }) {
      throw FunctionError(.failed, "\(server) gave another key than \(missing): \(key.fingerprint).")
    }
    return key
  }

  static let noGPG = FunctionError(
    .unavailable, "This host has no gpg.", hint: "Install the package gpg (and dirmngr for key servers).")

  // MARK: Placing

  /// Where the key of a repository is: what it is signed by, else a file of its own among the host's trusted ones.
  static func path(for request: AptRepositoryRequest) -> String {
    if request.line.signedBy.hasPrefix("/") { return String(request.line.signedBy.prefix { $0 != "," }) }
    let stem =
      request.newFile == AptSources.list
      ? request.line.uri : String(request.newFile.split(separator: "/").last?.prefix { $0 != "." } ?? "")
    let name = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) ? $0 : "-" }
    return "\(trusted)/\(String(name).split(separator: "-").joined(separator: "-")).asc"
  }

  /// The fingerprints of a key file; empty where there is none.
  func fingerprint(at path: String) -> String {
    guard let bytes = try? context.files.read(path, limit: OpenPGPKey.limit) else { return "" }
    return (try? OpenPGPKey(bytes, from: path))?.fingerprint ?? "unreadable"
  }

  func isInPlace(_ key: OpenPGPKey, at path: String) -> Bool {
    (try? context.files.read(path, limit: OpenPGPKey.limit)) == key.content(for: path)
  }

  /// apt reads keys as a user of its own, so everybody may.
  func place(_ key: OpenPGPKey, at path: String) throws {
    guard PackageName.isPath(path), !path.split(separator: "/").contains("..") else {
      throw PackageName.refusal(path, as: "the path of a key file")
    }
    try context.files.makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    try context.files.write(path, key.content(for: path), mode: 0o644)
  }
}
