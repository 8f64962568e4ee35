import Functions
import OrderedCollections
import Value

extension SysFunctions {
  private static let selection = Parameter.variadic(
    "names", .string, "State functions, modules or globs; all when none is given.")

  static let states: [Function] = [
    Function(
      "sys.list_state_functions", "Lists the state functions of this minion.", effect: .read, parameters: [selection]
    ) { arguments, context in .strings(chosen(arguments, context.states.signatures).map(\.name)) },
    Function(
      "sys.list_state_modules", "Lists the state modules of this minion.", effect: .read, parameters: [selection]
    ) { arguments, context in
      let patterns = arguments.strings("names")
      return .strings(
        context.states.modules.sorted().filter { module in
          patterns.isEmpty || patterns.contains { NameGlob.matches($0, module) }
        })
    },
    Function(
      "sys.state_doc", "Returns the documentation of state functions.", details: "Returns a map from name to text.",
      effect: .read, parameters: [selection]
    ) { arguments, context in map(chosen(arguments, context.states.signatures)) { .string(text($0)) } },
    Function(
      "sys.state_argspec", "Returns the arguments that state functions take.",
      details: "Returns a map from name to `{args, defaults, varargs, kwargs}`.", effect: .read,
      parameters: [selection]
    ) { arguments, context in map(chosen(arguments, context.states.signatures), spec) },
    Function("sys.list_renderers", "Lists the renderers of SLS.", effect: .read) { _, _ in
      ["gpg", "jinja", "json", "yaml"]
    },
    Function("sys.reload_modules", "Null: there is nothing to load anew.", effect: .read) { _, _ in .null },
  ]
}
