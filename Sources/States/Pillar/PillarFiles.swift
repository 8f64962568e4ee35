import Functions
import HostSystem
import Synchronization

/// The files of a pillar, which also remembers what of those that were read is encrypted.
///
/// Only what stands in a file, or came from an external program, is ever decrypted: grains and overrides are the
/// minion's word, and a template may put them into the pillar. Without this a minion could have its own grain be the
/// ciphertext of another host's secret, which anybody who reads the files has, and be given the plain text.
final class PillarFiles: FileSource {
  private struct Notes {
    var known: Set<String> = []
    var ciphertexts: [[UInt8]] = []
    var isVolatile = false
  }

  private let source: LocalFileSource
  private let notes = Mutex(Notes())
  /// What stands before a text whose blocks are to be decrypted once everything is merged. A new one for each compile:
  /// no file, grain or override can hold it.
  let mark = "\u{1}gpg-\(UInt64.random(in: 0 ... .max))-\(UInt64.random(in: 0 ... .max))\u{1}"

  init(_ source: LocalFileSource) { self.source = source }

  func localPath(of path: String, environment: String) async throws -> String? {
    guard let local = try await source.localPath(of: path, environment: environment) else { return nil }
    if notes.withLock({ $0.known.insert(local).inserted }), let bytes = try? HostFiles().read(local) { note(bytes) }
    return local
  }

  func files(below directory: String, environment: String) async throws -> [String] {
    try await source.files(below: directory, environment: environment)
  }

  func directories(below directory: String, environment: String) async throws -> [String] {
    try await source.directories(below: directory, environment: environment)
  }

  func environments() async throws -> [String] { try await source.environments() }

  // MARK: What they hold

  /// Remembers what is encrypted in a text that is trusted.
  func note(_ bytes: [UInt8]) {
    let hasCiphertext = [CipherText.pgpBegin, CipherText.sealedBegin].contains { bytes.holds(Array($0.utf8)) }
    let isVolatile = ["salt", "now", "time", "random"].contains { bytes.holds(Array($0.utf8)) } && bytes.holds([0x7B])
    guard hasCiphertext || isVolatile else { return }
    let normalized = hasCiphertext ? CipherText.normalized(bytes) : []
    notes.withLock { notes in
      if hasCiphertext { notes.ciphertexts.append(normalized) }
      if isVolatile { notes.isVolatile = true }
    }
  }

  /// Whether a ciphertext stands in one of them.
  func holds(_ ciphertext: String) -> Bool {
    let normalized = CipherText.normalized(Array(ciphertext.utf8))
    return notes.withLock { $0.ciphertexts }.contains { $0.holds(normalized) }
  }

  var isVolatile: Bool { notes.withLock { $0.isVolatile } }
}
