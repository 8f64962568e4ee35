import Value

extension FieldReader {
  func path(_ name: String) throws(WireError) -> FilePath {
    guard let path = try optionalPath(name) else { throw WireError(.badField, "'\(name)' is missing or empty") }
    return path
  }

  /// An empty text is none.
  func optionalPath(_ name: String) throws(WireError) -> FilePath? {
    guard let text = try optionalString(name), !text.isEmpty else { return nil }
    guard let path = FilePath(text) else { throw WireError(.badField, "'\(name)' is not a path below a root") }
    return path
  }

  func environment(_ name: String) throws(WireError) -> EnvironmentName {
    guard let environment = try optionalEnvironment(name) else {
      throw WireError(.badField, "'\(name)' is missing")
    }
    return environment
  }

  func optionalEnvironment(_ name: String) throws(WireError) -> EnvironmentName? {
    guard let text = try optionalString(name, maximum: 128) else { return nil }
    guard let environment = EnvironmentName(text) else {
      throw WireError(.badField, "'\(name)' is not the name of an environment")
    }
    return environment
  }

  func digest(_ name: String) throws(WireError) -> FileDigest {
    guard let digest = try optionalDigest(name) else { throw WireError(.badField, "'\(name)' is missing") }
    return digest
  }

  func optionalDigest(_ name: String) throws(WireError) -> FileDigest? {
    guard let text = try optionalString(name, maximum: 64) else { return nil }
    guard let digest = FileDigest(text) else { throw WireError(.badField, "'\(name)' is not a SHA-256") }
    return digest
  }

  /// Tickets, of which nobody has many.
  func tickets(_ name: String) throws(WireError) -> [Int64] {
    let items = try list(name)
    guard items.count <= 4096 else { throw WireError(.badField, "\(items.count) tickets") }
    var tickets: [Int64] = []
    for item in items {
      guard let ticket = item.intValue else { throw WireError(.badField, "'\(name)' is not a list of integers") }
      tickets.append(ticket)
    }
    return tickets
  }
}
