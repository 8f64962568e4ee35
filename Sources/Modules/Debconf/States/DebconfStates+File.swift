import Functions
import HostSystem
import OrderedCollections
import Value

extension DebconfStates {
  static let setFile = StateFunction(
    "debconf.set_file", "Has the answers of a file given.",
    details: """
      One line an answer: `package question type value`. Where all of them are given already nothing is done, also in \
      test mode. No answers are in the result.
      """,
    parameters: [
      .required("name", .string, "Any text, or the file where `source` is missing."),
      .optional("source", .string, "`salt://…` or a path of the host."),
      .optional("template", .string, "The template engine that renders it: jinja."),
      .optional("context", .any, "Variables for the template."),
      .optional("defaults", .any, "Variables for the template; `context` goes over them."),
      .keywords("kwargs", "Taken for compatibility and not used."),
    ]
  ) { arguments, context in
    for (argument, name) in [("context", "Context"), ("defaults", "Defaults")]
    where arguments.isGiven(argument) && arguments[argument].mapValue == nil {
      return StateResult(false, "\(name) must be formed as a dict")
    }
    do {
      let text = try await rendered(arguments, context)
      let database = try DebconfDatabase(context.functions)
      if try await isGiven(text, database) { return StateResult(true, "All specified answers are already set") }
      if context.isTest { return StateResult(nil, "Debconf selections would have been set.") }
      try await database.set(Secret(text))
      return StateResult(true, "Debconf selections were set.")
    } catch {
      let reason =
        (error as? StateRefusal)?.comment ?? (error as? FunctionError)?.description ?? String(describing: error)
      return StateResult(false, "Unable to set debconf selections from file. \(reason)")
    }
  }

  private static func rendered(_ arguments: Arguments, _ context: StateContext) async throws -> String {
    let source = arguments.optionalString("source") ?? arguments.string("name")
    let variables = arguments.map("defaults").merging(arguments.map("context")) { $1 }
    let bytes = try await SourceFinder(context: context).text(
      of: source, engine: arguments.optionalString("template"), variables: variables)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether every answer of a text is what debconf has. A line that cannot be judged (a flag, a continued line) is not.
  private static func isGiven(_ text: String, _ database: DebconfDatabase) async throws -> Bool {
    var answers: [String: [DebconfAnswer]] = [:]
    for line in text.splitLines() where !line.trimmed().isEmpty && !line.trimmed().hasPrefix("#") {
      let words = line.drop { $0.isWhitespace }.split(maxSplits: 3) { $0.isWhitespace }
      guard words.count >= 3 else { return false }
      let head = words[2].endIndex
      let value = head == line.endIndex ? "" : line[line.index(after: head)...]
      guard
        let answer = try? DebconfAnswer(
          String(words[0]), String(words[1]), type: String(words[2]), value: String(value))
      else { return false }
      answers[answer.package, default: []].append(answer)
    }
    for (package, list) in answers {
      let current = try await database.current(package, list.map(\.question))
      guard list.allSatisfy({ $0.isFulfilled(by: current[$0.question]) }) else { return false }
    }
    return true
  }
}
