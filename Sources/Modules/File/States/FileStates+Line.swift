import Functions
import HostSystem
import Targeting
import Value

extension FileStates {
  static let line = StateFunction.file(
    "file.line", "One line of a file is there, is replaced, or is gone.",
    details: """
      `mode` is `ensure`, `insert`, `replace` or `delete`; `match`, `before` and `after` are regular expressions or pieces \
      of lines. `changes` has the `diff`.

      Example:

          /etc/hosts:
            file.line:
              - mode: ensure
              - content: 10.0.0.5 db1
              - after: localhost
      """,
    parameters: [
      name, .optional("content", .any, "The line."), .optional("match", .any, "What is replaced or deleted."),
      .optional("mode", .string, "What to do."), .optional("location", .string, "`start` or `end`, for `insert`."),
      .optional("before", .any, "The line it stands before."), .optional("after", .any, "The line it stands after."),
      showChanges, .optional("backup", .bool, default: false, "Keep a copy with the time added to its name."),
      .optional("quiet", .bool, default: false, "Kept for Salt's sake."),
      .optional("indent", .bool, default: true, "Indent it as the line beside it."),
      .optional("create", .bool, default: false, "Make an empty file when there is none."), user, group,
      .optional("file_mode", .any, "Permission bits of the file as octal digits."),
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.line")
    var request = ManagedRequest(context: context, path: path)
    request.creates = arguments.bool("create")
    request.replaces = false
    (request.user, request.group, request.mode) = (arguments["user"], arguments["group"], arguments["file_mode"])
    if !request.user.isNull || !request.group.isNull || !request.mode.isNull || request.creates {
      _ = try await request.run()
    }
    try StatePath.requirePresent(path, context.functions.files)
    guard let word = arguments.optionalString("mode")?.lowercased() else {
      throw StateRefusal("Mode was not defined. How to process the file?")
    }
    guard arguments.isGiven("content") || word == "delete" else {
      throw StateRefusal("Content can only be empty if mode is ['delete']")
    }
    guard let mode = LineEdit.Mode(rawValue: word) else { throw StateRefusal("Unknown mode: \"\(word)\"") }
    let rewrite = try TextRewrite(path, context.functions)
    let old = try rewrite.text()
    let new = try LineEdit(arguments).applied(to: old, mode)
    let diff = UnifiedDiff.text(Array(old.utf8), Array(new.utf8))
    if !diff.isEmpty, !context.isTest {
      if arguments.bool("backup") {
        try context.functions.files.copyFile(rewrite.target, to: "\(rewrite.target).\(MinionBackup.sortableStamp())")
      }
      try rewrite.write(new)
    }
    return TextRewrite.result(
      diff, showsChanges: arguments.bool("show_changes"), planned: "Changes would be made", context)
  }
}
