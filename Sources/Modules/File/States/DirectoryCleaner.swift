import Functions
import HostSystem
import OrderedCollections
import Value

/// `clean: True`: takes away what is in a directory and belongs to no state that the directory's state requires.
struct DirectoryCleaner {
  let context: StateContext
  let directory: String
  let filter: PathFilter
  /// What stays, with all directories above.
  private var kept: Set<String>

  init(_ directory: String, excluding: Value, keeping: some Sequence<String>, _ context: StateContext) async throws {
    self.context = context
    self.directory = directory
    filter = try PathFilter(excluding: excluding)
    kept = [directory]
    for path in keeping { keep(path) }
    for path in try await Self.required(below: directory, context) { keep(path) }
  }

  /// All that would go, each file and directory by itself, in order.
  func candidates() throws -> [String] {
    var paths: [String] = []
    try FileTree.walk(directory, context.functions.files) { item in
      if item.depth > 0, try isToGo(item.path) { paths.append(item.path) }
    }
    return paths
  }

  /// Removes them, and says which: a directory stands for all that was in it.
  func clean() throws -> [String] {
    var removed: [String] = []
    for path in try candidates() where context.functions.files.status(path, followingLinks: false) != nil {
      if !context.isTest { try context.functions.files.removeAll(path, below: directory) }
      removed.append(path)
    }
    return removed
  }

  private func isToGo(_ path: String) throws -> Bool {
    guard !kept.contains(path) else { return false }
    return try filter.accepts(String(path.dropFirst(directory.count).drop { $0 == "/" }))
  }

  private mutating func keep(_ path: String) {
    guard path.hasPrefix("/") else { return }
    var current = PathText.normalized(path)
    while kept.insert(current).inserted, current != "/" { current = PathText.dirname(current) }
  }

  /// The paths of required `file` states: a file itself, what a directory below this one holds, or what a recursion puts
  /// there.
  private static func required(below directory: String, _ context: StateContext) async throws -> [String] {
    let names = (context.chunk["require"]?.listValue ?? []).compactMap { $0["file"]?.description }
    var paths: [String] = []
    for name in names {
      for low in context.lowChunks where low["name"]?.description == name || low["__id__"]?.description == name {
        guard let path = low["name"]?.description else { continue }
        guard context.functions.files.isDirectory(path) else {
          paths.append(path)
          continue
        }
        guard PathText.normalized(path + "/").hasPrefix(directory) else { continue }
        if low["fun"] == "recurse" {
          paths += (try? await RecursedTree(low: low, context)?.paths) ?? []
        } else {
          try FileTree.walk(path, context.functions.files) { paths.append($0.path) }
        }
      }
    }
    return paths
  }
}
