import Functions
import HostSystem
import OrderedCollections
import Value

extension FileStates {
  static let keyvalue = StateFunction.file(
    "file.keyvalue", "Lines of a file give keys these values.",
    details: """
      Example:

          /etc/ssh/sshd_config:
            file.keyvalue:
              - key_values: {PermitRootLogin: 'no', UseDNS: 'no'}
              - separator: ' '
              - uncomment: '# '
              - append_if_not_found: True
      """,
    parameters: [
      name, .optional("key", .any, "One key."), .optional("value", .any, "Its value."),
      .optional("key_values", .any, "A map of keys and values instead."),
      .optional("separator", .string, default: "=", "What stands between key and value."),
      .optional("append_if_not_found", .bool, default: false, "Add keys that are missing at the end."),
      .optional("prepend_if_not_found", .bool, default: false, "Add them at the beginning."),
      .optional("search_only", .bool, default: false, "Kept for Salt's sake; has no effect."), showChanges,
      .optional("ignore_if_missing", .bool, default: false, "A missing file is no failure."),
      .optional("count", .int, default: 1, "How many lines a key may have; -1 is any number."),
      .optional("uncomment", .string, "Signs before a key in a line that is commented out."),
      .optional("key_ignore_case", .bool, default: false, "Large and small letters of keys are the same."),
      .optional("value_ignore_case", .bool, default: false, "Those of values too."),
      .optional("create_if_missing", .bool, default: false, "Make the file."),
      .optional("prune", .bool, default: false, "Remove all other lines."),
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.keyvalue")
    let files = context.functions.files
    var edit = KeyValueEdit(try keyValues(arguments))
    edit.separator = arguments.string("separator")
    edit.appends = arguments.bool("append_if_not_found")
    edit.prepends = arguments.bool("prepend_if_not_found")
    edit.count = arguments.int("count") ?? 1
    edit.commentSigns = arguments.optionalString("uncomment")
    edit.ignoresKeyCase = arguments.bool("key_ignore_case")
    edit.ignoresValueCase = arguments.bool("value_ignore_case")
    edit.prunes = arguments.bool("prune")
    guard !edit.separator.isEmpty else { throw StateRefusal("file.keyvalue needs a separator") }
    guard path.hasPrefix("/") else { throw StateRefusal("unable to open \(path)") }
    let isMissing = !files.exists(path)
    if isMissing {
      guard arguments.bool("create_if_missing") else {
        return StateResult(arguments.bool("ignore_if_missing"), "unable to open \(path)")
      }
      edit.appends = true
    }
    let rewrite = isMissing ? nil : try TextRewrite(path, context.functions)
    let old = try rewrite?.text() ?? ""
    let new = edit.applied(to: old)
    guard edit.changes > 0 || edit.deletions > 0 else { return StateResult(true, "") }
    let shows = arguments.bool("show_changes")
    let changes: ValueMap = shows ? ["diff": .string(edit.diff.joined())] : [:]
    guard !context.isTest else {
      var comment =
        "File \(path) is set to be changed (\(edit.changes) lines modified, \(edit.deletions) deleted)"
      if shows { comment += "\nPredicted diff:\n\r\t\t" + edit.diff.joined(separator: "\r\t\t") }
      return StateResult(nil, comment, changes: changes)
    }
    if let rewrite { try rewrite.write(new) } else { try files.write(path, text: new) }
    return StateResult(true, "Changed \(edit.changes), deleted \(edit.deletions) lines", changes: changes)
  }

  private static func keyValues(_ arguments: Arguments) throws -> ValueMap {
    if arguments.isGiven("key"), arguments.isGiven("value") {
      guard arguments["key_values"].mapValue == nil else {
        throw StateRefusal("file.keyvalue can not combine key_values with key and value")
      }
      return [.string(arguments.string("key")): arguments["value"]]
    }
    let given = arguments["key_values"]
    if let values = given.mapValue, !values.isEmpty { return values }
    let isEmpty = given.isNull || given == "" || given == [] || given == [:]
    throw StateRefusal(
      "file.keyvalue key and value not supplied and key_values " + (isEmpty ? "is empty" : "is not a dictionary"))
  }
}
