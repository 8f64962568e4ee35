import Functions
import OrderedCollections
import Value

extension TestStates {
  /// The argument, what Python calls the type, and whether a value is of it.
  private static let pillarChecks: [(argument: String, type: String, matches: @Sendable (Value) -> Bool)] = [
    ("present", "None", { _ in true }),
    ("boolean", "<class 'bool'>", { $0.boolValue != nil }),
    // A Python bool is an int.
    ("integer", "<class 'int'>", { $0.intValue != nil || $0.boolValue != nil }),
    ("string", "(<class 'str'>,)", { $0.stringValue != nil }),
    ("listing", "<class 'list'>", { $0.listValue != nil }),
    ("dictionary", "<class 'dict'>", { $0.mapValue != nil }),
  ]

  static let checkPillar = StateFunction(
    "test.check_pillar", "Fails unless the pillar has certain keys, of certain types.",
    parameters: [
      name, .optional("present", .any, "Keys that must be there; nested with `:`."),
      .optional("boolean", .any, "Keys that must hold a boolean."),
      .optional("integer", .any, "Keys that must hold an integer."),
      .optional("string", .any, "Keys that must hold a string."),
      .optional("listing", .any, "Keys that must hold a list."),
      .optional("dictionary", .any, "Keys that must hold a map."),
      .optional("verbose", .bool, default: false, "Also names the keys that are well."),
    ], watch: watched
  ) { arguments, context in
    var fine: OrderedDictionary<String, String> = [:]
    var failed: OrderedDictionary<String, String?> = [:]
    var isAsked = false
    for check in pillarChecks {
      for key in arguments.strings(check.argument) {
        isAsked = true
        let value = GrainPath(key, delimiter: ":").value(in: context.functions.pillar)
        guard let value, !value.isNull else {
          failed.updateValue(nil, forKey: key)
          continue
        }
        if check.matches(value) { fine[key] = check.type } else { failed.updateValue(check.type, forKey: key) }
      }
    }
    guard isAsked else { throw FunctionError(.badArguments, "Missing required argument text.") }
    var comment = ""
    for (key, type) in failed {
      comment += "Pillar key \"\(key)\" " + (type.map { "is not \($0).\n" } ?? "is missing.\n")
    }
    if arguments.bool("verbose"), !fine.isEmpty {
      comment += "Those keys passed the check:\n"
      for (key, type) in fine { comment += "- \(key) (\(type))\n" }
    }
    return StateResult(failed.isEmpty, comment)
  }
}
