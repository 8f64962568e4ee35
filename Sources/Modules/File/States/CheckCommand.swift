import Functions
import HostSystem
import Value

/// `check_cmd` of a file: a program that is asked whether the new content will do before it is put in place.
struct CheckCommand: Sendable {
  var line: String
  var directory: String
  var suffix: String

  /// Nil when there is none. The state engine may leave it in the declaration only.
  init?(_ arguments: Arguments, _ context: StateContext) {
    let value = arguments.isGiven("check_cmd") ? arguments["check_cmd"] : context.chunk["check_cmd"] ?? .null
    guard let line = value.stringValue ?? value.listValue?.first?.stringValue, !line.isEmpty else { return nil }
    self.line = line
    directory = arguments.optionalString("tmp_dir") ?? "/tmp"
    suffix = arguments.string("tmp_ext")
  }

  /// Why the content will not do; nil when it will.
  func failure(of file: ManagedFile) async throws -> StateResult? {
    let files = file.context.functions.files
    guard let content = file.content else { return nil }
    guard !suffix.contains("/"), !suffix.utf8.contains(0) else {
      throw StateRefusal("'tmp_ext' is the end of a name and cannot hold a slash")
    }
    let temporary = "\(directory)/brine-\(UInt64.random(in: 0 ... .max))\(suffix)"
    try content.place(at: temporary, mode: file.permissions.mode ?? 0o600, owner: nil, files)
    defer { try? files.remove(temporary) }
    let words = try ShellWords.split(line) + [files.resolve(temporary)]
    let result = try await file.context.functions.commands.run(Command(words))
    guard !result.isSuccess else { return nil }
    var comment = "check_cmd execution failed"
    for text in [result.outputText, result.errorText] where !text.trimmed().isEmpty { comment += "\n\(text.trimmed())" }
    return StateResult(false, comment, extra: ["skip_watch": true])
  }
}
