import Functions
import HostSystem
import OrderedCollections
import Value

/// What an `archive.extracted` asks for, checked.
struct ArchiveRequest: Sendable {
  /// The directory with a slash at its end, as Salt's comments have it.
  let name: String
  /// The directory.
  let path: String
  /// The archive as it was named.
  let source: String
  /// The archive on this host.
  let archive: String
  let format: ArchiveFormat
  let hash: SourceHash?
  let uid: UInt32?
  let gid: UInt32?
  let ownershipPath: String?
  /// How many files the changes list; nil for all.
  let limit: Int?
  /// What has to be fetched first; nil for what the host or its file server has.
  private let remote: RemoteFile?
  private let isLocal: Bool
  private let options: String?
  private let words: [String]
  private let decompressor: String?
  private let showsLines: Bool
  private let keepsPermissions: Bool
  private let isVerifying: Bool
  private let keepsCopy: Bool

  /// - Throws: `StateRefusal` with Salt's sentences.
  init(_ arguments: Arguments, _ context: StateContext) async throws {
    for word in ["signature", "source_hash_sig"] where arguments.isGiven(word) {
      throw StateRefusal("'\(word)' is not supported: signatures are not verified. Give source_hash instead")
    }
    if arguments.bool("skip_files_list_verify"), arguments.bool("skip_verify") {
      throw StateRefusal("Only one of \"skip_files_list_verify\" and \"skip_verify\" can be set to True")
    }
    let given = arguments.string("name")
    guard given.hasPrefix("/"), !given.utf8.contains(0) else { throw StateRefusal("\(given) is not an absolute path") }
    var path = given
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    name = path == "/" ? path : path + "/"
    let files = context.functions.files
    guard !files.isFile(path) else { throw StateRefusal("\(path) exists and is not a directory") }
    for word in ["if_missing", "enforce_ownership_on"] {
      guard arguments.optionalString(word)?.hasPrefix("/") != false else {
        throw StateRefusal("Value for '\(word)' is not an absolute path")
      }
    }
    ownershipPath = arguments.optionalString("enforce_ownership_on").map(PathText.normalized)
    if let place = ownershipPath, place != path, !place.hasPrefix(name) {
      throw StateRefusal("Value for 'enforce_ownership_on' must be within \(name)")
    }
    (uid, gid) = try await Self.owner(arguments, context)
    let finder = SourceFinder(context: context)
    let chosen = try await Self.choose(arguments, finder)
    switch SourceReference(chosen.source) {
    case .local(let local):
      (isLocal, remote) = (true, nil)
      source = files.realPath(local) ?? local
      guard local.hasPrefix("/"), files.isFile(local) else {
        throw StateRefusal("Source file '\(local)' does not exist")
      }
    case .remote(let address):
      let found = try RemoteFile(address, context.functions)
      (isLocal, remote, source) = (false, found, found.shown)
    case .salt: (isLocal, remote, source) = (false, nil, chosen.source)
    }
    format = try Self.format(arguments, of: chosen.source)
    options = arguments.optionalString("options").flatMap { $0.isEmpty ? nil : $0 }
    if arguments.isGiven("password"), arguments["password"] != "" {
      guard format == .zip else { throw StateRefusal("The 'password' argument is only supported for zip archives") }
      throw StateRefusal(
        "'password' is not supported: unzip would show it on its command line. Extract it where it comes from")
    }
    if format == .zip, options != nil, arguments["use_cmd_unzip"] == false {
      throw StateRefusal(
        "'use_cmd_unzip' cannot be set to False if CLI options are being specified (via the 'options' argument). Either "
          + "remove 'use_cmd_unzip', or set it to True.")
    }
    guard format != .rar else {
      throw StateRefusal("archive.unrar function not available, rar/unrar might not be installed on minion")
    }
    words = try format == .tar ? TarProgram.words(options) : options.map(ShellWords.split) ?? []
    decompressor = arguments.optionalString("list_options")
    showsLines = arguments.bool("use_cmd_unzip") || options != nil
    keepsPermissions = arguments.bool("extract_perms")
    limit = try Self.limit(arguments["trim_output"])
    isVerifying = !arguments.bool("skip_verify")
    keepsCopy = arguments.bool("keep_source") && arguments.bool("keep")
    if chosen.hash.isNull || chosen.hash == "" {
      hash = nil
    } else {
      hash = try await SourceHash.parse(
        chosen.hash.description, name: arguments.optionalString("source_hash_name"), file: "", source: chosen.source,
        finder)
    }
    if let remote {
      archive = remote.path
      guard hash != nil || !isVerifying else {
        throw StateRefusal(
          "Unable to verify upstream hash of source file \(remote.shown), please set source_hash or set skip_verify to "
            + "True")
      }
    } else {
      archive = try await finder.path(of: chosen.source)
    }
  }

  /// Has the archive on this host.
  ///
  /// - Returns: false where it would have to be fetched and nothing may be changed.
  func fetch(isTest: Bool) async throws -> Bool {
    guard let remote else { return true }
    let wanted = isVerifying ? hash : nil
    if isTest { return try await remote.isCached(wanted) }
    try await remote.fetch(wanted)
    return true
  }

  /// Removes a copy that was fetched, where it is not to be kept.
  func release(_ files: HostFiles) throws {
    if let remote, !keepsCopy { try files.remove(remote.path) }
  }

  /// Where a path of the archive lies.
  func place(_ entry: String) -> String {
    var entry = entry[...]
    while entry.last == "/" { entry.removeLast() }
    return PathText.normalized(name + entry)
  }

  /// - Throws: `StateRefusal` where the archive has another hash.
  func verify(_ context: StateContext) async throws {
    guard isVerifying, let hash else { return }
    let found = try await hash.kind.digest(of: archive, context.functions)
    guard found != hash.digits else { return }
    throw StateRefusal(
      isLocal
        ? "\(source) does not match the desired source_hash \(hash.digits)"
        : "File is cached to \(archive), but the hash (\(found)) does not match the specified hash (\(hash.digits))")
  }

  func members(_ context: FunctionContext) async throws -> [ArchiveMember] {
    if format == .zip, (try? ZipProgram(context).isEncrypted(archive)) == true {
      throw StateRefusal(
        "Archive \(source) is password-protected, which is not supported: unzip takes passwords on its command line "
          + "only")
    }
    return try await ArchiveContents(format, context).members(
      of: archive, decompressor: decompressor, words: words, stripping: TarProgram.stripped(words))
  }

  func listing(_ members: [ArchiveMember]) -> ArchiveListing {
    let listing = ArchiveListing(members)
    return format == .zip ? listing.withParents() : listing
  }

  /// - Returns: what the changes list.
  func extract(_ members: [ArchiveMember], _ context: FunctionContext) async throws -> [String] {
    var names = members.map(\.path)
    if format == .zip {
      let lines = try await ZipProgram(context).extract(archive, into: path, words: words)
      if !keepsPermissions { try ArchivePermissions.reset(members, in: path, context.files) }
      if showsLines { names = lines } else { names = ArchiveFunctions.names(members) }
      return limit.map { ArchiveFunctions.trimmed(names, .integer($0)) } ?? names
    }
    let lines = try await TarProgram(context: context).extract(
      archive, into: path, words: words, decompressor: decompressor)
    // With options it is for the caller to say so.
    if options == nil { try ArchivePermissions.withoutPrivileges(members, in: path, context.files) }
    if options != nil { names = lines }
    return limit.map { Array(names.prefix($0)) } ?? names
  }

  // MARK: Arguments

  /// The first of several sources that is there; one on another machine counts as there.
  private static func choose(
    _ arguments: Arguments, _ finder: SourceFinder
  ) async throws -> (source: String, hash: Value) {
    if let first = arguments["source"].listValue?.first {
      let name = first.mapValue?.keys.first?.description ?? first.description
      if case .remote = SourceReference(name) {
        return (name, first.mapValue?.values.first ?? arguments["source_hash"])
      }
    }
    do { return try await finder.choose(arguments["source"], hash: arguments["source_hash"]) } catch is StateRefusal {
      throw StateRefusal("Invalid source \"\(PythonText.str(arguments["source"]))\"")
    }
  }

  private static func owner(
    _ arguments: Arguments, _ context: StateContext
  ) async throws -> (uid: UInt32?, gid: UInt32?) {
    let owner = try FileOwner(context.functions)
    var (uid, gid): (UInt32?, UInt32?) = (nil, nil)
    do { uid = try await owner.uid(arguments["user"]) } catch is FunctionError {
      throw StateRefusal("User \(arguments.string("user")) does not exist")
    }
    do { gid = try await owner.gid(arguments["group"]) } catch is FunctionError {
      throw StateRefusal("Group \(arguments.string("group")) does not exist")
    }
    return (uid, gid)
  }

  private static func format(_ arguments: Arguments, of source: String) throws -> ArchiveFormat {
    guard let word = arguments.optionalString("archive_format"), !word.isEmpty else {
      let name = String(source.prefix { $0 != "?" })
      if let format = ArchiveFormat(name: name) { return format }
      throw StateRefusal(
        "Could not guess archive_format from the value of the 'source' argument. Please set this archive_format to one "
          + "of the following: tar, rar, zip")
    }
    guard let format = ArchiveFormat(rawValue: word.lowercased()) else {
      throw StateRefusal(
        "Invalid archive_format '\(word.lowercased())'. Either set it to a supported value (tar, rar, zip) or remove "
          + "this argument and the archive format will be guessed based on file extension.")
    }
    return format
  }

  private static func limit(_ value: Value) throws -> Int? {
    switch value {
    case .null, .bool(false), .int(0): return nil
    case .bool(true): return 100
    default:
      guard let count = Int(value.description), count > 0 else {
        throw StateRefusal("Invalid value for trim_output, must be True/False or an integer")
      }
      return count
    }
  }
}
