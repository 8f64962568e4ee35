public import Functions
import Value

/// `alternatives.*`: which of several programs a name stands for.
public enum AlternativesFunctions {
  public static let all: [Function] = [
    checkExists, checkInstalled, display, install, remove, auto, set, showCurrent, showLink,
  ]

  private static let name = Parameter.required("name", .string, "The alternatives' name, such as `editor`.")
  private static let path = Parameter.required("path", .string, "One of them: an absolute path.")

  private static let display = Function(
    "alternatives.display", "What is known of a name's alternatives.",
    details: "Returns the program's text.\n\nExample: `brine run web1 alternatives.display editor`", effect: .inspect,
    parameters: [name]
  ) { arguments, context in
    .string(try await AlternativesProgram(context).display(arguments.string("name")).text.trimmed())
  }

  private static let showLink = Function(
    "alternatives.show_link", "The link that a name's alternatives stand behind.",
    details: "False when there are none.\n\nExample: `brine run web1 alternatives.show_link editor`", effect: .inspect,
    parameters: [name]
  ) { arguments, context in
    try await AlternativesProgram(context).link(arguments.string("name")).map(Value.string) ?? false
  }

  private static let showCurrent = Function(
    "alternatives.show_current", "The path that a name stands for.",
    details: "False when there is none.\n\nExample: `brine run web1 alternatives.show_current editor`", effect: .read,
    parameters: [name]
  ) { arguments, context in
    try AlternativesProgram(context).current(arguments.string("name")).map(Value.string) ?? false
  }

  private static let checkExists = Function(
    "alternatives.check_exists", "Whether a path is one of a name's alternatives.",
    details: "Example: `brine run web1 alternatives.check_exists editor /usr/bin/vim.tiny`", effect: .inspect,
    parameters: [name, path]
  ) { arguments, context in
    .bool(try await AlternativesProgram(context).has(arguments.string("path"), in: arguments.string("name")))
  }

  private static let checkInstalled = Function(
    "alternatives.check_installed", "Whether a path is what a name stands for.",
    details: "Example: `brine run web1 alternatives.check_installed editor /usr/bin/vim.tiny`", effect: .read,
    parameters: [name, path]
  ) { arguments, context in
    .bool(try AlternativesProgram(context).current(arguments.string("name")) == arguments.string("path"))
  }

  private static let install = Function(
    "alternatives.install", "Adds a path to a name's alternatives.",
    details: """
      Returns what the program printed.

      Example: `brine run web1 alternatives.install editor /usr/bin/editor /usr/bin/emacs23 50`
      """,
    effect: .change,
    parameters: [
      name, .required("link", .string, "The link that programs use, such as `/usr/bin/editor`."), path,
      .required("priority", .int, "The greatest is chosen, unless one was set by hand."),
    ]
  ) { arguments, context in
    let program = try AlternativesProgram(context)
    if context.isTest { return "" }
    return .string(
      try await program.install(
        arguments.string("name"), link: arguments.string("link"), path: arguments.string("path"),
        priority: arguments.int("priority") ?? 0))
  }

  private static let remove = Function(
    "alternatives.remove", "Takes a path out of a name's alternatives.",
    details:
      "Returns what the program printed.\n\nExample: `brine run web1 alternatives.remove editor /usr/bin/emacs23`",
    effect: .change, parameters: [name, path]
  ) { arguments, context in
    let program = try AlternativesProgram(context)
    return context.isTest ? "" : .string(try await program.remove(arguments.string("name"), arguments.string("path")))
  }

  private static let auto = Function(
    "alternatives.auto", "Has the alternative with the greatest priority chosen.",
    details: "Returns what the program printed.\n\nExample: `brine run web1 alternatives.auto editor`", effect: .change,
    parameters: [name]
  ) { arguments, context in
    let program = try AlternativesProgram(context)
    return context.isTest ? "" : .string(try await program.automate(arguments.string("name")))
  }

  private static let set = Function(
    "alternatives.set", "Has a name stand for a path.",
    details: "Returns what the program printed.\n\nExample: `brine run web1 alternatives.set editor /usr/bin/vim.tiny`",
    effect: .change, parameters: [name, path]
  ) { arguments, context in
    let program = try AlternativesProgram(context)
    return context.isTest ? "" : .string(try await program.set(arguments.string("name"), arguments.string("path")))
  }
}
