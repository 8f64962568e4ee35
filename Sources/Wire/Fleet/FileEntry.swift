import OrderedCollections
import Value

/// One path of a listing.
public struct FileEntry: Sendable, Hashable {
  public var path: FilePath
  /// Bytes, of files.
  public var size: Int64?
  /// Of files whose content the master has read before.
  public var digest: FileDigest?
  /// Where a symbolic link leads, as written in it.
  public var target: String?

  public init(_ path: FilePath, size: Int64? = nil, digest: FileDigest? = nil, target: String? = nil) {
    self.path = path
    self.size = size
    self.digest = digest
    self.target = target
  }

  /// About how many bytes it takes in a message.
  public var encodedSize: Int { path.text.utf8.count + (digest == nil ? 0 : 66) + (target?.utf8.count ?? 0) + 20 }

  /// A list, since there are very many: path, size, digest, target.
  var value: Value {
    [
      .string(path.text), size.map(Value.int) ?? .null, digest.map { .string($0.text) } ?? .null,
      target.map(Value.string) ?? .null,
    ]
  }

  init(_ value: Value) throws(WireError) {
    guard let parts = value.listValue, parts.count >= 4 else { throw WireError(.badField, "an entry that is no list") }
    let fields = FieldReader(["path": parts[0], "size": parts[1], "digest": parts[2], "target": parts[3]])
    path = try fields.path("path")
    size = try fields.optionalInt("size")
    digest = try fields.optionalDigest("digest")
    target = try fields.optionalString("target")
  }
}
