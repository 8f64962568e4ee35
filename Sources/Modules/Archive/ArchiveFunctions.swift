public import Functions
import HostSystem
import OrderedCollections
import States
import Value

/// `archive.*`: tar and zip archives, compressed files.
public enum ArchiveFunctions {
  public static let all: [Function] = [list, isEncrypted, tar, unzip, cmdUnzip, zip, cmdZip, gzip, gunzip]

  static let runas = Parameter.optional("runas", .string, "The user that runs it.")
  static let template = Parameter.optional(
    "template", .string, "Refused: render the names before, in the state or command.")
  static let cwd = Parameter.optional("cwd", .string, "The directory that it is run in.")

  private static let list = function(
    "list", "What an archive holds.",
    details: """
      A sorted list of paths; with `verbose` a map with `dirs`, `files`, `links` and those of them at the top. Nothing is \
      extracted.

      Example: `brine run web1 archive.list salt://app.tar.gz verbose=True`
      """,
    effect: .inspect,
    parameters: [
      .required("name", .string, "The archive: `salt://…` or a path of the host."),
      .optional("archive_format", .string, "tar or zip; by the name when it is not given."),
      .optional("options", .string, "For tar: the program that decompresses it, where tar knows none."),
      .optional("strip_components", .int, "Names to take off the front of each path."),
      .optional("clean", .bool, default: false, "Taken for compatibility: no copy is left."),
      .optional("verbose", .bool, default: false, "By kind."),
      .optional("saltenv", .string, default: "base", "The environment of the archive."),
      .optional("source_hash", .any, "The hash that it has to have."),
      .optional("use_etag", .bool, default: false, "Taken for compatibility: it is about http."),
    ]
  ) { arguments, context in
    let (path, state) = try await source(arguments, context)
    let count = arguments.int("strip_components") ?? 0
    guard arguments["strip_components"].isNull || count > 0 else {
      throw FunctionError(.badArguments, "'strip_components' must be a positive integer")
    }
    let name = arguments.string("name")
    let word = arguments.optionalString("archive_format")
    let format = word.map { ArchiveFormat(rawValue: $0.lowercased()) } ?? ArchiveFormat(name: name)
    guard let format, format != .rar else {
      throw FunctionError(
        .badArguments,
        word.map { "Unsupported archive format '\($0)'" }
          ?? "Unable to guess archive format, please pass an 'archive_format' argument.")
    }
    let members = try await ArchiveContents(format, state.functions).members(
      of: path, decompressor: arguments.optionalString("options"), words: [], stripping: count)
    var listing = ArchiveListing(members)
    if format == .zip { listing = listing.withParents() }
    guard !arguments.bool("verbose") else { return listing.value }
    return .strings((listing.directories + listing.files + listing.links).sorted())
  }

  private static let isEncrypted = function(
    "is_encrypted", "Tells whether a zip archive needs a password.",
    details: "Returns True or False. Example: `brine run web1 archive.is_encrypted /srv/x.zip`", effect: .inspect,
    parameters: [
      .required("name", .string, "The archive: `salt://…` or a path of the host."),
      .optional("clean", .bool, default: false, "Taken for compatibility: no copy is left."),
      .optional("saltenv", .string, default: "base", "The environment of the archive."),
      .optional("source_hash", .any, "The hash that it has to have."),
      .optional("use_etag", .bool, default: false, "Taken for compatibility: it is about http."),
    ]
  ) { arguments, context in
    let (path, state) = try await source(arguments, context)
    return .bool(try ZipProgram(state.functions).isEncrypted(path))
  }

  /// The archive on this host, with its hash verified.
  private static func source(
    _ arguments: Arguments, _ context: FunctionContext
  ) async throws -> (path: String, context: StateContext) {
    let state = StateContext(
      functions: MasterlessContext.withFiles(context), environment: arguments.string("saltenv"))
    let finder = SourceFinder(context: state)
    let name = arguments.string("name")
    let path = try await finder.path(of: name)
    if let text = arguments.optionalString("source_hash"), !text.isEmpty {
      let hash = try await SourceHash.parse(text, name: nil, file: "", source: name, finder)
      try await hash.require(path, subject: name, isHinting: false, state)
    }
    return (path, state)
  }

  /// A function whose refusals are errors.
  static func function(
    _ name: String, _ summary: String, details: String, effect: FunctionEffect, parameters: [Parameter],
    body: @escaping Function.Body
  ) -> Function {
    Function.guarded("archive.\(name)", summary, details: details, effect: effect, parameters: parameters) {
      arguments, context in
      do {
        if parameters.contains(where: { $0.name == "template" }), arguments.isGiven("template") {
          throw StateRefusal("'template' is not supported: give the names as they are")
        }
        return try await body(arguments, context)
      } catch let refusal as StateRefusal {
        throw FunctionError(.failed, "archive.\(name): \(refusal.comment)")
      }
    }
  }
}
