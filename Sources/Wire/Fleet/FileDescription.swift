import OrderedCollections
import Value

/// A file of the master, as it was when it was asked for.
public struct FileDescription: Sendable, Hashable {
  public var digest: FileDigest
  /// Bytes.
  public var size: Int64
  /// Permission bits on the master.
  public var mode: UInt32
  /// The whole content, of a small file that the minion did not say it has.
  public var content: [UInt8]?

  public init(digest: FileDigest, size: Int64, mode: UInt32, content: [UInt8]? = nil) {
    self.digest = digest
    self.size = size
    self.mode = mode
    self.content = content
  }

  var fields: ValueMap {
    [
      "digest": .string(digest.text), "size": .int(size), "mode": .int(Int64(mode)),
      "content": content.map(Value.bytes) ?? .null,
    ]
  }

  init(_ fields: FieldReader) throws(WireError) {
    digest = try fields.digest("digest")
    size = try fields.int("size")
    guard size >= 0, let mode = UInt32(exactly: try fields.int("mode")), mode <= 0o7777 else {
      throw WireError(.badField, "a file with an impossible size or mode")
    }
    self.mode = mode
    content = try fields.optionalBytes("content")
    guard content.map({ Int64($0.count) == size }) ?? true else {
      throw WireError(.badField, "a content that is not as long as the file")
    }
  }
}
