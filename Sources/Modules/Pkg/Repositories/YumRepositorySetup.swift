import Functions
import HostSystem
import OrderedCollections
import Value

/// Brings a repository of dnf to where a request wants it: looks, then acts.
struct YumRepositorySetup: Sendable {
  struct Finding: Sendable {
    /// As configured now; empty when it is not.
    var before: ValueMap
    var path: String
    var text: String
    /// `{option: {new, old}}` of what differs.
    var differences: ValueMap
    var isDone: Bool
    /// As it will be.
    var after: ValueMap
  }

  let request: YumRepositoryRequest
  let files: HostFiles

  func look() throws -> Finding {
    let found = YumRepositories.find(request.id, in: request.directory, files)
    let (before, known) = (found?.options ?? [:], found?.path)
    let directories = request.directory.map { [$0] } ?? YumRepositoryRequest.directories
    guard let path = known ?? directories.first(where: files.isDirectory).map({ "\($0)/\(request.id).repo" }) else {
      throw FunctionError(
        .notFound,
        "The repo does not exist and needs to be created, but none of the following basedir directories exist: "
          + directories.joined(separator: ", "))
    }
    if known == nil {
      guard (request.options["name"] ?? nil) != nil else { throw Self.incomplete("a name was not given") }
      guard YumRepositoryRequest.links.contains(where: { (request.options[$0] ?? nil) != nil }) else {
        throw Self.incomplete("none of \(YumRepositoryRequest.links.joined(separator: ", ")) was given")
      }
    }
    var differences: ValueMap = [:]
    for (name, value) in request.options {
      let old = before[.string(name)]?.stringValue
      // Without a word a repository is enabled.
      let present = old ?? (name == "enabled" ? "1" : nil)
      if let value, let present, YumRepositoryRequest.isSame(value, present) { continue }
      if value == nil, old == nil { continue }
      differences[.string(name)] = ["new": shown(value), "old": shown(old)]
    }
    let original = files.isFile(path) ? try files.readText(path) : ""
    var text = YumRepositoryText(original)
    let changed = request.options.filter { known == nil || differences[.string($0.key)] != nil }
    text.set(changed.filter { known != nil || $0.value != nil }, of: request.id)
    if let comments = request.comments, comments != self.comments(in: original) {
      text.setComments(comments, of: request.id)
      differences["comments"] = ["new": .strings(comments), "old": .strings(self.comments(in: original))]
    }
    return Finding(
      before: before, path: path, text: text.text, differences: differences,
      isDone: known != nil && differences.isEmpty,
      after: YumRepositoryFile.parse(text.text).first { $0.id == request.id }?.fields ?? [:])
  }

  func apply(_ finding: Finding) throws { try files.write(finding.path, text: finding.text) }

  private func comments(in text: String) -> [String] {
    var isInside = false
    return text.splitLines().compactMap { line in
      let line = line.trimmed()
      if line.hasPrefix("["), line.hasSuffix("]") { isInside = line == "[\(request.id)]" }
      return isInside && line.hasPrefix("#") ? line.dropFirst().trimmed() : nil
    }
  }

  /// A value may hold a password.
  private func shown(_ value: String?) -> Value {
    value.map { .string(RepositoryURL.hidingPassword(in: $0)) } ?? .null
  }

  private static func incomplete(_ reason: String) -> FunctionError {
    FunctionError(.badArguments, "The repo does not exist and needs to be created, but \(reason)")
  }
}
