public import Functions
import Value

/// States that only carry words: `stateconf.set`, `stateconf.context`, `highstate_doc.note`.
public enum StateconfStates {
  public static let all: [StateFunction] =
    ["stateconf.set", "stateconf.context"].map { name in
      StateFunction(
        name, "Does nothing: it carries words that templates read.",
        parameters: [.required("name", .string, "Any text."), .keywords("kwargs", "Any words.")]
      ) { _, _ in StateResult(true, "") }
    } + [note]

  private static let note = StateFunction(
    "highstate_doc.note", "Does nothing: it carries words for a reader of the tree.",
    parameters: [
      .required("name", .string, "Any text."), .optional("source", .string, "A file to read."),
      .optional("contents", .string, "A text."), .keywords("kwargs", "Any words."),
    ]
  ) { arguments, _ in
    let contents = arguments.string("contents")
    let source = arguments.optionalString("source").map { "include file: \($0)\n" } ?? ""
    return StateResult(true, source + (contents.unicodeScalars.count < 200 ? contents : ""))
  }
}
