import Functions
import HostSystem
import OrderedCollections
import Value

/// One `mount.fstab_present` or `mount.fstab_absent`.
struct FstabState {
  private let context: StateContext
  private let device: String
  private let place: String
  private let fstab: Fstab
  private let mountBy: String?

  init(_ arguments: Arguments, _ context: StateContext) throws {
    self.context = context
    device = arguments.string("name")
    var place = arguments.string("fs_file")
    while place.count > 1, place.hasSuffix("/") { place.removeLast() }
    self.place = place
    fstab = try Fstab(arguments.string("config"), context.functions)
    mountBy = arguments.optionalString("mount_by")
  }

  func present(_ arguments: Arguments) async throws -> StateResult {
    guard let specification = try await specification() else {
      return StateResult(false, "Device \(device) cannot be converted to \(mountBy ?? "")")
    }
    let entry = FstabEntry(
      device: specification, name: place, type: arguments.string("fs_vfstype"),
      options: MountFunctions.options(arguments["fs_mntops"]), dump: arguments.string("fs_freq"),
      pass: arguments.string("fs_passno"))
    let outcome: FstabFile.Outcome
    do {
      outcome = try fstab.set(entry, matchOn: arguments["match_on"], isKept: arguments.bool("not_change"))
    } catch let error as FunctionError where error.code == .notFound {
      return StateResult(
        false, "\(place) entry cannot be \(context.isTest ? "created" : "changed") in \(fstab.path): bad config.")
    }
    let isMounting = arguments.bool("mount")
    switch (outcome, context.isTest) {
    case (.present, true): return StateResult(true, "\(place) entry is already in \(fstab.path).")
    case (.present, false): return StateResult(true, "\(place) entry was already in \(fstab.path).")
    case (.change, true): return StateResult(nil, "\(place) entry will be updated in \(fstab.path).")
    case (.change, false):
      return StateResult(true, "\(place) entry updated in \(fstab.path).", changes: ["persist": "change"])
    case (.new, true):
      let words = "\(place) entry will be written in \(fstab.path)."
      return StateResult(nil, isMounting ? "\(words)\nWill mount \(device) on \(place)" : words)
    case (.new, false):
      let result = StateResult(true, "\(place) entry added in \(fstab.path).", changes: ["persist": "new"])
      return isMounting ? try await mounted(result) : result
    }
  }

  private func mounted(_ result: StateResult) async throws -> StateResult {
    var result = result
    let program = try await MountProgram(context.functions, user: nil)
    if let problem = try await program.mount(place, device: nil, type: "", options: []) {
      result.result = false
      // mount(8) puts the mount point and its own name before what is wrong.
      let words = problem.firstIndex(of: ":").map { String(problem[problem.index(after: $0)...]) } ?? " \(problem)"
      result.comment += "\nError while mounting \(words)"
    } else {
      result.comment += "\nMounted \(device) on \(place)"
    }
    return result
  }

  func absent() async throws -> StateResult {
    guard fstab.exists, try fstab.read().entry(at: place) != nil else {
      return StateResult(true, "\(place) entry is already missing in \(fstab.path).")
    }
    if context.isTest { return StateResult(nil, "\(place) entry will be removed from \(fstab.path).") }
    guard let specification = try await specification() else {
      return StateResult(false, "Device \(device) cannot be converted to \(mountBy ?? "")")
    }
    guard try fstab.remove(place, device: OctalEscape.decode(specification)) else {
      return StateResult(
        true, "\(place) entry is of another device than \(specification) in \(fstab.path); it stays.")
    }
    return StateResult(true, "\(place) entry removed from \(fstab.path).", changes: ["persist": "removed"])
  }

  /// The device as `mount_by` wants it; nil where it cannot be told.
  private func specification() async throws -> String? {
    guard let mountBy, !mountBy.isEmpty else { return device }
    let isPath = device.hasPrefix("/")
    if mountBy == "device" ? isPath : device.hasPrefix("\(mountBy.uppercased())=") { return device }
    let named: ValueMap = isPath ? ["device": .string(device)] : ["token": .string(device)]
    let blocks = try await DiskFunctions.blkid.call(named, context.functions).mapValue ?? [:]
    guard blocks.count == 1, let block = blocks.elements.first else { return nil }
    if mountBy == "device" { return block.key.description }
    return block.value[mountBy.uppercased()].map { "\(mountBy.uppercased())=\($0)" }
  }
}
