import Functions
import HostSystem
import OrderedCollections
import Targeting
import Value

/// One `mount.mounted`.
struct MountedState {
  /// What a bind mount takes over from its source, unless `bind_mount_copy_active_opts` says no.
  private static let restrictions: Set<String> = ["nosuid", "nodev", "noexec", "noatime", "nodiratime"]

  private let context: StateContext
  private let arguments: Arguments
  private let name: String
  /// The mount point without links.
  private let place: String
  private let device: String
  private let type: String
  private let options: [String]
  private let isMounting: Bool
  private var result = StateResult(true, "")
  private var isMemoryOld = false
  private var files: HostFiles { context.functions.files }

  init(_ arguments: Arguments, _ context: StateContext) throws {
    self.arguments = arguments
    self.context = context
    for word in ["name", "device", "fstype"] where arguments.string(word).isEmpty {
      throw StateRefusal("Must provide \(word) to mount.mounted")
    }
    var name = try AbsolutePath.argument("name", of: arguments)
    while name.count > 1, name.hasSuffix("/") { name.removeLast() }
    self.name = name
    place = Self.real(name, context.functions.files)
    device = OctalEscape.decode(arguments.string("device").replacing("\\ ", with: " "))
    type = arguments.string("fstype")
    options = MountFunctions.options(arguments["opts"])
    isMounting = arguments.bool("mount")
  }

  mutating func run() async throws -> StateResult {
    // A label that nothing has is refused before anything else is looked at, as in Salt.
    if device.uppercased().hasPrefix("LABEL=") {
      _ = try await MountDevice(context: context.functions, text: device).resolved()
    }
    if isMounting, let mount = ActiveMounts(files)[place] {
      if let end = try await adjust(mount) { return end }
      if let end = try await replaceDevice(of: mount) { return end }
    }
    if ActiveMounts(files)[place] == nil, let end = try await mount() { return end }
    if isMemoryOld, !context.isTest {
      try MountMemory(context.functions).set(place, device: device, type: type, options: options)
    }
    if arguments.bool("persist") { try persist() }
    return result
  }

  // MARK: What is mounted already

  /// Mounts again where options are missing or too many.
  private mutating func adjust(_ mount: ActiveMount) async throws -> StateResult? {
    let comparison = MountOptions(arguments, type: type)
    var wanted = options
    if options.contains("bind"), arguments.bool("bind_mount_copy_active_opts"), let source {
      wanted += source.options.filter { Self.restrictions.contains($0) && !wanted.contains($0) }
    }
    var missing = comparison.missing(wanted, in: mount, ids: try await ids(wanted))
    let known = MountMemory(context.functions).options(of: place)
    isMemoryOld = known != options
    if missing.isEmpty, let known {
      missing = known.filter { !options.contains($0) }
    }
    guard !missing.isEmpty else { return nil }
    let reason = "options (\(missing.joined(separator: ","))) changed"
    if context.isTest { return StateResult(nil, "Remount would be forced because \(reason)") }
    isMemoryOld = true
    return try await remount(wanted, reason)
  }

  private mutating func remount(_ options: [String], _ reason: String) async throws -> StateResult? {
    let program = try await MountProgram(context.functions, user: arguments.optionalString("user"))
    let isWhole = ["nfs", "cvfs"].contains(type) || type.hasPrefix("fuse")
    guard isWhole else {
      result.changes["umount"] = .string("Forced remount because \(reason)")
      let problem = try await program.mount(place, device: device, type: type, options: options + ["remount"])
      return failed(problem)
    }
    result.changes["umount"] = .string("Forced unmount and mount because \(reason)")
    if let first = try await program.unmount(place) {
      result.changes["umount"] = .string(
        "Forced a lazy unmount and mount because the previous unmount failed and because the \(reason)")
      if try await program.unmount(place, isLazy: true) != nil {
        return StateResult(false, "Unable to unmount \(place): \(first).", changes: result.changes)
      }
    }
    return failed(try await program.mount(place, device: device, type: type, options: options))
  }

  /// Unmounts what is mounted from another device.
  private mutating func replaceDevice(of mount: ActiveMount) async throws -> StateResult? {
    let wanted = MountDevice(context: context.functions, text: device)
    let names = wanted.names(of: mount)
    let resolved = try await wanted.resolved()
    if isSame(mount, resolved, names) {
      result.comment = "Target was already mounted"
      return nil
    }
    for pattern in arguments.strings("device_name_regex") {
      let expression = try RegularExpression(pattern)
      guard let match = try names.first(where: { try expression.firstMatch(in: $0, anchored: true) != nil }) else {
        continue
      }
      result.comment = "An umount will not be forced because device matched device_name_regex: \(match)"
      return nil
    }
    if context.isTest {
      result.result = nil
      result.comment =
        "An umount would have been forced because devices do not match.  Watched: \(device)"
      return nil
    }
    let known = resolved == device ? "" : " (\(resolved))"
    result.changes["umount"] = .string(
      "Forced unmount because devices don't match. Wanted: \(device)\(known), current: \(names.joined(separator: ", "))"
    )
    let program = try await MountProgram(context.functions, user: arguments.optionalString("user"))
    let problem = try await program.unmount(place)
    guard ActiveMounts(files)[place] == nil else {
      return StateResult(
        false, "Unable to unmount" + (problem.map { ": \($0)" } ?? ""), changes: result.changes)
    }
    isMemoryOld = true
    return nil
  }

  private func isSame(_ mount: ActiveMount, _ resolved: String, _ names: [String]) -> Bool {
    guard options.contains("bind") || options.contains("rbind"), let source else { return names.contains(resolved) }
    // Of a bind mount the kernel tells the device of its source, and the directory below that device's root.
    let path = Self.real(device, files)
    let below = source.path == "/" ? path : String(path.dropFirst(source.path.count))
    let root = PathText.normalized((source.root == "/" ? "" : source.root) + below)
    let isRoot = mount.root == root || mount.root == "/" && root == "."
    return mount.major == source.major && mount.minor == source.minor && isRoot
  }

  /// The mount that the source of a bind mount lies on.
  private var source: ActiveMount? {
    device.hasPrefix("/") ? ActiveMounts(files).mount(holding: Self.real(device, files)) : nil
  }

  private func ids(_ options: [String]) async throws -> [String: String] {
    var ids: [String: String] = [:]
    let owner = try FileOwner(context.functions)
    for option in options {
      let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, UInt32(parts[1]) == nil else { continue }
      if parts[0] == "uid" {
        ids[option] = (try? await owner.uid(.string(parts[1]))).flatMap { $0 }.map { "uid=\($0)" }
      }
      if parts[0] == "gid" {
        ids[option] = (try? await owner.gid(.string(parts[1]))).flatMap { $0 }.map { "gid=\($0)" }
      }
    }
    return ids
  }

  // MARK: What is not mounted

  private mutating func mount() async throws -> StateResult? {
    let isThere = files.exists(name)
    let makesPlace = arguments.bool("mkmnt")
    guard isMounting else {
      try await note(isThere: isThere, makesPlace: makesPlace)
      return nil
    }
    if context.isTest {
      if isThere { return StateResult(nil, "\(name) would be mounted", changes: result.changes) }
      return StateResult(
        nil, makesPlace ? "\(name) would be created and mounted" : "\(name) does not exist and would not be created")
    }
    guard isThere || makesPlace else {
      return StateResult(false, "Mount directory is not present", changes: result.changes)
    }
    let program = try await MountProgram(context.functions, user: arguments.optionalString("user"))
    if !isThere { try program.makePlace(name) }
    isMemoryOld = true
    let problem = try await program.mount(name, device: device, type: type, options: options)
    if let problem { return StateResult(false, problem, changes: result.changes) }
    if ActiveMounts(files)[Self.real(name, files)] != nil {
      result.comment = "Target was successfully mounted"
      result.changes["mount"] = true
    }
    return nil
  }

  /// With `mount: False` only the directory is looked after.
  private mutating func note(isThere: Bool, makesPlace: Bool) async throws {
    switch (isThere, context.isTest) {
    case (true, true): result.comment = "\(name) would not be mounted"
    case (true, false): result.comment = "\(name) not mounted"
    case (false, true):
      result.result = nil
      result.comment =
        makesPlace
        ? "\(name) would be created, but not mounted"
        : "\(name) does not exist and would neither be created nor mounted"
    case (false, false) where makesPlace:
      try await MountProgram(context.functions, user: arguments.optionalString("user")).makePlace(name)
      result.comment = "\(name) was created, not mounted"
    default: result.comment = "\(name) not present and not mounted"
    }
  }

  // MARK: fstab

  private mutating func persist() throws {
    let fstab = try Fstab(arguments.string("config"), context.functions)
    guard fstab.exists else {
      result.result = false
      result.comment += ". However, the fstab was not found."
      return
    }
    let entry = FstabEntry(
      device: device, name: name, type: type, options: options, dump: arguments.string("dump"),
      pass: arguments.string("pass_num"))
    let outcome = try fstab.set(entry, matchOn: arguments["match_on"])
    let isThere = ". Entry already exists in the fstab."
    guard context.isTest else {
      if outcome == .present { result.comment += isThere }
      result.note(outcome)
      return
    }
    guard outcome != .present else {
      result.comment += isThere
      return
    }
    result.result = nil
    let need = "needs to be written to the fstab in order to be made persistent."
    let words =
      switch (outcome, isMounting) {
      case (.new, true): "\(name) is mounted, but \(need)"
      case (.new, false): "\(name) \(need)"
      case (_, true): "\(name) is mounted, but its fstab entry must be updated."
      case (_, false): "The \(name) fstab entry must be updated."
      }
    result.comment = "\(result.comment). \(words)"
  }

  private func failed(_ problem: String?) -> StateResult? {
    problem.map { StateResult(false, $0, changes: result.changes) }
  }

  /// The path without links, also where its end is not there yet.
  static func real(_ path: String, _ files: HostFiles) -> String {
    if let real = files.realPath(path) { return real }
    guard path != "/", path.hasPrefix("/") else { return path }
    return PathText.child(PathText.basename(path), of: real(PathText.dirname(path), files))
  }
}
