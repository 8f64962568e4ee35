import Functions
import HostSystem
import OrderedCollections
import Value

/// One `archive.extracted`.
struct ArchiveExtraction {
  let context: StateContext
  let arguments: Arguments
  let request: ArchiveRequest
  var changes: ValueMap = [:]
  var warnings: [String] = []
  /// Paths of the archive that are there and have another kind.
  private var wrong: [String] = []
  private var isMissing = false
  var files: HostFiles { context.functions.files }
  private var isTest: Bool { context.isTest }

  init(_ arguments: Arguments, _ context: StateContext) async throws {
    self.arguments = arguments
    self.context = context
    request = try await ArchiveRequest(arguments, context)
    if arguments.bool("source_hash_update"), request.hash == nil {
      warnings.append(
        "The 'source_hash_update' argument is ignored when 'source_hash' is not also specified.")
    }
  }

  mutating func run() async throws -> StateResult {
    let result = try await perform()
    if !isTest { try request.release(files) }
    return result
  }

  private mutating func perform() async throws -> StateResult {
    if let path = arguments.optionalString("if_missing"), files.exists(path) {
      return result(true, "Path \(path) exists")
    }
    let memory = ArchiveMemory(context.functions)
    let known = memory.digest(of: request.source)
    if arguments.bool("skip_files_list_verify"), let hash = request.hash, known == hash.digits {
      return result(
        isTest ? nil : true,
        "Archive \(request.source) existing source sum is the same as the expected one and skip_files_list_verify "
          + "argument was set to True. Extraction is not needed")
    }
    guard try await request.fetch(isTest: isTest) else {
      return result(
        nil,
        "Archive \(request.source) would be cached (if necessary) and checked to discover if extraction is needed")
    }
    try await request.verify(context)
    let members = try await request.members(context.functions)
    let listing = request.listing(members)
    if arguments.bool("enforce_toplevel"), listing.topDirectories.count > 1 || !listing.topFiles.isEmpty {
      return result(
        false,
        "Archive does not have a single top-level directory. To allow this archive to be extracted, set "
          + "'enforce_toplevel' to False. To avoid a '\(request.format.rawValue)-bomb' it may also be advisable to set a "
          + "top-level directory by adding it to the 'name' value (for example, setting 'name' to \(request.name)some_dir "
          + "instead of \(request.name)).")
    }
    if arguments.bool("clean"), arguments.bool("clean_parent") {
      return result(false, "Only one of 'clean' and 'clean_parent' can be set to True")
    }
    // Without the bits that strip the names the check would look at other paths than those that are written.
    try ArchiveSafety.check(members, into: request.path, files)
    compare(listing)
    if !wrong.isEmpty, let end = try removeWrong() { return end }
    let isOther = arguments.bool("source_hash_update") && known != nil && known != request.hash?.digits
    let isNeeded = arguments.bool("overwrite") || isMissing || !wrong.isEmpty || isOther
    let reason =
      isOther && !isMissing
      ? ", due to source_hash update" : isMissing ? ", due to absence of one or more files/dirs" : ""
    guard isNeeded else {
      // The next archive is compared with this one, though it was not this state that extracted it.
      if arguments.bool("source_hash_update"), known == nil, !isTest, let hash = request.hash {
        try memory.set(hash.digits, of: request.source)
      }
      return try await finish(listing, "All files in archive are already present")
    }
    if isTest {
      let cleaning = arguments.bool("clean") ? ", after cleaning destination path(s)" : ""
      return result(
        nil, "Archive \(request.source) would be extracted to \(request.name)\(cleaning)\(reason)")
    }
    return try await extract(members, listing, reason, memory)
  }

  // MARK: What is there

  private mutating func compare(_ listing: ArchiveListing) {
    let groups: [([String], (FileStatus.Kind) -> Bool)] = [
      (listing.directories, { $0 == .dir }), (listing.files, { $0 != .dir && $0 != .link }),
      (listing.links, { $0 == .link }),
    ]
    for (paths, isRight) in groups {
      for path in paths {
        let place = request.place(path)
        guard let status = files.status(place, followingLinks: false) else {
          isMissing = true
          continue
        }
        if !isRight(status.kind) { wrong.append(path) }
      }
    }
  }

  private mutating func removeWrong() throws -> StateResult? {
    let list = "\n\n" + wrong.map { "- \($0)" }.joined(separator: "\n")
    let comment =
      "The below paths (relative to \(request.name)) exist, but are the incorrect type (file instead of directory, "
      + "symlink instead of file, etc.)."
    if isTest, arguments.bool("clean") {
      return result(
        nil,
        "\(comment) Since the 'clean' option is enabled, the destination paths would be cleared and the archive would be "
          + "extracted.\(list)")
    }
    if isTest, arguments.bool("clean_parent") {
      return result(
        nil,
        "\(comment) Since the 'clean_parent' option is enabled, the destination parent directory would be removed first "
          + "and then re-created and the archive would be extracted")
    }
    guard !arguments.bool("clean") else { return nil }
    guard arguments.bool("force") else {
      return result(
        false,
        "\(comment) To proceed with extraction, set 'force' to True. Note that this will remove these paths before "
          + "extracting.\(list)")
    }
    guard !isTest else { return nil }
    try remove(wrong)
    return nil
  }

  private mutating func remove(_ paths: [String]) throws {
    for path in paths {
      let place = request.place(path)
      guard files.status(place, followingLinks: false) != nil else { continue }
      try files.removeAll(AbsolutePath.removable(place, "name"))
      changes["removed"] = .list((changes["removed"]?.listValue ?? []) + [.string(request.name + path)])
    }
  }

  // MARK: Extraction

  private mutating func extract(
    _ members: [ArchiveMember], _ listing: ArchiveListing, _ reason: String, _ memory: ArchiveMemory
  ) async throws -> StateResult {
    if arguments.bool("clean_parent"), files.exists(request.path) {
      try files.removeAll(AbsolutePath.removable(request.path, "name"))
      changes["removed"] = .string("Directory \(request.name) was removed prior to the extraction")
    }
    if arguments.bool("clean") { try remove(listing.topDirectories + listing.topFiles) }
    let isNew = !files.isDirectory(request.path)
    if isNew {
      try DirectoryMaker(context.functions, uid: request.uid, gid: nil, mode: nil).make(request.path)
    }
    let names: [String]
    do { names = try await request.extract(members, context.functions) } catch let refusal as StateRefusal {
      if isNew { try? files.removeEmptyDirectory(request.path) }
      throw StateRefusal(refusal.comment, changes: changes)
    }
    guard !names.isEmpty else { return result(false, "No files were extracted from \(request.source)") }
    if arguments.bool("source_hash_update"), let hash = request.hash {
      try memory.set(hash.digits, of: request.source)
    }
    if isNew { changes["directories_created"] = [.string(request.name)] }
    changes["extracted_files"] = .strings(names)
    let trimmed = request.limit.map { ". Output was trimmed to \($0) number of lines" } ?? ""
    return try await finish(listing, "\(request.source) extracted to \(request.name)\(reason)\(trimmed)")
  }

  private mutating func finish(_ listing: ArchiveListing, _ comment: String) async throws -> StateResult {
    var comment = comment
    var isRight: Bool? = true
    let ownership = ArchiveOwnership(request, context)
    if ownership.isWanted {
      let outcome = try ownership.enforce(listing)
      if outcome.hasChanged {
        changes["updated ownership"] = true
        if isTest {
          isRight = nil
          comment += ". Ownership would be updated on one or more files/directories."
        }
      }
      for (words, paths) in [
        ("the following paths were missing", outcome.missing),
        ("Brine was unable to change ownership on the following paths", outcome.failed),
      ] where !paths.isEmpty {
        if words.hasPrefix("Brine") || !arguments.isGiven("if_missing") { isRight = false }
        comment += "\n\nWhile trying to enforce user/group ownership, \(words):\n"
        comment += paths.map { "\n- \($0)" }.joined()
      }
    }
    return result(isRight, comment)
  }

  private func result(_ value: Bool?, _ comment: String) -> StateResult {
    StateResult(value, comment, changes: changes, warnings: warnings)
  }
}
