import Functions
import HostSystem
import OrderedCollections
import Value

/// A virtual environment of Python, made by virtualenv or by Python's own venv.
struct VirtualEnvironment: Sendable {
  static let parameters: [Parameter] = [
    .optional("venv_bin", .string, "virtualenv, venv or a Python; virtualenv where there is one, else venv."),
    .optional("system_site_packages", .bool, default: false, "The host's packages are seen in it."),
    .optional("distribute", .bool, default: false, "Taken for compatibility and not used."),
    .optional("clear", .bool, default: false, "What is there is removed first."),
    .optional("python", .string, "The Python in it."), .optional("extra_search_dir", .any, "For virtualenv."),
    .optional("never_download", .bool, "For virtualenv."), .optional("prompt", .string, "Its prompt."),
    .optional("user", .string, "The user that makes it."),
    .optional("use_vt", .bool, default: false, "Taken for compatibility and not used."),
  ]

  let path: String
  private let context: FunctionContext

  init(_ path: String, _ context: FunctionContext) throws {
    self.path = try AbsolutePath.check(path, "path")
    self.context = ModuleStates.nested(context)
  }

  var python: String { "\(path)/bin/python" }
  var exists: Bool { context.files.exists(python) }

  /// What its Python says of its version on standard error; current ones say it on standard output, and this is empty.
  func versionOnError() async throws -> String {
    try await context.commands.run(python, "-V").errorText.trimmed()
  }

  /// Makes it. Gives what `cmd.run_all` gives.
  func create(_ arguments: Arguments) async throws -> ValueMap {
    var named: ValueMap = ["cmd": .strings(try command(arguments)), "python_shell": false]
    if let user = arguments.optionalString("user") { named["runas"] = .string(user) }
    let isNew = !context.files.exists(path)
    let result = try await CmdFunctions.runAll.call(named, context).mapValue ?? [:]
    if result["retcode"] != 0, isNew { try? context.files.removeTree(path) }
    return result
  }

  private func command(_ arguments: Arguments) throws -> [String] {
    func text(_ name: String) -> String? { arguments.optionalString(name).flatMap { $0.trimmed().isEmpty ? nil : $0 } }
    let program =
      text("venv_bin") ?? ["virtualenv", "virtualenv3"].first { context.commands.which($0) != nil } ?? "venv"
    let isPython = ["python", "pypy"].contains { word in
      let name = PathText.basename(program)
      return name.hasPrefix(word) && name.dropFirst(word.count).allSatisfy { $0.isNumber || $0 == "." }
    }
    var words: [String]
    if program == "venv" || isPython {
      if isPython, text("python") != nil {
        throw FunctionError(
          .badArguments, "Pass the target interpreter either as `venv_bin` or as `python`, not both.")
      }
      let python = isPython ? program : text("python") ?? "python3"
      guard context.commands.which(python) != nil || context.files.isExecutable(python) else {
        throw FunctionError(.notFound, "Cannot find requested python (\(python)).")
      }
      words = [python, "-m", "venv"]
    } else {
      guard context.commands.which(program) != nil || context.files.isExecutable(program) else {
        throw FunctionError(.notFound, "Unable to run command '\(program)': it is not here.")
      }
      words = [program]
    }
    if program == "venv" || isPython || program.contains("venv") {
      for name in ["extra_search_dir", "never_download"] where arguments.isGiven(name) && arguments[name] != "" {
        throw FunctionError(
          .badArguments,
          "The `\(name)`(`--\(name == "never_download" ? "never-download" : "extra-search-dir")`) "
            + "option is not supported by '\(program)'")
      }
      if let prompt = text("prompt") { words += ["--prompt", prompt] }
    } else {
      if let python = text("python") {
        guard context.commands.which(python) != nil || context.files.isExecutable(python) else {
          throw FunctionError(.notFound, "Cannot find requested python (\(python)).")
        }
        words.append("--python=\(python)")
      }
      words += PipOptions.items(arguments["extra_search_dir"]).map { "--extra-search-dir=\($0)" }
      if arguments["never_download"] == true { words.append("--never-download") }
      if arguments["never_download"] == false { words.append("--download") }
      if let prompt = text("prompt") { words.append("--prompt=\(prompt)") }
    }
    if arguments.bool("clear") { words.append("--clear") }
    if arguments.bool("system_site_packages") { words.append("--system-site-packages") }
    return words + [path]
  }
}
