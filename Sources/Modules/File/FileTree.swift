import Functions
import HostSystem

/// Walks a directory without following links; directories that cannot be listed are passed over, as `os.walk` does.
enum FileTree {
  struct Item: Sendable {
    var path: String
    /// 0 for where the walk began.
    var depth: Int
    /// Of the link itself, where it is one.
    var status: FileStatus

    /// Of what a link leads to; of the link itself when that is nowhere.
    func followed(_ files: HostFiles) -> FileStatus? { status.kind == .link ? files.status(path) ?? status : status }
  }

  /// As many files as are ever looked at.
  static let limit = 5_000_000

  static func walk(
    _ path: String, _ files: HostFiles, maximumDepth: Int = .max, _ visit: (Item) throws -> Void
  ) throws {
    guard let status = files.status(path, followingLinks: false) else { return }
    var waiting = [Item(path: path, depth: 0, status: status)]
    var count = 0
    while let item = waiting.popLast() {
      count += 1
      guard count <= limit else {
        throw FunctionError(
          .failed, "There are more than \(limit) files below '\(path)'.", hint: "Begin further down, or give maxdepth.")
      }
      try Task.checkCancellation()
      try visit(item)
      // Where the walk begins a link is followed, further down it is not.
      let isDirectory = item.depth == 0 ? files.isDirectory(item.path) : item.status.kind == .dir
      guard isDirectory, item.depth < maximumDepth else { continue }
      for name in files.entriesIfPresent(item.path).reversed() {
        let child = PathText.child(name, of: item.path)
        guard let status = files.status(child, followingLinks: false) else { continue }
        waiting.append(Item(path: child, depth: item.depth + 1, status: status))
      }
    }
  }
}
