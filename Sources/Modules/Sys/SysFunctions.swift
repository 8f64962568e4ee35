public import Functions
import OrderedCollections
import Value

/// `sys.*`: what a minion can do.
public enum SysFunctions {
  public static let all: [Function] = [doc, listFunctions, listModules, argspec] + states

  private static let selection = Parameter.variadic(
    "names", .string, "Functions, modules or globs (`pkg.*`); all when none is given.")

  static let doc = Function(
    "sys.doc", "Returns the documentation of functions.",
    details: "Returns a map from name to text.\n\nExample: `brine run web1 sys.doc pkg.install`.", effect: .read,
    parameters: [selection]
  ) { arguments, context in
    map(chosen(arguments, context.registry.signatures)) { .string(text($0)) }
  }

  static let listFunctions = Function(
    "sys.list_functions", "Lists the functions of this minion.",
    details: "Returns a sorted list of names.\n\nExample: `brine run web1 sys.list_functions 'pkg.*' service`.",
    effect: .read, parameters: [selection]
  ) { arguments, context in
    .strings(chosen(arguments, context.registry.signatures).map(\.name))
  }

  static let listModules = Function(
    "sys.list_modules", "Lists the modules of this minion.",
    details: "Returns a sorted list of names.\n\nExample: `brine run web1 sys.list_modules 's*'`.", effect: .read,
    parameters: [.variadic("names", .string, "Modules or globs; all when none is given.")]
  ) { arguments, context in
    let patterns = arguments.strings("names")
    let modules = Set(context.registry.signatures.map(\.module)).sorted()
    return .strings(modules.filter { module in patterns.isEmpty || patterns.contains { NameGlob.matches($0, module) } })
  }

  static let argspec = Function(
    "sys.argspec", "Returns the arguments that functions take.",
    details: """
      Returns a map from name to `{args, defaults, varargs, kwargs}`: the names, the defaults of the last of them, and \
      whether further positional and named arguments are taken; what does not apply is null.

      Example: `brine run web1 sys.argspec cmd.run`.
      """,
    effect: .read, parameters: [selection]
  ) { arguments, context in map(chosen(arguments, context.registry.signatures), spec) }

  static func chosen(_ arguments: Arguments, _ signatures: [FunctionSignature]) -> [FunctionSignature] {
    let patterns = arguments.strings("names")
    return signatures.filter { signature in
      patterns.isEmpty
        || patterns.contains {
          // A bare word is a module, or a glob of modules; one with a dot is a function.
          NameGlob.matches($0, $0.contains(".") ? signature.name : signature.module)
        }
    }
  }

  static func map(_ signatures: [FunctionSignature], _ value: (FunctionSignature) -> Value) -> Value {
    .map(ValueMap(uniqueKeysWithValues: signatures.map { (.string($0.name), value($0)) }))
  }

  static func text(_ signature: FunctionSignature) -> String {
    var parts = [signature.line, signature.summary]
    if !signature.details.isEmpty { parts.append(signature.details) }
    let lines = signature.parameters.map { "\($0.name) (\($0.type.rawValue)): \($0.documentation)" }
    if !lines.isEmpty { parts.append(lines.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n")
  }

  static func spec(_ signature: FunctionSignature) -> Value {
    let normal = signature.parameters.filter { $0.kind == .normal }
    let defaults = normal.compactMap(\.defaultValue)
    return [
      "args": normal.isEmpty ? .null : .strings(normal.map(\.name)),
      "defaults": defaults.isEmpty ? .null : .list(defaults),
      "varargs": signature.parameters.contains { $0.kind == .variadic } ? true : .null,
      "kwargs": signature.parameters.contains { $0.kind == .keywords } ? true : .null,
    ]
  }
}
