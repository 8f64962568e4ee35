import Functions
import Targeting
import Value

/// The replacement that `file.replace` makes, as a state and as a function.
struct ReplaceEdit {
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
