import Functions
import HostSystem
import OrderedCollections
import Value

extension ArchiveFunctions {
  static let tar = function(
    "tar", "Runs tar.",
    details: """
      Returns the lines that tar prints. What `archive.extracted` looks for before it extracts is not looked for here.

      Example: `brine run web1 archive.tar -czf /tmp/etc.tar.gz /etc`
      """,
    effect: .change,
    parameters: [
      .required("options", .string, "Options of tar, with `f` last."),
      .required("tarfile", .string, "The archive."), .optional("sources", .stringList, "Files and patterns."),
      .optional("dest", .string, "The directory to extract into."), cwd, template, runas,
    ]
  ) { arguments, context in
    let words = arguments.string("options").fields()
    guard !words.isEmpty else { throw StateRefusal("Tar options can not be empty") }
    let archive = try word(arguments.string("tarfile"), "tarfile")
    try context.stopIfTest("run tar \(words.joined(separator: " ")) \(archive)")
    let directory = arguments.optionalString("cwd")
    let destination = try arguments.optionalString("dest").map { ["-C", try word($0, "dest")] } ?? []
    let sources = try expanded(arguments.strings("sources"), in: directory, context)
    // Options without a dash have to come first for tar.
    var command = Command(["tar"] + words + [archive] + destination + sources)
    command.workingDirectory = directory.map { context.files.resolve($0) }
    return .strings(try await run(&command, arguments, context).outputLines)
  }

  static let gzip = compression("gzip", "Compresses a file.", "sourcefile")
  static let gunzip = compression("gunzip", "Decompresses a file.", "gzipfile")

  private static func compression(_ program: String, _ summary: String, _ file: String) -> Function {
    function(
      program, summary,
      details: "Returns the lines that \(program) prints. Example: `brine run web1 archive.\(program) /tmp/x`",
      effect: .change,
      parameters: [
        .required(file, .string, "The file."), template, runas, .optional("options", .string, "One option."),
      ]
    ) { arguments, context in
      let path = try AbsolutePath.argument(file, of: arguments)
      try context.stopIfTest("run \(program) \(path)")
      let options = arguments.optionalString("options").map { [$0] } ?? []
      var command = Command([program] + options + ["--", context.files.resolve(path)])
      return .strings(try await run(&command, arguments, context).outputLines)
    }
  }

  @discardableResult
  static func run(
    _ command: inout Command, _ arguments: Arguments, _ context: FunctionContext
  ) async throws -> CommandResult {
    let name = command.arguments.first ?? ""
    guard context.commands.which(name) != nil else {
      throw FunctionError(.unavailable, "There is no \(name) here.", hint: "Install the package '\(name)'.")
    }
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C"]
    command.user = try await account(arguments, context)?.runAs
    command.isErrorMerged = true
    command.timeout = .seconds(3600)
    let result = try await context.commands.run(command)
    guard result.isSuccess else {
      throw FunctionError(.failed, "\(name) ended with \(result.exitCode): \(result.outputText.trimmed())")
    }
    return result
  }

  static func account(_ arguments: Arguments, _ context: FunctionContext) async throws -> CommandAccount? {
    guard let user = arguments.optionalString("runas"), !user.isEmpty else { return nil }
    return try await CommandAccount.look(up: user, group: nil, context.commands)
  }

  /// Files that are named, and those that patterns describe.
  static func expanded(_ sources: [String], in directory: String?, _ context: FunctionContext) throws -> [String] {
    var found: [String] = []
    for source in sources {
      let source = try word(source.trimmed(), "sources")
      guard directory != nil || source.hasPrefix("/") else {
        throw StateRefusal("Relative paths require the 'cwd' parameter: \(source)")
      }
      let path = PathText.joined([directory ?? "/", source])
      if source.contains(where: { "*?[".contains($0) }) {
        let prefix = source.hasPrefix("/") ? 0 : (directory ?? "/").count + ((directory ?? "/").hasSuffix("/") ? 0 : 1)
        found += PathGlob.expand(path, context.files).map { String($0.dropFirst(prefix)) }
      } else {
        found.append(source)
      }
    }
    return found
  }

  private static func word(_ text: String, _ argument: String) throws -> String {
    guard !text.isEmpty, !text.hasPrefix("-"), !text.utf8.contains(0) else {
      throw StateRefusal("'\(argument)' may not be empty or begin with a dash: '\(text)'")
    }
    return text
  }
}
