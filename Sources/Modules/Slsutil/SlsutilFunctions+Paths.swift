import Functions
import OrderedCollections
import States
import Value

extension SlsutilFunctions {
  private static let environment = Parameter.optional("saltenv", .string, default: "base", "The file environment.")
  private static let path = Parameter.required("path", .string, "Below the roots, without `salt://`.")

  static let paths: [Function] = [
    question("slsutil.file_exists", "Whether the roots have a file.", files: true, directories: false),
    question("slsutil.dir_exists", "Whether the roots have a directory.", files: false, directories: true),
    question("slsutil.path_exists", "Whether the roots have a file or directory.", files: true, directories: true),
    Function(
      "slsutil.findup", "Finds the first of some files in a directory of the roots, or in those above it.",
      details: "Example: `brine run web1 slsutil.findup formulas/web map.jinja`.", effect: .inspect,
      parameters: [
        .required("startpath", .string, "The directory to begin in."),
        .required("filenames", .stringList, "Names, the first found counts."), environment,
      ]
    ) { arguments, context in
      let known = try await entries(context, arguments.string("saltenv"), files: true, directories: true)
      let start = arguments.string("startpath").split(separator: "/").filter { $0 != "." }.map(String.init)
      guard start.isEmpty || known.contains(start.joined(separator: "/")) else {
        throw FunctionError(
          .badArguments, "Starting path not found in the state tree: \(arguments.string("startpath"))")
      }
      for depth in stride(from: start.count, through: 0, by: -1) {
        for name in arguments.strings("filenames") {
          let candidate = (start.prefix(depth) + [name]).joined(separator: "/")
          if known.contains(candidate) { return .string(candidate) }
        }
      }
      throw FunctionError(.notFound, "File pattern(s) not found in path ancestry")
    },
  ]

  private static func question(_ name: String, _ summary: String, files: Bool, directories: Bool) -> Function {
    Function(name, summary, effect: .inspect, parameters: [path, environment]) { arguments, context in
      let known = try await entries(context, arguments.string("saltenv"), files: files, directories: directories)
      return .bool(known.contains(arguments.string("path")))
    }
  }

  private static func entries(_ context: FunctionContext, _ environment: String, files: Bool, directories: Bool)
    async throws -> Set<String>
  {
    let source = MasterlessContext.withFiles(context).source
    var known: Set<String> = []
    if files { known.formUnion(try await source.files(below: "", environment: environment)) }
    if directories { known.formUnion(try await source.directories(below: "", environment: environment)) }
    return known
  }
}
