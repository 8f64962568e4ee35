public import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// `cp.*`: files of the file server, which is the master's, or this host's own roots where it works without a master.
public enum CpFunctions {
  public static let all: [Function] = fetching + caching + listing + asking

  static let path = Parameter.required(
    "path", .string, "The file, `salt://…` (or `brine://…`, the same); an absolute path is the host's own.")
  static let environment = Parameter.optional("saltenv", .string, "The file environment; `base`.")
  static let makesDirectories = Parameter.optional(
    "makedirs", .bool, default: false, "Make the directories above it.")
  static let nameTemplate = Parameter.optional(
    "template", .string, "Render the path and the destination as a template first: `jinja`.")
  static let compression = Parameter.optional(
    "gzip", .any, "Taken for Salt's sake; what is sent is not compressed.")

  /// The environment of a call that names none.
  static func environment(_ arguments: Arguments, _ context: FunctionContext) -> String {
    if let given = arguments.optionalString("saltenv"), !given.isEmpty { return given }
    return context.options["saltenv"]?.stringValue ?? "base"
  }

  /// An address of the file server; nil for anything else.
  static func url(_ text: String, _ arguments: Arguments, _ context: FunctionContext) throws -> SaltURL? {
    guard let url = FileURL(text) else { return nil }
    guard url.isSafe else {
      throw FunctionError(.badArguments, "\(text) is not a path below the file roots.")
    }
    return SaltURL(text, environment: environment(arguments, context))
  }

  /// Where a file is on this host, fetched if need be; nil when there is none.
  static func local(_ text: String, _ arguments: Arguments, _ context: FunctionContext) async throws -> String? {
    if let url = try url(text, arguments, context) {
      let source = MasterlessContext.withFiles(context).source
      return try await source.localPath(of: url.path, environment: url.environment)
    }
    if case .remote(let address) = SourceReference(text) {
      do {
        let remote = try RemoteFile(address, context)
        try await remote.fetch(nil, isRefetching: true)
        return context.files.resolve(remote.path)
      } catch let refusal as StateRefusal { throw FunctionError(.failed, refusal.comment) }
    }
    var path = text
    if path.hasPrefix("file://") { path.removeFirst("file://".count) }
    guard path.hasPrefix("/") else {
      throw FunctionError(
        .badArguments, "\(text) cannot be fetched: files come from the file server or from this host.",
        hint: "Give a salt:// address or an absolute path.")
    }
    return context.files.isFile(path) ? context.files.resolve(path) : nil
  }

  /// The name of what a path names.
  static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }

  static func parent(of path: String) -> String {
    let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    return directory.isEmpty ? "/" : directory
  }

  static func isHidden(_ path: String) -> Bool { name(of: path).hasPrefix(".brine-") }
}
