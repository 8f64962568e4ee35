import Functions
import HostSystem
import OrderedCollections
import States
import Value

extension SlsutilFunctions {
  static let rendering: [Function] = [
    Function(
      "slsutil.renderer", "Renders a text or a file as an SLS is rendered, and returns what comes out.",
      details: "A `#!` line in it says which renderers; without one `default_renderer` does. `jinja` alone returns the "
        + "text.\n\nExample: `brine run web1 slsutil.renderer path=salt://web/init.sls default_renderer=jinja`.",
      effect: .inspect,
      parameters: [
        .optional("path", .string, "A `salt://` file, or an absolute path on the host."),
        .optional("string", .string, "The text."),
        .optional("default_renderer", .string, default: "jinja|yaml", "Renderers, joined by `|`."),
        .optional("saltenv", .string, default: "base", "The file environment."),
        .optional("sls", .string, default: "", "What the template knows as `sls`."),
        .keywords("kwargs", "More variables for the template."),
      ]
    ) { arguments, context in
      let context = MasterlessContext.unmasked(try await MasterlessContext.prepareWhole(context))
      let environment = arguments.string("saltenv")
      let source = try await source(arguments, context)
      do {
        return try await RenderedText.value(
          of: source.text, path: source.local, file: source.path, sls: arguments.string("sls"),
          pipeline: arguments.string("default_renderer"), environment: environment,
          variables: arguments.map("kwargs"), context: context)
      } catch let problem as StateProblem {
        throw FunctionError(.failed, problem.description)
      }
    }
  ]

  private static func source(_ arguments: Arguments, _ context: FunctionContext) async throws
    -> (text: String, path: String, local: String)
  {
    switch (arguments.optionalString("path"), arguments.optionalString("string")) {
    case (nil, nil): throw FunctionError(.badArguments, "Must pass path or string.")
    case (_?, _?): throw FunctionError(.badArguments, "Must not pass both path and string.")
    case (nil, let text?): return (text, "string", "")
    case (let path?, nil):
      if path.hasPrefix("/") { return (try context.files.readText(path), path, context.files.resolve(path)) }
      let below = SaltURL(path, environment: arguments.string("saltenv"))
      let local = try await below.localPath(context.source)
      return (try HostFiles().readText(local), below.path, local)
    }
  }
}
