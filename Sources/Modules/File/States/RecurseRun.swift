import Functions
import HostSystem
import OrderedCollections
import Value

/// One `file.recurse`: the states of its files, directories and links, and what they come to together.
struct RecurseRun {
  private let arguments: Arguments
  private let path: String
  private let context: StateContext
  private let permissions: FilePermissions
  private var result: Bool? = true
  private var changes: ValueMap = [:]
  private var comments: OrderedDictionary<String, [String]> = [:]

  init(_ arguments: Arguments, _ path: String, _ context: StateContext) async throws {
    self.arguments = arguments
    self.path = path
    self.context = context
    permissions = try await FilePermissions(
      user: arguments["user"], group: arguments["group"], mode: arguments["dir_mode"], context)
    try StatePath.requireAbsolute(path)
  }

  mutating func run() async throws -> StateResult {
    var options = RecursedTree.Options()
    options.keepsLinks = arguments.bool("keep_symlinks")
    options.included = arguments["include_pat"]
    options.excluded = arguments["exclude_pat"]
    options.maximumDepth = arguments.int("maxdepth")
    options.includesEmpty = arguments.bool("include_empty")
    options.merges = arguments.bool("merge")
    let tree = try await RecursedTree(path, sources: arguments["source"], options, context)
    try makeTop()
    for directory in tree.directories.sorted() { try await manageDirectory(directory) }
    for (path, source) in tree.files { try await manageFile(path, source) }
    for (path, target) in tree.links { try await manageLink(path, target) }
    if arguments.bool("clean") { try await clean(tree) }
    return finished()
  }

  private func makeTop() throws {
    let files = context.functions.files
    guard !files.isDirectory(path) else { return }
    guard !files.exists(path) else { throw StateRefusal("The path \(path) exists and is not a directory") }
    guard !context.isTest else { return }
    try DirectoryMaker(context.functions, uid: permissions.uid, gid: permissions.gid, mode: permissions.mode).make(path)
  }

  private mutating func manageDirectory(_ directory: String) async throws {
    let files = context.functions.files
    if arguments.bool("clean"), files.exists(directory), !files.isDirectory(directory) {
      guard try makeWay(directory, "Replacing \(directory) with a directory", "Replaced file with a directory") else {
        return
      }
    }
    var state = DirectoryState(context: context, path: directory, permissions: permissions)
    state.makesDirectories = true
    merge(directory, await outcome { try await state.run() })
  }

  private mutating func manageFile(_ file: String, _ source: String) async throws {
    if arguments.bool("clean"), arguments.bool("replace"), context.functions.files.isDirectory(file) {
      let comment = "Replacing directory \(file) with a file"
      guard try makeWay(file, comment, "Replaced directory with a new file") else { return }
    }
    var request = ManagedRequest(context: context, path: file)
    request.read(arguments)
    request.source = .string(source)
    request.mode = arguments["file_mode"]
    request.directoryMode = .null
    request.makesDirectories = true
    request.showsChanges = request.more["show_changes"]?.boolValue ?? true
    merge(file, await outcome { try await request.run() })
  }

  private mutating func manageLink(_ link: String, _ target: String) async throws {
    var state = SymlinkState(context: context, path: link, target: target)
    state.isForced = arguments.bool("force_symlinks")
    state.makesDirectories = true
    (state.user, state.group) = (arguments["user"], arguments["group"])
    merge(link, await outcome { try await state.run() })
  }

  /// Removes what is of the wrong kind; false under test, when it stays there.
  private mutating func makeWay(_ path: String, _ plan: String, _ change: String) throws -> Bool {
    if context.isTest {
      merge(path, StateResult(nil, plan))
      return false
    }
    try context.functions.files.removeAll(path)
    merge(path, StateResult(true, "", changes: ["diff": .string(change)]))
    return true
  }

  private mutating func clean(_ tree: RecursedTree) async throws {
    let cleaner = try await DirectoryCleaner(
      path, excluding: arguments["exclude_pat"], keeping: tree.paths, context)
    let removed = try cleaner.clean()
    guard !removed.isEmpty else { return }
    if context.isTest {
      if result == true { result = nil }
      comments["removed", default: []] += removed
    } else {
      changes["removed"] = .strings(removed)
    }
  }

  private func outcome(_ body: () async throws -> StateResult) async -> StateResult {
    do {
      return try await body()
    } catch let refusal as StateRefusal {
      return StateResult(false, refusal.comment, changes: refusal.changes)
    } catch let error as HostError {
      return StateResult(false, error.message)
    } catch {
      return StateResult(false, "\(error)")
    }
  }

  /// The worst of the results counts.
  private mutating func merge(_ path: String, _ part: StateResult) {
    if part.result == false || result == true { result = part.result }
    if part.result != true, !part.comment.isEmpty { comments[path, default: []].append(part.comment) }
    if !part.changes.isEmpty { changes[path] = .map(part.changes) }
  }

  private func finished() -> StateResult {
    var comment = comments.map { "\n#### \($0.key) ####\n\($0.value.joined(separator: "\n"))" }
      .joined(separator: "\n").trimmed()
    if comment.isEmpty { comment = "Recursively updated \(path)" }
    if changes.isEmpty, result == true { comment = "The directory \(path) is in the correct state" }
    return StateResult(result, comment, changes: changes)
  }
}
