import Functions
import HostSystem
import Value

/// Finds the file that a state's `source` names.
struct SourceFinder: Sendable {
  let context: StateContext

  /// The first of several sources that is there, with its own hash where it has one.
  func choose(_ source: Value, hash: Value) async throws -> (source: String, hash: Value) {
    guard let list = source.listValue else { return (source.description, hash) }
    for item in list {
      guard let map = item.mapValue else {
        if try await isPresent(item.description) { return (item.description, hash) }
        continue
      }
      guard map.count == 1, let entry = map.elements.first, try await isPresent(entry.key.description) else { continue }
      return (entry.key.description, entry.value.isNull || entry.value == "" ? hash : entry.value)
    }
    throw StateRefusal("none of the specified sources were found")
  }

  /// Where the file of a source is on this host.
  func path(of source: String) async throws -> String {
    switch SourceReference(source) {
    case .salt(let path, let environment):
      let environment = environment ?? context.environment
      guard SourceReference.isSafe(path),
        let found = try await context.functions.source.localPath(of: path, environment: environment),
        context.functions.files.exists(found)
      else { throw StateRefusal("Source file \(source) not found in saltenv '\(environment)'") }
      return found
    case .local(let path):
      guard path.hasPrefix("/"), context.functions.files.exists(path) else {
        throw StateRefusal("Local file source \(path) does not exist")
      }
      return path
    case .remote(let address):
      let remote = try RemoteFile(address, context.functions)
      try await remote.fetch(nil, isRefetching: true)
      return remote.path
    }
  }

  /// Permission bits of a source where it comes from.
  func mode(of source: String) async throws -> UInt32? {
    guard case .salt(let path, let environment) = SourceReference(source) else {
      return context.functions.files.status(try await self.path(of: source))?.mode
    }
    return try await context.functions.source.mode(of: path, environment: environment ?? context.environment)
  }

  /// The text of a source, as a template rendered unless `engine` is nil.
  func text(of source: String, engine: String?, variables: ValueMap) async throws -> [UInt8] {
    let path = try await path(of: source)
    let bytes = try context.functions.files.read(path, limit: FileContent.memoryLimit)
    guard let engine else { return bytes }
    let file = if case .salt(let path, _) = SourceReference(source) { path } else { path }
    return Array(try await render(TextLines.decoded(bytes), engine: engine, file: file, variables: variables).utf8)
  }

  func render(_ text: String, engine: String, file: String, variables: ValueMap) async throws -> String {
    guard engine == "jinja" else { throw StateRefusal("Specified template format \(engine) is not supported") }
    do {
      return try await context.functions.templates.render(
        text, engine: engine, file: file, environment: context.environment, sls: context.sls, variables: variables,
        context: context.functions)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw StateRefusal("\(error)")
    }
  }

  private func isPresent(_ source: String) async throws -> Bool {
    do {
      _ = try await path(of: source)
      return true
    } catch is StateRefusal {
      return false
    }
  }
}
