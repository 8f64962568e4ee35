import Value

/// One source of packages as configured; a deb822 stanza may stand for several repositories.
struct AptSource: Sendable, Hashable {
  var file: String
  var types: [String]
  var uris: [String]
  var suites: [String]
  var components: [String]
  var architectures: [String]
  /// A path; empty where the host's own keys count, or where the key itself stands in the file.
  var signedBy: String
  var isTrusted: Bool?
  var isDisabled: Bool
  /// The line as written; nil for a deb822 stanza.
  var line: String?

  init(_ line: AptRepositoryLine, text: String, file: String) {
    self.file = file
    (types, uris, suites) = ([line.type], [line.uri], [line.suite])
    (components, architectures, signedBy) = (line.components, line.architectures, line.signedBy)
    (isTrusted, isDisabled) = (line.isTrusted, line.isDisabled)
    self.line = text.trimmed()
  }

  /// - Returns: nil for a paragraph that names no repository.
  init?(_ stanza: AptSourceStanza, file: String) {
    self.file = file
    (types, uris, suites) = (stanza.words("Types"), stanza.words("URIs"), stanza.words("Suites"))
    guard !types.isEmpty, !uris.isEmpty, !suites.isEmpty else { return nil }
    (components, architectures) = (stanza.words("Components"), stanza.words("Architectures"))
    let key = stanza["Signed-By"] ?? ""
    signedBy = key.hasPrefix("/") ? key : ""
    isTrusted = stanza["Trusted"].flatMap(AptRepositoryLine.truth)
    isDisabled = stanza["Enabled"].flatMap(AptRepositoryLine.truth) == false
  }

  /// One entry for each URI, suite and type, in Salt's shape.
  var entries: [(uri: String, value: Value)] {
    uris.flatMap { uri in
      suites.flatMap { suite in
        types.map { (RepositoryURL.hidingPassword(in: uri), value(uri: uri, suite: suite, type: $0)) }
      }
    }
  }

  func value(uri: String, suite: String, type: String) -> Value {
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
    if isTrusted == true { options.append("trusted=yes") }
    let words = [type] + (options.isEmpty ? [] : ["[\(options.joined(separator: " "))]"]) + [uri, suite] + components
    return (isDisabled ? "# " : "") + words.joined(separator: " ")
  }
}
