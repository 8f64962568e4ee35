import Functions
import HostSystem
import Value

extension FileStates {
  static let cached = StateFunction.file(
    "file.cached", "A source is on this host.",
    details: """
      A file of the file server is fetched; a path of the host has to be there, with `source_hash` also to have that \
      digest. What http, https and ftp give has to have `source_hash`, unless `skip_verify` is given.

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
    if case .remote(let address) = reference {
      let remote = try RemoteFile(address, context.functions)
      return try await cached(remote, wanted, skipsVerification: arguments.bool("skip_verify"), context)
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

  private static func cached(
    _ remote: RemoteFile, _ wanted: SourceHash?, skipsVerification: Bool, _ context: StateContext
  ) async throws -> StateResult {
    guard wanted != nil || skipsVerification else {
      throw StateRefusal(
        "Unable to verify upstream hash of source file \(remote.shown), please set source_hash or set skip_verify or "
          + "use_etag to True")
    }
    if context.isTest {
      guard try await remote.isCached(nil) else { return StateResult(nil, "File will be cached: \(remote.shown)") }
      guard let wanted else { return StateResult(nil, "No hash found. File will be cached: \(remote.shown)") }
      let isSame = try await remote.isCached(wanted)
      return StateResult(
        nil,
        isSame ? "File already cached: \(remote.shown)" : "Hashes don't match.\nFile will be cached: \(remote.shown)")
    }
    let old = try await digest(remote, context)
    if wanted == nil || old == nil || old != wanted?.digits {
      try await remote.fetch(nil, isRefetching: true)
    }
    let new = try await digest(remote, context)
    let changes: ValueMap =
      old == new ? [:] : ["hash": ["old": old.map(Value.string) ?? .null, "new": .string(new ?? "")]]
    guard let wanted else { return StateResult(true, "File is cached to \(remote.path)", changes: changes) }
    let found = try await wanted.kind.digest(of: remote.path, context.functions)
    guard found == wanted.digits else {
      throw StateRefusal(
        "File is cached to \(remote.path), but the hash (\(found)) does not match the specified hash (\(wanted.digits))"
      )
    }
    return StateResult(true, "File is already cached to \(remote.path) with hash \(found)", changes: changes)
  }

  private static func digest(_ remote: RemoteFile, _ context: StateContext) async throws -> String? {
    guard context.functions.files.isFile(remote.path) else { return nil }
    return try await FileDigest.sha256.digest(of: remote.path, context.functions)
  }

  static let notCached = StateFunction.file(
    "file.not_cached", "A source is not kept on this host.",
    details:
      "Files of the host's own roots are no copies, and stay.\n\nExample:\n\n    salt://app/app.tar.gz:\n      file.not_cached: []",
    parameters: [
      .required("name", .string, "`salt://…` or a path of the host."),
      .optional("saltenv", .string, default: "base", "The environment of the source."),
    ]
  ) { arguments, context in
    let source = arguments.string("name")
    if case .remote(let address) = SourceReference(source) {
      let remote = try RemoteFile(address, context.functions)
      guard context.functions.files.isFile(remote.path) else { return StateResult(true, "\(source) is not cached") }
      if context.isTest { return StateResult(nil, "\(remote.path) would be deleted") }
      try context.functions.files.remove(remote.path)
      return StateResult(true, "\(remote.path) was deleted", changes: ["deleted": true])
    }
    if case .local(let path) = SourceReference(source) {
      return StateResult(true, "File \(path) is a local path, no action taken")
    }
    return StateResult(true, "\(source) is not cached")
  }
}
