import Functions
import Glibc
import HostSystem
import OrderedCollections
import Value

/// One `file.managed`: its arguments, from which the wanted file is worked out.
struct ManagedRequest {
  let context: StateContext
  var path: String
  var source = Value.null
  var sourceHash = Value.null
  var sourceHashName: String?
  var user = Value.null
  var group = Value.null
  var mode = Value.null
  var engine: String?
  var makesDirectories = false
  var directoryMode = Value.null
  var templateContext = Value.null
  var defaults = Value.null
  var replaces = true
  var creates = true
  var backup = Value.null
  var showsChanges = true
  var showsNewContent = false
  var contents: GivenContents?
  /// The content as a state of another module has worked it out.
  var givenBytes: [UInt8]?
  var endsLine = true
  var allowsEmpty = true
  var encoding: String?
  var encodingErrors = "strict"
  var followsLinks = true
  var skipsVerification = false
  var check: CheckCommand?
  var ignored = IgnoredDifferences()
  var signatures: SignatureCheck?
  /// Further arguments, which a template sees too.
  var more: ValueMap = [:]

  private var files: HostFiles { context.functions.files }
  private var finder: SourceFinder { SourceFinder(context: context) }

  func run() async throws -> StateResult {
    let keepsMode = mode.stringValue?.lowercased() == "keep"
    try checkCombination(keepsMode)
    let given = try await givenContent()
    if !creates, !files.isFile(path) {
      return StateResult(true, "File \(path) is not present and is not set for creation")
    }
    var file = ManagedFile(context: context, path: path)
    file.permissions = try await FilePermissions(user: user, group: group, mode: keepsMode ? .null : mode, context)
    try StatePath.requireAbsolute(path)
    guard !files.isDirectory(path) else { throw StateRefusal("Specified target \(path) is a directory") }
    for (value, name) in [(templateContext, "Context"), (defaults, "Defaults")] {
      guard value.isNull || value.mapValue != nil || (name == "Defaults" && value == "") else {
        throw StateRefusal("\(name) must be formed as a dict")
      }
    }
    let hasSource = !source.isNull && source != ""
    if try await isFetchedAlready() { return try permissionsOnly(file) }
    if files.exists(path), !replaces || (!hasSource && given == nil) { return try permissionsOnly(file) }
    file.makesDirectories = makesDirectories
    file.directoryMode = try FileMode.parse(directoryMode)
    file.followsLinks = followsLinks
    file.keepsBackup = MinionBackup.isWanted(backup, context.functions)
    file.showsNewContent = showsNewContent
    file.ignored = ignored
    // A pillar holds secrets: what comes from it is not shown.
    file.showsChanges = showsChanges && contents?.origin != .pillar
    file.content = given
    if hasSource {
      file.isFromSource = true
      let chosen = try await choose()
      do {
        file.content = try await content(of: chosen.source, chosen.hash)
        if keepsMode { file.permissions.mode = try await finder.mode(of: chosen.source) }
      } catch let refusal as StateRefusal where !context.isTest {
        throw refusal.prefixed("Unable to manage file: ")
      }
    }
    if context.isTest { return try file.predicted() }
    if let check, try !file.predictedChanges().isEmpty, let failure = try await check.failure(of: file) {
      return failure
    }
    return try file.enforced()
  }

  private func checkCombination(_ keepsMode: Bool) throws {
    if keepsMode, contents != nil {
      throw StateRefusal(
        "Mode preservation cannot be used in combination with 'contents', 'contents_pillar', or 'contents_grains'")
    }
  }

  private func permissionsOnly(_ file: ManagedFile) throws -> StateResult {
    let old = files.status(path, followingLinks: followsLinks)
    let changes = try file.permissions.enforce(path, followingLinks: followsLinks, context.functions)
    guard context.isTest else {
      let comment = changes.isEmpty ? "File \(path) exists with proper permissions. No changes made." : ""
      return StateResult(true, comment, changes: changes)
    }
    var comment = "File \(path) not updated"
    if let mode = file.permissions.mode, let old, mode != old.mode {
      comment = """
        File \(path) will be updated with permissions \(FileMode.text(mode)) from its current state of \
        \(FileMode.text(old.mode))
        """
    }
    return StateResult(changes.isEmpty ? true : nil, comment, changes: changes)
  }

  // MARK: Content

  private func givenContent() async throws -> FileContent? {
    if let givenBytes { return .bytes(givenBytes) }
    guard let contents else { return nil }
    if !allowsEmpty, contents.isEmpty {
      throw StateRefusal(
        "\(contents.label) value would result in empty contents. Set allow_empty to True to allow the managed file to be empty."
      )
    }
    let bytes = try contents.bytes(
      endsLine: endsLine, encoding: engine == nil ? encoding : nil, errors: encodingErrors)
    guard let engine else { return .bytes(bytes) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw StateRefusal(
        "Contents specified by contents/contents_pillar/contents_grains appears to be binary data, and as will not be "
          + "able to be treated as a Jinja template.")
    }
    let rendered = try await finder.render(text, engine: engine, file: path, variables: variables(source: nil))
    return .bytes(try GivenContents.encoded(rendered, encoding, errors: encodingErrors))
  }

  private func choose() async throws -> (source: String, hash: Value) {
    do {
      return try await finder.choose(source, hash: sourceHash)
    } catch let refusal as StateRefusal {
      throw refusal.prefixed("Unable to manage file: ")
    }
  }

  private func content(of source: String, _ hash: Value) async throws -> FileContent {
    let reference = SourceReference(source)
    let sourcePath = try await sourcePath(source, hash)
    try await signatures?.check(source: sourcePath)
    if let engine {
      guard sourcePath != path else { throw StateRefusal("Source file cannot be the same as destination") }
      return .bytes(try await finder.text(of: source, engine: engine, variables: variables(source: source)))
    }
    if case .local = reference, !hash.isNull, hash != "", !skipsVerification {
      let wanted: SourceHash
      do {
        try await signatures?.check(hash: hash.description)
        wanted = try await SourceHash.parse(
          hash.description, name: sourceHashName, file: path, source: source, finder)
      } catch let refusal as StateRefusal {
        throw refusal.prefixed("Unable to manage file: ")
      }
      if files.isFile(path), try await wanted.kind.digest(of: path, context.functions) == wanted.digits {
        return try FileContent(of: path, files)
      }
      let isThere = files.exists(path)
      try await wanted.require(sourcePath, subject: isThere ? source : path, isHinting: isThere, context)
    }
    return try FileContent(of: sourcePath, files)
  }

  /// Whether the file has the hash that one of another machine is to have: then nothing is fetched.
  private func isFetchedAlready() async throws -> Bool {
    guard contents == nil, givenBytes == nil, engine == nil, !skipsVerification, replaces, files.isFile(path),
      case .remote = SourceReference(source.description), !sourceHash.isNull, sourceHash != "",
      let wanted = try? await SourceHash.parse(
        sourceHash.description, name: sourceHashName, file: path, source: source.description, finder)
    else { return false }
    return try await wanted.kind.digest(of: path, context.functions) == wanted.digits
  }

  /// Where the source is on this host. What comes from another machine has its hash, or nobody asks for one.
  private func sourcePath(_ source: String, _ hash: Value) async throws -> String {
    guard case .remote(let address) = SourceReference(source), !skipsVerification else {
      return try await finder.path(of: source)
    }
    let remote = try RemoteFile(address, context.functions)
    guard !hash.isNull, hash != "" else {
      throw StateRefusal(
        "Unable to verify upstream hash of source file \(remote.shown), please set source_hash or set skip_verify to True"
      )
    }
    try await signatures?.check(hash: hash.description)
    let wanted = try await SourceHash.parse(
      hash.description, name: sourceHashName, file: path, source: source, finder)
    if try await !remote.isCached(wanted) { try await remote.fetch(nil, isRefetching: true) }
    // As Salt, which in test mode compares nothing for a file that is not there yet.
    if context.isTest, !files.exists(path) { return remote.path }
    try await wanted.require(
      remote.path, subject: files.exists(path) ? remote.shown : path, isHinting: files.exists(path), context)
    return remote.path
  }

  /// What a template sees beside the usual: the defaults, the context over them, and what accumulators collected.
  private func variables(source: String?) -> ValueMap {
    var variables = more
    if let source {
      variables["name"] = .string(path)
      variables["source"] = .string(source)
      variables["user"] = user
      variables["group"] = group
      variables["mode"] = mode.stringValue?.lowercased() == "keep" ? .null : mode
      variables["attrs"] = variables["attrs"] ?? .null
    }
    for (key, value) in defaults.mapValue ?? [:] { variables[key] = value }
    for (key, value) in templateContext.mapValue ?? [:] { variables[key] = value }
    if let texts = Accumulators(context.memory).texts(for: path) { variables["accumulator"] = .map(texts) }
    return variables
  }
}
