import Functions
import HostSystem
import OrderedCollections
import Targeting
import Value

extension FileStates {
  private static func parameters(_ more: [Parameter]) -> [Parameter] {
    [
      name, .optional("text", .any, "The text, or a list of texts; each that is not there yet is added."), makedirs,
      source, sourceHash, .optional("template", .string, default: "jinja", "How a source is rendered."),
      .optional("sources", .any, "Several sources, all of them added."),
      .optional("source_hashes", .any, "Taken as in Salt."), defaults, templateContext,
    ] + more + [showChanges]
  }

  static let append = StateFunction.file(
    "file.append", "A file ends with lines that it did not have.",
    details: """
      A text that stands in the file is not added again; white space between words does not count. A missing file is \
      made.

      Example:

          /etc/motd:
            file.append:
              - text: Be kind.
      """,
    parameters: parameters([
      .optional("ignore_whitespace", .bool, default: true, "False takes each text for a regular expression.")
    ])
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.append")
    let edit: TextAddition
    switch try await TextAddition.begin(arguments, path, context) {
    case .result(let result): return result
    case .addition(let addition): edit = addition
    }
    var lines: [String] = []
    for text in edit.texts {
      let pattern = arguments.bool("ignore_whitespace") ? SearchPattern.ignoringWhitespace(text) : text
      if try SearchPattern.finds(pattern, in: edit.old) { continue }
      lines += TextLines.split(text, at: .text, keepsEnds: false)
    }
    guard !lines.isEmpty else { return StateResult(true, "File \(path) is in correct state") }
    var new = edit.old
    if let last = new.utf8.last, last != 0x0A { new += "\n" }
    new += lines.map { $0 + "\n" }.joined()
    // Salt compares the lines without their ends here, and joins the diff with newlines.
    let diff = edit.shown {
      UnifiedDiff.lines(
        TextLines.split(Array(edit.old.utf8), at: .text, keepsEnds: false),
        TextLines.split(Array(new.utf8), at: .text, keepsEnds: false)
      ).joined(separator: "\n")
    }
    guard !context.isTest else {
      return StateResult(nil, "File \(path) is set to be updated", changes: ["diff": .string(diff)])
    }
    try edit.write(new)
    return StateResult(true, "Appended \(lines.count) lines", changes: ["diff": .string(diff)])
  }

  static let prepend = StateFunction.file(
    "file.prepend", "A file begins with lines that it did not have.",
    details: """
      A text that stands in the file is not added again, unless `header` asks for just these lines at the beginning. A \
      missing file is made.

      Example:

          /etc/motd:
            file.prepend:
              - text: Managed by Brine.
      """,
    parameters: parameters([
      .optional("header", .bool, default: false, "The file begins with exactly these lines.")
    ])
  ) { arguments, context in
    let path = try StatePath.name(arguments, of: "file.prepend")
    let edit: TextAddition
    switch try await TextAddition.begin(arguments, path, context) {
    case .result(let result): return result
    case .addition(let addition): edit = addition
    }
    var lines: [String] = []
    let isHeader = arguments.bool("header")
    for text in edit.texts {
      if !isHeader, try SearchPattern.finds(SearchPattern.ignoringWhitespace(text), in: edit.old) { continue }
      lines += TextLines.split(text, at: .text, keepsEnds: false)
    }
    let head = TextLines.split(edit.old, at: .text, keepsEnds: false).prefix(lines.count)
    if isHeader, Array(head) == lines { lines = [] }
    guard !lines.isEmpty else { return StateResult(true, "File \(path) is in correct state") }
    let new = lines.map { $0 + "\n" }.joined() + edit.old
    let diff = edit.shown { UnifiedDiff.text(Array(edit.old.utf8), Array(new.utf8), breaks: .text) }
    guard !context.isTest else {
      return StateResult(nil, "File \(path) is set to be updated", changes: ["diff": .string(diff)])
    }
    try edit.write(new)
    return StateResult(true, "Prepended \(lines.count) lines", changes: ["diff": .string(diff)])
  }
}
