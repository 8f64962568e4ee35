import Functions
import HostSystem
import Value

/// /etc/aliases: who gets a local user's mail. Lines that are not touched stay as they are.
struct MailAliases: Sendable {
  private struct Line {
    var name = ""
    var target = ""
    /// With the blanks before it; all of a line that is no alias.
    var comment = ""
  }

  private let context: FunctionContext
  private let path: String
  private var lines: [Line]

  init(_ context: FunctionContext) throws {
    self.context = context
    let named = context.options["aliases.file"] ?? context.pillar["aliases.file"]
    path = try AbsolutePath.check(named?.description ?? "/etc/aliases", "aliases.file")
    lines = context.files.linesIfPresent(path).map { line in
      let sign = line.firstIndex(of: "#").flatMap { index in
        index > line.startIndex && line[line.index(before: index)].isWhitespace ? index : nil
      }
      let comment = sign.map { line[..<$0].reversed().prefix { $0.isWhitespace }.count } ?? 0
      let body = line.prefix(sign.map { line.distance(from: line.startIndex, to: $0) - comment } ?? line.count)
      guard !line.hasPrefix("#"), let colon = body.firstIndex(of: ":") else { return Line(comment: line) }
      return Line(
        name: body[..<colon].trimmed(), target: body[body.index(after: colon)...].trimmed(),
        comment: String(line.dropFirst(body.count)))
    }
  }

  var targets: ValueMap {
    var map: ValueMap = [:]
    for line in lines where !line.name.isEmpty { map[line.name] = .string(line.target) }
    return map
  }

  func target(of name: String) -> String { targets[name]?.description ?? "" }

  /// `a, b` for a list.
  static func text(_ target: Value) throws -> String {
    let text = target.listValue?.map(\.description).joined(separator: ", ") ?? target.description
    guard !text.isEmpty else { throw FunctionError(.badArguments, "target can not be an empty string") }
    guard !text.contains(where: \.isNewline) else { throw FunctionError(.badArguments, "'target' has to be one line.") }
    return text
  }

  mutating func set(_ name: String, _ target: String) async throws {
    guard !name.isEmpty, !name.contains(where: { ":#".contains($0) || $0.isNewline }) else {
      throw FunctionError(.badArguments, "'\(name)' is not the name of an alias.")
    }
    guard self.target(of: name) != target else { return }
    if let first = lines.firstIndex(where: { $0.name == name }) {
      lines[first].target = target
      let kept = lines[...first] + lines[(first + 1)...].filter { $0.name != name }
      lines = Array(kept)
    } else {
      lines.append(Line(name: name, target: target))
    }
    try await write()
  }

  mutating func remove(_ name: String) async throws {
    guard !target(of: name).isEmpty else { return }
    lines.removeAll { $0.name == name }
    try await write()
  }

  private func write() async throws {
    let text = lines.map { $0.name.isEmpty ? "\($0.comment)\n" : "\($0.name): \($0.target)\($0.comment)\n" }.joined()
    do { try context.files.write(path, text: text) } catch { throw FunctionError(.failed, error.message) }
    if context.commands.which("newaliases") != nil { _ = try await context.commands.run("newaliases") }
  }
}
