import Functions
import HostSystem
import Synchronization

/// The files of a pillar, which also remembers what of those that were read is encrypted.
///
/// Only what stands in a file, or came from an external program, is ever decrypted: grains and overrides are the
/// minion's word, and a template may put them into the pillar. Without this a minion could have its own grain be the
/// ciphertext of another host's secret, which anybody who reads the files has, and be given the plain text.
final class PillarFiles: FileSource {
  /// What one compile has read, also from other directories.
  private final class Record: Sendable {
    let notes = Mutex(Notes())
    /// What stands before a text whose blocks are to be decrypted once everything is merged. A new one for each compile:
    /// no file, grain or override can hold it.
    let mark = "\u{1}gpg-\(UInt64.random(in: 0 ... .max))-\(UInt64.random(in: 0 ... .max))\u{1}"
  }

  private struct Notes {
    var known: Set<String> = []
    var ciphertexts: [[UInt8]] = []
    var isVolatile = false
    /// What was asked for since `begin()`.
    var taken: Set<String> = []
  }

  private let source: LocalFileSource
  private let share: PillarShare?
  private let record: Record
  var mark: String { record.mark }

  init(_ source: LocalFileSource, share: PillarShare? = nil) {
    self.source = source
    self.share = share
    record = Record()
  }

  /// Other files of the same pillar.
  init(_ source: LocalFileSource, beside other: PillarFiles) {
    self.source = source
    share = nil
    record = other.record
  }

  func localPath(of path: String, environment: String) async throws -> String? {
    let local: String?
    if let share {
      local = try await share.place(of: path, environment: environment)
    } else {
      local = try await source.localPath(of: path, environment: environment)
    }
    guard let local else { return nil }
    let isNew = record.notes.withLock { notes in
      notes.taken.insert(local)
      return notes.known.insert(local).inserted
    }
    if isNew, let content = content(of: local) { note(content) }
    return local
  }

  private func content(of local: String) -> Content? { share?.content(of: local) ?? Content(reading: local) }

  func files(below directory: String, environment: String) async throws -> [String] {
    try await source.files(below: directory, environment: environment)
  }

  func directories(below directory: String, environment: String) async throws -> [String] {
    try await source.directories(below: directory, environment: environment)
  }

  func environments() async throws -> [String] { try await source.environments() }

  // MARK: What they hold

  /// Remembers what is encrypted in a text that is trusted.
  func note(_ bytes: [UInt8]) { note(Content(bytes)) }

  private func note(_ content: Content) {
    guard content.ciphertext != nil || content.isVolatile else { return }
    record.notes.withLock { notes in
      if let ciphertext = content.ciphertext { notes.ciphertexts.append(ciphertext) }
      if content.isVolatile { notes.isVolatile = true }
    }
  }

  /// Whether a ciphertext stands in one of them.
  func holds(_ ciphertext: String) -> Bool {
    let normalized = CipherText.normalized(Array(ciphertext.utf8))
    return record.notes.withLock { $0.ciphertexts }.contains { $0.holds(normalized) }
  }

  var isVolatile: Bool { record.notes.withLock { $0.isVolatile } }

  // MARK: What a template took part in

  /// Forgets what was asked for so far.
  func begin() { record.notes.withLock { $0.taken = [] } }

  /// What the files that were asked for since `begin()` read of a minion.
  func reads() -> TemplateReads {
    var reads = TemplateReads.grains([])
    for local in record.notes.withLock({ $0.taken }) {
      guard let content = content(of: local), content.ciphertext == nil, !content.isVolatile else { return .everything }
      reads = reads.union(content.reads)
    }
    return reads
  }
}
