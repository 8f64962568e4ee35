import HostSystem
import Sealing
import Value
import Wire

/// The master's pillar keys on disk: a directory of mode 0700 with a file of mode 0600 for each, named by when it was
/// made; the newest is the one that is sealed to.
struct PillarKeyStore: Sendable {
  private static let suffix = ".key"

  let directory: String
  let files: HostFiles

  /// Opens the store, and makes the first key when there is none.
  ///
  /// - Throws: `HostError`; `permissionDenied` for a key that others can read.
  init(directory: String, files: HostFiles = HostFiles()) throws(HostError) {
    self.directory = directory
    self.files = files
    try files.makeDirectory(directory, mode: 0o700)
    if names.isEmpty { try add() }
    _ = try keyring()
  }

  private var names: [String] {
    files.entriesIfPresent(directory).filter { $0.hasSuffix(Self.suffix) }.sorted(by: >)
  }

  /// All keys, newest first.
  func keyring() throws(HostError) -> PillarKeyring {
    var keys: [SealingKey] = []
    for name in names { keys.append(try key(name)) }
    return PillarKeyring(keys)
  }

  private func key(_ name: String) throws(HostError) -> SealingKey {
    let path = "\(directory)/\(name)"
    guard let status = files.status(path), status.mode & 0o077 == 0 else {
      throw HostError(.permissionDenied, "\(path) can be read by others: chmod 600 \(path)")
    }
    let text = try files.readText(path, limit: 1024)
    guard let bytes = Base64URL.decode(text.trimmed().utf8), let key = try? SealingKey(Secret(bytes)) else {
      throw HostError(.invalid, "\(path) is not a pillar key")
    }
    return key
  }

  /// Makes a new key, which is sealed to from now on.
  func add() throws(HostError) {
    // Names sort by time; one that was made in the same microsecond, or before the clock was set back, comes after all.
    let newest = names.first.flatMap { Int64($0.dropLast(Self.suffix.count)) } ?? 0
    let name = max(newest + 1, Moment.now().microseconds)
    let digits = String(name)
    let padded = String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    let key = SealingKey()
    let text = key.rawBytes.withBytes { Base64URL.encode($0) }
    try files.write("\(directory)/\(padded)\(Self.suffix)", text: text + "\n", mode: 0o600)
  }

  /// Removes an old key: what is sealed to it cannot be opened any more.
  ///
  /// - Throws: `HostError`: `notFound` for one that is not here, `invalid` for the newest.
  func remove(_ id: String) throws(HostError) {
    for (index, name) in names.enumerated() {
      let word = PillarSealWord(try key(name).publicKey)
      guard word.keyID == id else { continue }
      guard index > 0 else {
        throw HostError(.invalid, "\(id) is the key that is sealed to; make a new one before (`brine pillar rotate`)")
      }
      return try files.remove("\(directory)/\(name)")
    }
    throw HostError(.notFound, "there is no pillar key \(id) here")
  }
}
