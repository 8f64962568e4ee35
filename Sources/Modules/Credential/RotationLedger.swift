import Functions
import Hashing
import HostSystem
import OrderedCollections
import Sealing
import Value

/// What was rotated on this host, and what is under way: one file a credential, written before every effect.
///
/// The directory is 0700 and its files 0600. No file holds a new secret in the clear: a pending one is sealed to a key
/// that lies beside it for this one rotation and is deleted with it.
struct RotationLedger: Sendable {
  static let defaultDirectory = "/var/lib/brine/rotations"

  let files: HostFiles
  let directory: String

  init(_ context: FunctionContext) {
    files = context.files
    directory = context.options["rotation_dir"]?.stringValue ?? Self.defaultDirectory
  }

  func prepare() throws(HostError) {
    if files.isDirectory(directory) { return }
    if let slash = directory.lastIndex(of: "/"), slash != directory.startIndex {
      try files.makeDirectory(String(directory[..<slash]))
    }
    try files.makeDirectory(directory, mode: 0o700)
  }

  func entry(kind: String, name: String) throws -> RotationEntry? {
    let path = path(kind: kind, name: name)
    guard files.exists(path) else { return nil }
    return try read(path)
  }

  /// All entries, and the files that could not be read.
  func entries() -> (entries: [RotationEntry], unreadable: [String]) {
    var entries: [RotationEntry] = []
    var unreadable: [String] = []
    for name in files.entriesIfPresent(directory) where name.hasSuffix(".json") {
      let path = "\(directory)/\(name)"
      if let entry = try? read(path) { entries.append(entry) } else { unreadable.append(path) }
    }
    return (entries, unreadable)
  }

  func record(_ entry: RotationEntry) throws(HostError) {
    let text = JSONWriter.compact(entry.encoded)
    try files.write(path(kind: entry.kind, name: entry.name), text: text, mode: 0o600)
  }

  /// Seals a secret so that only this host, and only during this rotation, can read it again.
  func sealPending(_ secret: Secret, for entry: RotationEntry) throws -> String {
    let key = SealingKey()
    try key.rawBytes.withBytes { try files.write(keyPath(entry), $0, mode: 0o600) }
    return try SealedSecret.seal(secret, to: key.publicKey)
  }

  func openPending(_ entry: RotationEntry) throws -> Secret {
    guard let pending = entry.pending else {
      throw FunctionError(.failed, "The ledger of \(entry.name) holds no pending secret to go on with.")
    }
    return try SealedSecret.open(pending, privateKey: Secret(try files.read(keyPath(entry), limit: 64)))
  }

  func forgetPending(_ entry: RotationEntry) { try? files.remove(keyPath(entry)) }

  func lockPath(kind: String, name: String) -> String { "\(base(kind, name)).lock" }

  private func read(_ path: String) throws -> RotationEntry {
    let text = try files.readText(path, limit: 4 << 20)
    guard let value = try? JSONParser.parse(text), let entry = RotationEntry(encoded: value) else {
      throw FunctionError(
        .failed, "The rotation ledger \(path) cannot be read: it is not what Brine wrote.",
        hint: "Find out who changed it, check the credential by hand, then move the file away.")
    }
    return entry
  }

  private func path(kind: String, name: String) -> String { "\(base(kind, name)).json" }
  private func keyPath(_ entry: RotationEntry) -> String { "\(base(entry.kind, entry.name)).key" }

  /// A digest, never the name itself: names hold slashes and whatever else somebody chose.
  private func base(_ kind: String, _ name: String) -> String {
    let digest = DigestAlgorithm.sha256.digest(of: Array("\(kind)\0\(name)".utf8)).prefix(12)
    return "\(directory)/\(kind)-\(Hexadecimal.text(digest))"
  }
}
