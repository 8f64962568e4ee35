import Functions
import HostSystem
import OrderedCollections
import Value

/// What `file.recurse` puts on a host: files and directories of the file server below a directory.
struct RecursedTree {
  /// `salt://` addresses by path.
  private(set) var files: OrderedDictionary<String, String> = [:]
  /// Targets of links by path, for `keep_symlinks`.
  private(set) var links: OrderedDictionary<String, String> = [:]
  private(set) var directories: Set<String> = []

  /// All paths that belong to it.
  var paths: [String] { Array(files.keys) + Array(links.keys) + directories.sorted() }

  struct Options {
    var keepsLinks = false
    var included = Value.null
    var excluded = Value.null
    var maximumDepth: Int?
    var includesEmpty = false
    var merges = false
  }

  init(_ name: String, sources: Value, _ options: Options, _ context: StateContext) async throws {
    let filter = try PathFilter(including: options.included, excluding: options.excluded)
    let present = try await Self.present(sources, context)
    for (path, environment) in options.merges ? present : Array(present.prefix(1)) {
      try await add(path, environment, to: name, filter, options, context)
    }
  }

  /// That of another state of the run; nil for one without a source.
  init?(low: ValueMap, _ context: StateContext) async throws {
    guard let name = low["name"]?.description, let source = low["source"] else { return nil }
    var options = Options()
    options.keepsLinks = low["keep_symlinks"]?.boolValue ?? false
    options.included = low["include_pat"] ?? .null
    options.excluded = low["exclude_pat"] ?? .null
    options.maximumDepth = low["maxdepth"]?.intValue.map { Int($0) }
    options.includesEmpty = low["include_empty"]?.boolValue ?? false
    options.merges = low["merge"]?.boolValue ?? false
    try await self.init(name, sources: source, options, context)
  }

  private mutating func add(
    _ root: String, _ environment: String, to name: String, _ filter: PathFilter, _ options: Options,
    _ context: StateContext
  ) async throws {
    let suffix = environment == context.environment ? "" : "?saltenv=\(environment)"
    var linked: Set<String> = []
    let known =
      options.keepsLinks
      ? try await context.functions.source.symlinks(below: root, environment: environment) : [:]
    var fetched: [String] = []
    for file in try await context.functions.source.files(below: root, environment: environment) {
      guard let relative = Self.relative(file, below: root) else { continue }
      if options.keepsLinks, let link = Self.link(relative, root, known) {
        guard linked.insert(link.path).inserted, try accepts(link.path, filter, options) else { continue }
        links[PathText.joined([name, link.path])] = link.target
        continue
      }
      guard try accepts(relative, filter, options) else { continue }
      let path = PathText.joined([name, relative])
      if files[path] == nil {
        files[path] = "salt://\(file)\(suffix)"
        directories.insert(PathText.dirname(path))
        fetched.append(file)
      }
    }
    // One after the other they would each take a way to the master and back.
    try await context.functions.source.prefetch(fetched, environment: environment)
    guard options.includesEmpty else { return }
    for directory in try await context.functions.source.directories(below: root, environment: environment) {
      guard let relative = Self.relative(directory, below: root), try accepts(relative, filter, options) else {
        continue
      }
      directories.insert(PathText.joined([name, relative]))
    }
  }

  private func accepts(_ relative: String, _ filter: PathFilter, _ options: Options) throws -> Bool {
    let depth = relative.split(separator: "/").count - 1
    guard SourceReference.isSafe(relative), depth <= options.maximumDepth ?? .max else { return false }
    return try filter.accepts(relative)
  }

  private static func relative(_ path: String, below root: String) -> String? {
    if root.isEmpty { return path }
    guard path.hasPrefix(root + "/") else { return nil }
    return String(path.dropFirst(root.count + 1))
  }

  /// The first part of a path that is a link on the file server, and where it leads.
  private static func link(
    _ relative: String, _ root: String, _ links: OrderedDictionary<String, String>
  ) -> (path: String, target: String)? {
    guard !links.isEmpty else { return nil }
    var path = ""
    for part in relative.split(separator: "/") {
      path = path.isEmpty ? String(part) : "\(path)/\(part)"
      if let target = links[root.isEmpty ? path : "\(root)/\(path)"] { return (path, target) }
    }
    return nil
  }

  /// The directories among the sources that the file server has, with their environments.
  private static func present(_ sources: Value, _ context: StateContext) async throws -> [(String, String)] {
    var found: [(String, String)] = []
    for source in sources.listValue ?? [sources] {
      guard case .salt(let path, let given) = SourceReference(source.description) else {
        throw StateRefusal("Recurse failed: Invalid source '\(source)' (must be a salt:// URI)")
      }
      var root = path[...]
      while root.last == "/" { root.removeLast() }
      let environment = given ?? context.environment
      let known = try await context.functions.source.directories(below: "", environment: environment)
      if root.isEmpty || known.contains(String(root)) { found.append((String(root), environment)) }
    }
    guard !found.isEmpty else {
      throw StateRefusal("Recurse failed: none of the specified sources were found")
    }
    return found
  }
}
