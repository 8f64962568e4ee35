public import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// `debconf.*`: answers to the questions of Debian's packages. Passwords are never told.
public enum DebconfFunctions {
  public static let all: [Function] = [getSelections, show, set, setFile, setTemplate]

  private static let environment = Parameter.optional("saltenv", .string, default: "base", "The file environment.")

  private static let getSelections = Function(
    "debconf.get_selections", "All questions with their answers.",
    details: """
      Returns `{package: [[question, type, answer]]}`; a password is `<redacted>`. Needs the package debconf-utils.

      Example: `brine run web1 debconf.get_selections`
      """,
    effect: .inspect,
    parameters: [.optional("fetchempty", .bool, default: true, "Also questions with an empty answer.")]
  ) { arguments, context in
    var packages: ValueMap = [:]
    for selection in try await DebconfDatabase(context).selections()
    where arguments.bool("fetchempty") || !selection.value.isEmpty {
      let list = packages[.string(selection.package)]?.listValue ?? []
      packages[.string(selection.package)] = .list(list + [selection.asValue])
    }
    return .map(packages)
  }

  private static let show = Function(
    "debconf.show", "The questions of a package with their answers.",
    details: """
      Returns `[[question, type, answer]]`, null for a package that has none; a password is `<redacted>`. Needs the \
      package debconf-utils.

      Example: `brine run web1 debconf.show tzdata`
      """,
    effect: .inspect, parameters: [.required("name", .string, "The package.")]
  ) { arguments, context in
    let name = arguments.string("name")
    let selections = try await DebconfDatabase(context).selections().filter { $0.package == name }
    return selections.isEmpty ? .null : .list(selections.map(\.asValue))
  }

  private static let set = Function(
    "debconf.set", "Answers a question of a package.",
    details: """
      Returns true. The package need not be installed yet: its configuration then finds the answer.

      Example: `brine run web1 debconf.set postfix postfix/main_mailer_type select 'Internet Site'`
      """,
    effect: .change,
    parameters: [
      .required("package", .string, "The package."), .required("question", .string, "`package/question`."),
      .required("type", .string, "string, boolean, select, multiselect, password, note, text, title or error."),
      .required("value", .any, "The answer."), .variadic("extra", .string, "Further words of the answer."),
    ]
  ) { arguments, context in
    let words = [text(arguments["value"])] + arguments.strings("extra")
    let answer = try DebconfAnswer(
      arguments.string("package"), arguments.string("question"), type: arguments.string("type"),
      value: words.joined(separator: " "))
    if !context.isTest { try await DebconfDatabase(context).set([answer]) }
    return true
  }

  private static let setFile = Function(
    "debconf.set_file", "Gives the answers of a file.",
    details: """
      One line an answer: `package question type value`. Returns true; false when there is no such file.

      Example: `brine run web1 debconf.set_file salt://postfix.selections`
      """,
    effect: .change,
    parameters: [.required("path", .string, "`salt://…` or a path of the host."), environment]
  ) { arguments, context in
    guard let text = try await text(of: arguments.string("path"), arguments.string("saltenv"), context) else {
      return false
    }
    if !context.isTest { try await DebconfDatabase(context).set(Secret(text)) }
    return true
  }

  private static let setTemplate = Function(
    "debconf.set_template", "Gives the answers of a rendered file.",
    details: """
      Returns true; false when there is no such file.

      Example: `brine run web1 debconf.set_template salt://postfix.jinja jinja '{}' '{"domain": "example.com"}'`
      """,
    effect: .change,
    parameters: [
      .required("path", .string, "`salt://…` or a path of the host."),
      .required("template", .string, "The template engine: jinja."), .required("context", .any, "Variables."),
      .required("defaults", .any, "Variables; `context` goes over them."), environment,
    ]
  ) { arguments, context in
    let (path, environment) = (arguments.string("path"), arguments.string("saltenv"))
    guard let source = try await text(of: path, environment, context) else { return false }
    let variables = arguments.map("defaults").merging(arguments.map("context")) { $1 }
    let prepared = try await MasterlessContext.prepareWhole(context)
    let rendered = try await prepared.templates.render(
      String(decoding: source, as: UTF8.self), engine: arguments.string("template"), file: path,
      environment: environment, sls: "", variables: variables, context: prepared)
    if !context.isTest { try await DebconfDatabase(context).set(Secret(rendered)) }
    return true
  }

  /// The answer as debconf writes it: truth is `true` and `false`.
  static func text(_ value: Value) -> String { value.boolValue.map { $0 ? "true" : "false" } ?? value.description }

  private static func text(of path: String, _ environment: String, _ context: FunctionContext) async throws -> [UInt8]?
  {
    guard path.hasPrefix("salt://") else {
      guard PackageName.isPath(path) else {
        throw FunctionError(.badArguments, "'\(path.shownOnOneLine)' is neither salt:// nor an absolute path.")
      }
      return context.files.isFile(path) ? try context.files.read(path) : nil
    }
    let url = SaltURL(path, environment: environment)
    let source = MasterlessContext.withFiles(context).source
    guard let local = try await source.localPath(of: url.path, environment: url.environment) else { return nil }
    return try context.files.read(local)
  }
}
