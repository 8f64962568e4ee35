import Functions
import HostSystem
import Targeting
import Value

extension FileStates {
  static let replace = StateFunction.file(
    "file.replace", "What matches a regular expression in a file is replaced.",
    details: """
      The expression and the replacement (`\\1`, `\\g<name>`) are Python's. `changes` has the `diff`.

      Example:

          /etc/ssh/sshd_config:
            file.replace:
              - pattern: '^#?PermitRootLogin .*'
              - repl: PermitRootLogin no
              - append_if_not_found: True
      """,
    parameters: [name] + ReplaceEdit.parameters + [
      showChanges, .optional("ignore_if_missing", .bool, default: false, "A missing file is no failure."),
      ReplaceEdit.backslashLiteral, .optional("encoding", .string, "utf-8, which it is when not given too."),
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.replace")
    try StatePath.requireAbsolute(path)
    guard context.functions.files.exists(path) else {
      guard arguments.bool("ignore_if_missing") else { throw StateRefusal("\(path): file not found") }
      return StateResult(true, "No changes needed to be made")
    }
    let edit = try ReplaceEdit(arguments)
    let rewrite = try TextRewrite(path, context.functions)
    let old = try rewrite.text()
    let new = try edit.applied(to: old)
    let diff = UnifiedDiff.text(Array(old.utf8), Array(new.utf8), breaks: .bytes)
    if !diff.isEmpty, !context.isTest {
      try rewrite.write(new, backupSuffix: TextRewrite.suffix(arguments["backup"]))
    }
    return TextRewrite.result(
      diff, showsChanges: arguments.bool("show_changes"), planned: "Changes would have been made", context)
  }

  static let comment = StateFunction.file(
    "file.comment", "Lines that match a regular expression are commented out.",
    details: """
      Example:

          /etc/fstab:
            file.comment:
              - regex: ^/dev/sdb
      """,
    parameters: [
      name, .required("regex", .string, "A regular expression for the beginning of the lines."),
      .optional("char", .string, default: "#", "What is put before them."),
      .optional("backup", .any, default: ".bak", "What is added to the name of a copy; False makes none."),
      .optional("ignore_missing", .bool, default: false, "Lines that are not there are no failure."),
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.comment")
    try StatePath.requirePresent(path, context.functions.files)
    let rewrite = try TextRewrite(path, context.functions)
    let old = try rewrite.text()
    let (regex, mark) = (arguments.string("regex"), arguments.string("char"))
    let (start, bare, end) = unanchored(regex)
    let commented = mark + bare
    guard try SearchPattern.finds("^(?!\\s*\(mark))\\s*" + bare, in: old) else {
      if try SearchPattern.finds(commented, in: old) { return StateResult(true, "Pattern already commented") }
      guard arguments.bool("ignore_missing") else { throw StateRefusal("\(bare): Pattern not found") }
      return StateResult(true, "Pattern not found and ignore_missing set to True")
    }
    if context.isTest { return updatePlanned(path) }
    let pattern = try RegularExpression("\(start)(\(trimmed(regex)))\(end)")
    let new = try eachLine(of: old) { line throws(RegularExpressionError) in
      try pattern.firstMatch(in: line, anchored: true) == nil ? line : mark + line
    }
    return try commentResult(rewrite, old, new, commented, arguments["backup"], "ommented")
  }

  static let uncomment = StateFunction.file(
    "file.uncomment", "Lines that match a regular expression are commented out no longer.",
    details: """
      Example:

          /etc/locale.gen:
            file.uncomment:
              - regex: en_US.UTF-8
      """,
    parameters: [
      name, .required("regex", .string, "A regular expression for the lines without the mark."),
      .optional("char", .string, default: "#", "The mark before them."),
      .optional("backup", .any, default: ".bak", "What is added to the name of a copy; False makes none."),
    ]
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.uncomment")
    try StatePath.requirePresent(path, context.functions.files)
    let rewrite = try TextRewrite(path, context.functions)
    let old = try rewrite.text()
    let (regex, mark) = (arguments.string("regex"), arguments.string("char"))
    let rest = String(regex.drop { $0 == "^" })
    let uncommented = "^[ \t]*\(rest)"
    guard try SearchPattern.finds("\(mark)[ \t]*\(rest)", in: old) else {
      guard try SearchPattern.finds(uncommented, in: old) else { throw StateRefusal("\(regex): Pattern not found") }
      return StateResult(true, "Pattern already uncommented")
    }
    if context.isTest { return updatePlanned(path) }
    let pattern = try RegularExpression("^\(mark)\\s*(\(trimmed(regex)))\(regex.hasSuffix("$") ? "$" : "")")
    let marks = Set(mark.unicodeScalars)
    let new = try eachLine(of: old) { line throws(RegularExpressionError) in
      guard try pattern.firstMatch(in: line, anchored: true) != nil else { return line }
      return String(String.UnicodeScalarView(line.unicodeScalars.drop { marks.contains($0) }))
    }
    return try commentResult(rewrite, old, new, uncommented, arguments["backup"], "ncommented")
  }

  private static func updatePlanned(_ path: String) -> StateResult {
    StateResult(nil, "File \(path) is set to be updated", changes: [.string(path): "updated"])
  }

  private static func commentResult(
    _ rewrite: TextRewrite, _ old: String, _ new: String, _ expected: String, _ backup: Value, _ word: String
  ) throws -> StateResult {
    if new != old { try rewrite.write(new, backupSuffix: TextRewrite.suffix(backup)) }
    let isDone = try SearchPattern.finds(expected, in: new)
    let diff = UnifiedDiff.text(Array(old.utf8), Array(new.utf8), breaks: .text)
    let (first, verb) = word.hasPrefix("o") ? ("C", "c") : ("U", "u")
    let comment = isDone ? "\(first)\(word) lines successfully" : "Expected \(verb)\(word) lines not found"
    return StateResult(isDone, comment, changes: diff.isEmpty ? [:] : ["diff": .string(diff)])
  }

  /// The anchors of an expression, and the expression without them and without flags at its beginning.
  private static func unanchored(_ regex: String) -> (start: String, bare: String, end: String) {
    var bare = regex[...]
    if bare.hasPrefix("(?"), bare.dropFirst(3).first == ")", let flag = bare.dropFirst(2).first, "iLmsux".contains(flag)
    {
      bare = bare.dropFirst(4)
    }
    if bare.hasPrefix("^") { bare = bare.dropFirst() }
    if bare.hasSuffix("$") { bare = bare.dropLast() }
    return (regex.hasPrefix("^") ? "^" : "", String(bare), regex.hasSuffix("$") ? "$" : "")
  }

  private static func trimmed(_ regex: String) -> String {
    var text = regex[...].drop { $0 == "^" }
    while text.last == "$" { text.removeLast() }
    return String(text)
  }

  private static func eachLine(
    of text: String, _ change: (String) throws(RegularExpressionError) -> String
  ) throws -> String {
    var new = ""
    for line in TextLines.split(text, at: .newlines) { new += try change(line) }
    return new
  }
}
