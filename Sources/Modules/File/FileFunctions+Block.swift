import Functions
import HostSystem
import Value

extension FileFunctions {
  static let blockreplace = Function.guarded(
    "file.blockreplace", "Replaces what stands between two marker lines of a file.",
    details: """
      Returns the difference as a unified diff, empty when nothing changes, or with `show_changes=False` whether \
      something does. The file as it was is kept beside it under the name with `backup` added.

      Salt's `insert_before_match` and `insert_after_match` (regular expressions) are not offered.

      Example: `brine run web1 file.blockreplace /etc/hosts '# brine {' '# brine }' '10.0.0.5 db1' \
      append_if_not_found=True append_newline=True`
      """,
    effect: .change,
    parameters: [
      path,
      .optional("marker_start", .string, default: "#-- start managed zone --", "Text in the line before the block."),
      .optional("marker_end", .string, default: "#-- end managed zone --", "Text in the line after the block."),
      .optional("content", .string, default: "", "What to put between them."),
      .optional(
        "append_if_not_found", .bool, default: false, "Add markers and content at the end when there are none."),
      .optional("prepend_if_not_found", .bool, default: false, "Add them at the beginning."),
      .optional("backup", .any, default: ".bak", "What to add to the name of the copy; False makes none."),
      .optional("dry_run", .bool, default: false, "Only say what would change."),
      .optional("show_changes", .bool, default: true, "Return the diff."),
      .optional("append_newline", .bool, default: false, "Put the end marker on its own line; None: when needed."),
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    let (appends, prepends) = (arguments.bool("append_if_not_found"), arguments.bool("prepend_if_not_found"))
    guard !(appends && prepends) else {
      throw FunctionError(.badArguments, "append_if_not_found and prepend_if_not_found exclude one another.")
    }
    let block = MarkedBlock(
      start: arguments.string("marker_start"), end: arguments.string("marker_end"),
      content: arguments.string("content"), appendsNewline: arguments["append_newline"].boolValue)
    guard !block.start.isEmpty, !block.end.isEmpty else {
      throw FunctionError(.badArguments, "Both markers have to be given.")
    }
    guard context.files.isFile(path) else { throw missing(path) }
    let target = try context.files.writeTarget(path)
    let bytes = try context.files.read(target)
    let old = String(decoding: bytes, as: UTF8.self)
    guard Array(old.utf8) == bytes, !bytes.contains(0) else {
      throw FunctionError(.failed, "'\(path)' is not a text in UTF-8, so nothing is replaced in it.")
    }
    let new: String
    do {
      new = try block.replaced(in: old, ifAbsent: appends ? .append : prepends ? .prepend : .refuse)
    } catch MarkedBlock.Fault.unterminated {
      throw FunctionError(
        .failed, "The block that begins with '\(block.start)' has no end '\(block.end)'.", hint: "Add the end marker.")
    } catch MarkedBlock.Fault.absent {
      throw FunctionError(
        .failed, "There are no lines with '\(block.start)' and '\(block.end)'.",
        hint: "append_if_not_found=True or prepend_if_not_found=True adds the block.")
    }
    if new != old, !arguments.bool("dry_run"), !context.isTest {
      if arguments["backup"] != false, case let suffix = arguments.string("backup"), !suffix.isEmpty {
        guard !suffix.utf8.contains(0), !suffix.contains("/") else {
          throw FunctionError(.badArguments, "'backup' is added to the file's name and cannot hold a slash.")
        }
        try context.files.copyFile(target, to: target + suffix)
      }
      try context.files.write(target, text: new)
    }
    guard arguments.bool("show_changes") else { return .bool(new != old) }
    return .string(UnifiedDiff.text(bytes, Array(new.utf8), breaks: .bytes))
  }
}
