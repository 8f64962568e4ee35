import Functions
import Targeting
import Value

/// The replacement that `file.replace` makes, as a state and as a function.
struct ReplaceEdit {
  /// What the state and the function take alike, after the path.
  static let parameters: [Parameter] = [
    .required("pattern", .string, "A regular expression."),
    .required("repl", .string, "What to put in place of each match."),
    .optional("count", .int, default: 0, "At most so many matches; 0 is all."),
    .optional("flags", .any, default: 8, "Python's flags, names or their sum; MULTILINE when not given."),
    .optional("bufsize", .any, default: 1, "Kept for Salt's sake; files are read whole."),
    .optional("append_if_not_found", .bool, default: false, "Without a match, add the replacement at the end."),
    .optional("prepend_if_not_found", .bool, default: false, "Without a match, add it at the beginning."),
    .optional("not_found_content", .any, "What is added instead of the replacement."),
    .optional("backup", .any, default: ".bak", "What is added to the name of a copy; False makes none."),
  ]

  static let backslashLiteral = Parameter.optional(
    "backslash_literal", .bool, default: false, "A backslash in the replacement is just that.")

  private let pattern: RegularExpression
  private let options: RegularExpression.Options
  private let replacement: String
  private let template: String
  private let count: Int
  private let appends: Bool
  private let prepends: Bool
  private let absentContent: String?

  init(_ arguments: Arguments) throws {
    appends = arguments.bool("append_if_not_found")
    prepends = arguments.bool("prepend_if_not_found")
    guard !(appends && prepends) else {
      throw StateRefusal("Only one of append and prepend_if_not_found is permitted")
    }
    options = try SearchPattern.options(arguments["flags"])
    pattern = try RegularExpression(arguments.string("pattern"), options: options)
    replacement = arguments.string("repl")
    template =
      arguments.bool("backslash_literal") ? replacement.replacing("\\", with: "\\\\") : replacement
    count = arguments.int("count") ?? 0
    absentContent = arguments.optionalString("not_found_content")
  }

  /// The text with what matches replaced; without a match, with what is to be added then.
  func applied(to text: String) throws -> String {
    let (new, found) = try pattern.replacing(in: text, with: template, count: count)
    guard found == 0, appends || prepends else { return new }
    let wanted = absentContent.flatMap { $0.isEmpty ? nil : $0 } ?? replacement
    let line = "^\(RegularExpression.escaped(wanted))($|(?=\r\n))"
    guard try RegularExpression(line, options: options).firstMatch(in: text) == nil else { return new }
    let added = (absentContent ?? replacement) + "\n"
    guard appends else { return added + new }
    let isOpen = new.utf8.last.map { $0 != 0x0A } ?? false
    return new + (isOpen ? "\n" : "") + added
  }
}
