import OrderedCollections
import Value

/// A page of a listing, sorted by path.
public struct FileListing: Sendable, Hashable {
  /// About how many bytes a page takes.
  public static let maximumBytes = 256 << 10

  public var entries: [FileEntry]
  /// Whether more follow the last of them.
  public var hasMore: Bool

  public init(_ entries: [FileEntry], hasMore: Bool = false) {
    self.entries = entries
    self.hasMore = hasMore
  }

  var fields: ValueMap { ["entries": .list(entries.map(\.value)), "more": .bool(hasMore)] }

  init(_ fields: FieldReader) throws(WireError) {
    entries = []
    for value in try fields.list("entries") { entries.append(try FileEntry(value)) }
    hasMore = try fields.bool("more")
  }
}
