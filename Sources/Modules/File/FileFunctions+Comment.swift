import Functions
import OrderedCollections
import Value

/// Functions that states of the same name do.
extension FileFunctions {
  static let comments: [Function] = [
    asState("file.comment", "Makes lines that match comments.", lines),
    asState("file.uncomment", "Takes the comment sign from lines that match.", lines),
    asState(
      "file.comment_line", "Makes lines that match comments, or none.",
      lines + [.optional("cmnt", .bool, default: true, "False takes the sign away.")]),
  ]

  private static let lines: [Parameter] = [
    path, .required("regex", .string, "A regular expression of the lines."),
    .optional("char", .string, default: "#", "The comment sign."),
    .optional("backup", .any, default: ".bak", "What is added to the name of a copy; False makes none."),
  ]

  private static func asState(_ name: String, _ summary: String, _ parameters: [Parameter]) -> Function {
    Function(
      name, summary, details: "Returns the difference, or False when nothing was to change.", effect: .change,
      parameters: parameters
    ) { arguments, context in
      let isComment = name == "file.uncomment" ? false : arguments.has("cmnt") ? arguments.bool("cmnt") : true
      guard let state = context.states[isComment ? "file.comment" : "file.uncomment"] else {
        throw FunctionError(.unavailable, "There is no such state.")
      }
      let named: ValueMap = [
        "name": arguments["path"], "regex": arguments["regex"], "char": arguments["char"],
        "backup": arguments["backup"],
      ]
      let result = try await state.body(
        Arguments(binding: CallArguments([], named: named), to: state.signature), StateContext(functions: context))
      if result.result == false { throw FunctionError(.failed, result.comment) }
      return result.changes["diff"] ?? false
    }
  }
}
