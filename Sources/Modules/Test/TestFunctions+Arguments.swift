import Functions
import OrderedCollections
import Value

extension TestFunctions {
  static let arguments: [Function] = [
    Function(
      "test.echo", "Returns the text it is given.", details: "Example: `brine run '*' test.echo hello`.", effect: .read,
      parameters: [.required("text", .any, "What to return.")]
    ) { arguments, _ in arguments["text"] },
    Function(
      "test.outputter", "Returns the data it is given, to see how it is printed.",
      details: "Example: `brine run '*' test.outputter '{a: 1}'`.", effect: .read,
      parameters: [.required("data", .any, "What to return.")]
    ) { arguments, _ in arguments["data"] },
    Function(
      "test.arg", "Returns the arguments it is given.",
      details: "Returns `{args: […], kwargs: {…}}`.\n\nExample: `brine run '*' test.arg 1 two three=3`.", effect: .read,
      parameters: anything
    ) { arguments, _ in ["args": arguments["args"], "kwargs": arguments["kwargs"]] },
    Function(
      "test.kwarg", "Returns the named arguments it is given.",
      details: "Example: `brine run '*' test.kwarg a=1 b=two`.",
      effect: .read, parameters: [.keywords("kwargs", "Any named arguments.")]
    ) { arguments, _ in arguments["kwargs"] },
    Function(
      "test.arg_repr", "Returns the arguments as Python would write them.",
      details: """
        Returns `{args: "(1, 'two')", kwargs: "{'three': 3}"}`, which shows their types.

        Example: `brine run '*' test.arg_repr 1 two three=3`.
        """,
      effect: .read, parameters: anything
    ) { arguments, _ in
      let items = arguments.list("args")
      let tuple = items.map(PythonText.repr).joined(separator: ", ") + (items.count == 1 ? "," : "")
      return ["args": .string("(\(tuple))"), "kwargs": .string(PythonText.repr(arguments["kwargs"]))]
    },
    Function(
      "test.arg_type", "Returns the types of the arguments it is given.",
      details:
        "Returns `{args: […], kwargs: {…}}` with Python's names of types.\n\nExample: `brine run '*' test.arg_type 1 a`.",
      effect: .read, parameters: anything
    ) { arguments, _ in
      let named = arguments.map("kwargs").map { ($0.key, Value.string(typeText($0.value))) }
      return [
        "args": .strings(arguments.list("args").map(typeText)),
        "kwargs": .map(ValueMap(uniqueKeysWithValues: named)),
      ]
    },
  ]

  private static func typeText(_ value: Value) -> String { "<class '\(PythonText.typeName(value))'>" }

  private static let anything: [Parameter] = [
    .variadic("args", .any, "Any arguments by position."), .keywords("kwargs", "Any named arguments."),
  ]
}
