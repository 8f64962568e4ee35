public import Functions
import OrderedCollections
import States
import Value

/// `jinja.*`: what an imported template or data file gives, to look at while one writes a formula.
public enum JinjaFunctions {
  public static let all: [Function] = [
    Function(
      "jinja.load_map", "A variable of a template of the roots, as importing SLS get it.",
      details: "Example: `brine run web1 jinja.load_map nginx/map.jinja nginx`.", effect: .inspect,
      parameters: [path, .required("value", .string, "The variable's name.")]
    ) { arguments, context in
      let name = arguments.string("value")
      guard let first = name.utf8.first, !(0x30...0x39).contains(first),
        name.utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x5F })
      else { throw FunctionError(.badArguments, "value= is a variable's name of letters, digits and _.") }
      return try await render(
        "{% from \(quoted(arguments)) import \(name) with context %}{{ \(name) | tojson }}", context)
    },
    importing("jinja.import_yaml", "import_yaml", "A YAML file of the roots, rendered with Jinja, as its data."),
    importing("jinja.import_json", "import_json", "A JSON file of the roots, rendered with Jinja, as its data."),
  ]

  private static let path = Parameter.required("path", .string, "The file below the roots, without `salt://`.")

  private static func importing(_ name: String, _ tag: String, _ summary: String) -> Function {
    Function(
      name, summary, details: "Example: `brine run web1 \(name) nginx/defaults.yaml`.", effect: .inspect,
      parameters: [path]
    ) { arguments, context in
      try await render("{% \(tag) \(quoted(arguments)) as imported %}{{ imported | tojson }}", context)
    }
  }

  /// The path as a text of the template language.
  private static func quoted(_ arguments: Arguments) throws -> String {
    let path = arguments.string("path")
    guard !path.isEmpty, !path.contains(where: { $0 == "\"" || $0 == "\\" || $0.isNewline }) else {
      throw FunctionError(.badArguments, "path= is the path of a file below the roots.")
    }
    return "\"\(path)\""
  }

  private static func render(_ template: String, _ context: FunctionContext) async throws -> Value {
    let context = MasterlessContext.unmasked(try await MasterlessContext.prepare(context))
    do {
      return try await RenderedText.value(
        of: template, path: "", file: "template", sls: "", pipeline: "jinja|yaml", environment: "base", variables: [:],
        context: context)
    } catch let problem as StateProblem {
      throw FunctionError(.failed, problem.description)
    }
  }
}
