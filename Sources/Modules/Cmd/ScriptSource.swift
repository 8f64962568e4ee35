import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// The text of a script: a file on the host or of the file roots, rendered when it is a template.
struct ScriptSource: Sendable {
  /// No script of anybody's is larger.
  static let limit = 8 << 20

  /// A path on the host, `file://…` or `salt://…`, with `?saltenv=` if it is of another environment.
  var source: String
  /// The template engine; nil takes the text as it is.
  var template: String?
  var environment: String
  var sls: String
  var variables: ValueMap

  init(
    _ source: String, template: String? = nil, environment: String = "base", sls: String = "", variables: ValueMap = [:]
  ) {
    self.source = source
    self.template = template
    self.environment = environment
    self.sls = sls
    self.variables = variables
  }

  /// - Returns: nil when there is no such file.
  func content(_ context: FunctionContext) async throws -> [UInt8]? {
    guard let (path, name, environment) = try await place(context) else { return nil }
    let bytes: [UInt8]
    do { bytes = try context.files.read(path, limit: Self.limit) } catch {
      if error.code == .notFound { return nil }
      throw FunctionError(.failed, error.message)
    }
    guard let template, !template.isEmpty else { return bytes }
    let text = try await context.templates.render(
      String(decoding: bytes, as: UTF8.self), engine: template, file: name, environment: environment, sls: sls,
      variables: variables, context: context)
    return Array(text.utf8)
  }

  /// The path on the host, the name that errors call it by, and the environment it is of.
  private func place(_ context: FunctionContext) async throws -> (String, String, String)? {
    if let url = FileURL(source) {
      guard url.isSafe else {
        throw FunctionError(.badArguments, "'\(source)' is not a path below the file roots.")
      }
      let environment = url.environment ?? environment
      let files = MasterlessContext.withFiles(context).source
      guard let path = try await files.localPath(of: url.path, environment: environment) else { return nil }
      return (path, url.path, environment)
    }
    let path = source.hasPrefix("file://") ? String(source.dropFirst(7)) : source
    if case .remote(let address) = SourceReference(path) {
      do {
        let remote = try RemoteFile(address, context)
        try await remote.fetch(nil, isRefetching: true)
        return (remote.path, remote.shown, environment)
      } catch let refusal as StateRefusal { throw FunctionError(.failed, refusal.comment) }
    }
    guard path.hasPrefix("/") else { return nil }
    return (path, path, environment)
  }
}
