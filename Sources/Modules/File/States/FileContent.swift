import Glibc
import HostSystem

/// What a file is to hold.
enum FileContent: Sendable {
  case bytes([UInt8])
  /// What a file of this host holds that is too large for memory.
  case file(String, size: Int64)

  static let memoryLimit = 32 << 20

  init(of path: String, _ files: HostFiles) throws {
    guard let status = files.status(path) else { throw FileFunctions.missing(path) }
    guard status.kind == .file else { throw StateRefusal("\(path) is not a regular file") }
    guard status.size > Int64(Self.memoryLimit) else {
      self = .bytes(try files.read(path, limit: Self.memoryLimit))
      return
    }
    self = .file(path, size: status.size)
  }

  private var size: Int64 {
    switch self {
    case .bytes(let bytes): Int64(bytes.count)
    case .file(_, let size): size
    }
  }

  /// Whether a file holds the same.
  func isContent(of path: String, _ files: HostFiles) throws -> Bool {
    guard files.status(path)?.size == size else { return false }
    switch self {
    case .bytes(let bytes): return try files.read(path, limit: Self.memoryLimit) == bytes
    case .file(let source, _): return try files.haveSameContent(source, path)
    }
  }

  /// How the change of a file to this content is shown; nil stands for a file that is new.
  func difference(from path: String?, _ files: HostFiles) throws -> String {
    let old = try path.map { try FileContent(of: $0, files) } ?? .bytes([])
    if case .bytes(let old) = old, case .bytes(let new) = self { return ContentDifference.text(old, new) }
    let (before, after) = (try old.head(files), try head(files))
    return ContentDifference.binary(before, after) ?? UnifiedDiff.tooLarge
  }

  /// Puts it at a path, whole or not at all, with its mode and owner from the start.
  func place(
    at path: String, mode: UInt32?, owner: (uid: UInt32, gid: UInt32)?, _ files: HostFiles
  ) throws {
    switch self {
    case .bytes(let bytes): try files.write(path, bytes, mode: mode, owner: owner)
    case .file(let source, _): try files.place(source, at: path, mode: mode, owner: owner)
    }
  }

  private func head(_ files: HostFiles) throws -> [UInt8] {
    switch self {
    case .bytes(let bytes): Array(bytes.prefix(512))
    case .file(let path, _): try files.read(path, offset: 0, count: 512)
    }
  }
}
