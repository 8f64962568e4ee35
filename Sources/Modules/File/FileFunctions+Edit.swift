import Functions
import HostSystem
import Targeting
import Value

extension FileFunctions {
  /// What changes a text in places; the states of the same names do it the same way.
  static let edits = [replace, line, containsRegex]

  private static let replace = edit(
    "file.replace", "Replaces what matches a regular expression in a file.",
    details: """
      Returns the difference as a unified diff, or with `show_changes=False` whether something changes; with `search_only` \
      whether there is a match. Expression and replacement are Python's.

      Example: `brine run web1 file.replace /etc/ssh/sshd_config '^#?UseDNS.*' 'UseDNS no'`
      """,
    parameters: [path] + ReplaceEdit.parameters + [
      .optional("dry_run", .bool, default: false, "Only say what would change."),
      .optional("search_only", .bool, default: false, "Only say whether there is a match."),
      .optional("show_changes", .bool, default: true, "Return the diff."),
      .optional("ignore_if_missing", .bool, default: false, "A missing file is no failure."),
      .optional("preserve_inode", .bool, default: true, "Kept for Salt's sake; files are replaced whole."),
      ReplaceEdit.backslashLiteral,
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    if !context.files.exists(path), arguments.bool("ignore_if_missing") { return false }
    let rewrite = try TextRewrite(path, context)
    let old = try rewrite.text()
    if arguments.bool("search_only") {
      let options = try SearchPattern.options(arguments["flags"])
      return .bool(
        try RegularExpression(arguments.string("pattern"), options: options).firstMatch(in: old) != nil)
    }
    let new = try ReplaceEdit(arguments).applied(to: old)
    let diff = UnifiedDiff.text(rewrite.bytes, Array(new.utf8), breaks: .bytes)
    if !diff.isEmpty, !arguments.bool("dry_run"), !context.isTest {
      try rewrite.write(new, backupSuffix: TextRewrite.suffix(arguments["backup"]))
    }
    return arguments.bool("show_changes") ? .string(diff) : .bool(!diff.isEmpty)
  }

  private static let line = edit(
    "file.line", "Puts one line into a file, replaces it or takes it away.",
    details: """
      Returns the difference as a unified diff, or with `show_changes=False` whether something changes. `mode` is \
      `ensure`, `insert`, `replace` or `delete`.

      Example: `brine run web1 file.line /etc/hosts content='10.0.0.5 db1' mode=ensure after=localhost`
      """,
    parameters: [
      path, .optional("content", .any, "The line."), .optional("match", .any, "What is replaced or deleted."),
      .optional("mode", .string, "What to do.", choices: ["ensure", "insert", "replace", "delete"]),
      .optional("location", .string, "`start` or `end`, for `insert`."),
      .optional("before", .any, "The line it stands before."), .optional("after", .any, "The line it stands after."),
      .optional("show_changes", .bool, default: true, "Return the diff."),
      .optional("backup", .bool, default: false, "Keep a copy with the time added to its name."),
      .optional("quiet", .bool, default: false, "A missing file is no failure."),
      .optional("indent", .bool, default: true, "Indent it as the line beside it."),
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    if !context.files.isFile(path), arguments.bool("quiet") { return false }
    guard let mode = LineEdit.Mode(rawValue: arguments.string("mode")) else {
      throw StateRefusal("Mode was not defined. How to process the file?")
    }
    guard arguments.isGiven("content") || mode == .delete else {
      throw StateRefusal("Content can only be empty if mode is \"delete\"")
    }
    let rewrite = try TextRewrite(path, context)
    let new = try LineEdit(arguments).applied(to: rewrite.text(), mode)
    let diff = UnifiedDiff.text(rewrite.bytes, Array(new.utf8))
    if !diff.isEmpty, !context.isTest {
      if arguments.bool("backup") {
        try context.files.copyFile(rewrite.target, to: "\(rewrite.target).\(MinionBackup.sortableStamp())")
      }
      try rewrite.write(new)
    }
    return arguments.bool("show_changes") ? .string(diff) : .bool(!diff.isEmpty)
  }

  private static let containsRegex = edit(
    "file.contains_regex", "Tells whether a line of a file matches a regular expression somewhere.",
    details: """
      True or False; False too for a file that cannot be read.

      Example: `brine run '*' file.contains_regex /etc/ssh/sshd_config '^PermitRootLogin'`
      """,
    effect: .inspect,
    parameters: [
      path, .required("regex", .string, "A regular expression."),
      .optional("lchar", .string, default: "", "Signs at the beginning of lines that do not count."),
    ]
  ) { arguments, context in
    let pattern = try RegularExpression(arguments.string("regex"))
    guard let text = try? context.files.readText(AbsolutePath.argument("path", of: arguments)) else { return false }
    let signs = arguments.string("lchar")
    return .bool(
      try TextLines.split(text, at: .newlines).contains { line in
        try pattern.firstMatch(in: String(line.drop { signs.contains($0) })) != nil
      })
  }

  /// A function whose refusals are those of the states.
  private static func edit(
    _ name: String, _ summary: String, details: String, effect: FunctionEffect = .change, parameters: [Parameter],
    body: @escaping Function.Body
  ) -> Function {
    .guarded(name, summary, details: details, effect: effect, parameters: parameters) { arguments, context in
      do {
        return try await body(arguments, context)
      } catch let refusal as StateRefusal {
        throw FunctionError(.failed, "\(name): \(refusal.comment)")
      } catch let error as RegularExpressionError {
        throw FunctionError(.badArguments, "\(name): \(error)")
      }
    }
  }
}
