import Value

/// One source of packages as configured; it may stand for several repositories.
struct AptSource: Sendable, Hashable {
  var file: String
  var types: [String]
  var uris: [String]
  var suites: [String]
  var components: [String]
  var architectures: [String]
  var signedBy: String
  var isDisabled: Bool
  /// The line as written; nil for a deb822 stanza.
  var line: String?

  /// One entry for each URI, suite and type, in Salt's shape.
  var entries: [(uri: String, value: Value)] {
    uris.flatMap { uri in
      suites.flatMap { suite in
        types.map { (RepositoryURL.hidingPassword(in: uri), entry(uri: uri, suite: suite, type: $0)) }
      }
    }
  }

  private func entry(uri: String, suite: String, type: String) -> Value {
    let line = line ?? oneLine(uri, suite, type)
    return [
      "file": .string(file), "comps": .strings(components), "disabled": .bool(isDisabled),
      "enabled": .bool(!isDisabled),
      "dist": .string(suite), "suites": .strings(suites), "type": .string(type), "types": .strings(types),
      "uri": .string(RepositoryURL.hidingPassword(in: uri)),
      "uris": .strings(uris.map(RepositoryURL.hidingPassword)), "line": .string(RepositoryURL.hidingPassword(in: line)),
      "architectures": .strings(architectures), "signedby": .string(signedBy),
    ]
  }

  /// The one-line form of a part of a stanza.
  private func oneLine(_ uri: String, _ suite: String, _ type: String) -> String {
    var options: [String] = []
    if !architectures.isEmpty { options.append("arch=\(architectures.joined(separator: ","))") }
    if !signedBy.isEmpty { options.append("signed-by=\(signedBy)") }
    let words = [type] + (options.isEmpty ? [] : ["[\(options.joined(separator: " "))]"]) + [uri, suite] + components
    return (isDisabled ? "# " : "") + words.joined(separator: " ")
  }
}
