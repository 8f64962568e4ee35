import Functions
import Value

extension ShadowFunctions {
  static let ageing = [
    days("set_mindays", "mindays", .min, "-m", "Days that have to pass between two changes of the password."),
    days("set_maxdays", "maxdays", .max, "-M", "Days after which the password has to be changed; -1 for never."),
    days("set_warndays", "warndays", .warn, "-W", "Days before that on which the user is warned."),
    days("set_inactdays", "inactdays", .inact, "-I", "Days after expiry on which it still lets in; -1 for ever."),
    date("set_date", "date", .lstchg, "-d", "When it was last changed; 0 asks for a new one at the next login."),
    date("set_expire", "expire", .expire, "-E", "When the account ends; -1 for never."),
  ]

  private static func days(
    _ function: String, _ argument: String, _ field: ShadowEntry.Field, _ option: String, _ words: String
  ) -> Function {
    Function.guarded(
      "shadow.\(function)", "Sets the password's `\(field.rawValue)` field.",
      details: """
        Returns True when the field then has the value, or had it already; a missing user is an error.

        Example: `brine run 'web*' shadow.\(function) deploy 90`
        """,
      effect: .change, parameters: [name, .required(argument, .int, words), root]
    ) { arguments, context in
      guard let wanted = arguments.int(argument), (-1...99_999_999).contains(wanted) else {
        throw FunctionError(.badArguments, "'\(argument)' is a number of days, or -1, not '\(arguments[argument])'.")
      }
      return try await set(field, option, String(wanted), wanted, arguments, context)
    }
  }

  private static func date(
    _ function: String, _ argument: String, _ field: ShadowEntry.Field, _ option: String, _ words: String
  ) -> Function {
    Function.guarded(
      "shadow.\(function)", "Sets the password's `\(field.rawValue)` field.",
      details: """
        Takes days since 1970-01-01, or a date as `2031-12-24`. Returns True when it is done, or was so already; a \
        missing user is an error.

        Example: `brine run 'web*' shadow.\(function) deploy 0`
        """,
      effect: .change, parameters: [name, .required(argument, .string, words), root]
    ) { arguments, context in
      let text = arguments.string(argument)
      let number = Int(text)
      guard number.map({ (-1...99_999_999).contains($0) }) ?? isDate(text) else {
        throw FunctionError(
          .badArguments, "'\(argument)' is not a date: '\(text)'.", hint: "Give days since 1970-01-01, or 2031-12-24.")
      }
      return try await set(field, option, text, number, arguments, context)
    }
  }

  /// - Parameter wanted: the value to look for afterwards; nil when chage works it out.
  private static func set(
    _ field: ShadowEntry.Field, _ option: String, _ text: String, _ wanted: Int?, _ arguments: Arguments,
    _ context: FunctionContext
  ) async throws -> Value {
    let entry = try existing(arguments, context)
    if entry[field] == wanted { return true }
    let argv = try ["chage"] + AccountTool.root(arguments) + [option, text, entry.name]
    try await AccountTool.run(argv, context, to: "set the password ageing of '\(entry.name)'")
    guard let wanted else { return true }
    return .bool(try existing(arguments, context)[field] == wanted)
  }

  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 < 0x3A }),
      let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    return (1...12).contains(month) && (1...31).contains(day)
  }
}
