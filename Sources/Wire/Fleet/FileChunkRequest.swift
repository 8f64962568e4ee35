import OrderedCollections
import Value

/// Asks for a part of a file whose content is that of the digest. It names the file too: so the master has to remember
/// nothing, and a minion goes on in the middle of a file after the master was restarted.
public struct FileChunkRequest: Sendable, Hashable {
  public static let maximumLength: Int64 = 512 << 10

  public var environment: EnvironmentName
  public var path: FilePath
  public var digest: FileDigest
  /// Bytes from the beginning.
  public var offset: Int64
  /// Bytes wanted, from 1 to `maximumLength`; fewer come at the file's end.
  public var length: Int64

  public init(environment: EnvironmentName, path: FilePath, digest: FileDigest, offset: Int64, length: Int64) {
    self.environment = environment
    self.path = path
    self.digest = digest
    self.offset = offset
    self.length = length
  }

  var fields: ValueMap {
    [
      "env": .string(environment.text), "path": .string(path.text), "digest": .string(digest.text),
      "offset": .int(offset), "length": .int(length),
    ]
  }

  init(_ fields: FieldReader) throws(WireError) {
    environment = try fields.environment("env")
    path = try fields.path("path")
    digest = try fields.digest("digest")
    offset = try fields.int("offset")
    length = try fields.int("length")
    guard offset >= 0, (1...Self.maximumLength).contains(length) else {
      throw WireError(.badField, "a chunk of \(length) bytes at \(offset)")
    }
  }
}
