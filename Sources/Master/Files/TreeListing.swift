import Wire

/// What an environment has at one moment, sorted by path.
final class TreeListing: Sendable {
  let files: [FileEntry]
  let directories: [FileEntry]
  let symlinks: [FileEntry]
  /// When the walk began: nothing in it is older.
  let began: ContinuousClock.Instant

  init(_ walk: TreeWalk, began: ContinuousClock.Instant) {
    self.began = began
    files = walk.files.values.sorted { $0.path < $1.path }
    directories = walk.directories.values.sorted { $0.path < $1.path }
    symlinks = walk.symlinks.values.sorted { $0.path < $1.path }
  }

  /// The page that a request asks for.
  ///
  /// - Parameter digest: of a file that was read before, and may not have changed since the listing.
  func page(_ request: FileListRequest) -> FileListing {
    let all =
      switch request.kind {
      case .files: files
      case .directories: directories
      case .symlinks: symlinks
      }
    let prefix = request.below.map { $0.text + "/" } ?? ""
    var index = request.after.map { Self.firstIndex(in: all, after: $0) } ?? 0
    var page: [FileEntry] = []
    var bytes = 0
    while index < all.count {
      let entry = all[index]
      index += 1
      guard prefix.isEmpty || entry.path.text.hasPrefix(prefix) else { continue }
      if bytes + entry.encodedSize > FileListing.maximumBytes { return FileListing(page, hasMore: true) }
      page.append(entry)
      bytes += entry.encodedSize
    }
    return FileListing(page)
  }

  private static func firstIndex(in entries: [FileEntry], after path: FilePath) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].path <= path { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
