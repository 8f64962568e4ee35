import Functions
import HostSystem
import OrderedCollections
import States
import Value

extension PkgFunctions {
  static let selectionChanges: [Function] = [setSelections]
  private static let selectionStates = ["install", "hold", "deinstall", "purge"]

  private static let setSelections = Function(
    "pkg.set_selections", "Tells dpkg what to do with packages (apt).",
    details: """
      Returns `{package: {old, new}}` of what changed. It installs and removes nothing by itself.

      Example: `brine run web1 pkg.set_selections selection='{"hold": ["openssl"]}'`
      """,
    effect: .change,
    parameters: [
      .optional("path", .string, "A file as `dpkg --get-selections` prints it, `salt://…` or a path of the host."),
      .optional("selection", .map, "`{state: [packages]}` with the states install, hold, deinstall and purge."),
      .optional("clear", .bool, default: false, "Marks every other package but essential ones for removal first."),
      .optional("saltenv", .string, default: "base", "The file environment."),
    ]
  ) { arguments, context in
    guard let apt = try PackageProviders.provider(for: context) as? AptProvider else {
      throw FunctionError(.unavailable, "pkg.set_selections is dpkg's; this host has none.", hint: "Use pkg.hold.")
    }
    guard !arguments.isGiven("path") || !arguments.isGiven("selection") else {
      throw FunctionError(
        .badArguments,
        "The 'selection' and 'path' arguments to pkg.set_selections are mutually exclusive, and cannot be specified "
          + "together")
    }
    let wanted = try await wantedSelections(arguments, context)
    guard !wanted.isEmpty, !context.isTest else { return [:] }
    if arguments.bool("clear") { _ = try await apt.query(["dpkg", "--clear-selections"]) }
    let before = try await apt.selections()
    let changed = wanted.filter { before[$0.key] != $0.value }
    guard !changed.isEmpty else { return [:] }
    var command = AptProvider.command(["dpkg", "--set-selections"])
    command.standardInput = .bytes(Array(changed.map { "\($0.key) \($0.value)\n" }.joined().utf8))
    let result = try await context.commands.run(command)
    guard result.isSuccess else { throw AptFailure.error(command.arguments, result) }
    // dpkg passes over packages that it does not know.
    let after = try await apt.selections()
    var changes: ValueMap = [:]
    for (name, state) in changed where after[name] == state {
      changes[.string(name)] = ["old": before[name].map(Value.string) ?? .null, "new": .string(state)]
    }
    return .map(changes)
  }

  private static func wantedSelections(
    _ arguments: Arguments, _ context: FunctionContext
  ) async throws -> OrderedDictionary<String, String> {
    var wanted: OrderedDictionary<String, String> = [:]
    if let path = arguments.optionalString("path") {
      for fields in try await selectionLines(path, arguments.string("saltenv"), context).map({ $0.fields() })
      where fields.count == 2 {
        wanted[fields[0]] = fields[1]
      }
    }
    for (state, names) in arguments.map("selection") {
      for name in names.listValue ?? [names] { wanted[name.description] = state.description }
    }
    let bad = Set(wanted.values).subtracting(selectionStates).sorted()
    guard bad.isEmpty else {
      throw FunctionError(.badArguments, "Invalid state(s): \(bad.joined(separator: ", "))")
    }
    if let name = wanted.keys.first(where: { !PackageName.isDebian($0) }) { throw PackageName.refusal(name) }
    return wanted
  }

  private static func selectionLines(
    _ path: String, _ environment: String, _ context: FunctionContext
  ) async throws -> [String] {
    guard path.hasPrefix("salt://") else {
      guard PackageName.isPath(path) else {
        throw FunctionError(.badArguments, "'\(path.shownOnOneLine)' is neither salt:// nor an absolute path.")
      }
      return try context.files.readText(path).splitLines()
    }
    let local = try await SaltURL(path, environment: environment).localPath(MasterlessContext.prepare(context).source)
    return try context.files.readText(local).splitLines()
  }
}
