import Functions
import HostSystem
import Value

extension FileStates {
  static let cached = StateFunction.file(
    "file.cached", "A source is on this host.",
    details: """
      A file of the file server is fetched; a path of the host has to be there, with `source_hash` also to have that \
      digest. http, https and ftp are refused.

      Example:

          salt://app/app.tar.gz:
            file.cached: []
      """,
    parameters: [
      .required("name", .string, "`salt://…` or a path of the host."), sourceHash, sourceHashName,
      .optional("skip_verify", .bool, default: false, "Do not compare with `source_hash`."),
      .optional("saltenv", .string, default: "base", "The environment of the source."), more,
    ]
  ) { arguments, context in
    let source = arguments.string("name")
    var context = context
    context.environment = arguments.optionalString("saltenv") ?? "base"
    let finder = SourceFinder(context: context)
    let reference = SourceReference(source)
    var wanted: SourceHash?
    if arguments.isGiven("source_hash"), arguments["source_hash"] != "", !arguments.bool("skip_verify") {
      wanted = try await SourceHash.parse(
        arguments.string("source_hash"), name: arguments.optionalString("source_hash_name"), file: "", source: source,
        finder)
    }
    if context.isTest {
      return StateResult(nil, "No hash found. File will be cached: \(source)")
    }
    if case .local(let path) = reference {
      guard path.hasPrefix("/"), context.functions.files.exists(path) else {
        throw StateRefusal("File \(path) is not present on the minion")
      }
      guard let wanted else { return StateResult(true, "File \(path) is present on the minion") }
      let found = try await wanted.kind.digest(of: path, context.functions)
      guard found == wanted.digits else {
        throw StateRefusal(
          "File \(path) is present on the minion, but the hash (\(found)) does not match the specified hash "
            + "(\(wanted.digits))")
      }
      return StateResult(true, "File \(path) is present on the minion and has hash \(found)")
    }
    let path = try await finder.path(of: source)
    guard let wanted else { return StateResult(true, "File is cached to \(path)") }
    let found = try await wanted.kind.digest(of: path, context.functions)
    guard found == wanted.digits else {
      throw StateRefusal(
        "File is cached to \(path), but the hash (\(found)) does not match the specified hash (\(wanted.digits))")
    }
    return StateResult(true, "File is already cached to \(path) with hash \(found)")
  }

  static let notCached = StateFunction.file(
    "file.not_cached", "A source is not kept on this host.",
    details:
      "Files of the host's own roots are no copies, and stay.\n\nExample:\n\n    salt://app/app.tar.gz:\n      file.not_cached: []",
    parameters: [
      .required("name", .string, "`salt://…` or a path of the host."),
      .optional("saltenv", .string, default: "base", "The environment of the source."),
    ]
  ) { arguments, _ in
    let source = arguments.string("name")
    if case .local(let path) = SourceReference(source) {
      return StateResult(true, "File \(path) is a local path, no action taken")
    }
    return StateResult(true, "\(source) is not cached")
  }
}
