import Functions
import HostSystem
import OrderedCollections
import Value

/// One `mount.unmounted`.
struct UnmountedState {
  private let context: StateContext
  private let arguments: Arguments
  private let name: String

  init(_ arguments: Arguments, _ context: StateContext) throws {
    self.arguments = arguments
    self.context = context
    guard !arguments.string("name").isEmpty else { throw StateRefusal("Must provide name to mount.unmounted") }
    var name = OctalEscape.decode(try AbsolutePath.argument("name", of: arguments))
    while name.count > 1, name.hasSuffix("/") { name.removeLast() }
    self.name = name
  }

  func run() async throws -> StateResult {
    var result = StateResult(true, "Target was already unmounted")
    let device = arguments.optionalString("device")
    if ActiveMounts(context.functions.files)[name] != nil {
      if context.isTest { return StateResult(nil, "Mount point \(name) is mounted but should not be") }
      let program = try await MountProgram(context.functions, user: arguments.optionalString("user"))
      if let problem = try await program.unmount(device ?? name) {
        result = StateResult(false, problem)
      } else {
        result = StateResult(true, "Target was successfully unmounted", changes: ["umount": true])
        try MountMemory(context.functions).remove(name)
      }
    }
    if arguments.bool("persist") { try persist(device, &result) }
    return result
  }

  private func persist(_ device: String?, _ result: inout StateResult) throws {
    let fstab = try Fstab(arguments.string("config"), context.functions)
    guard fstab.exists, let entry = try fstab.read().entry(at: name) else {
      result.comment += ". fstab entry not found"
      return
    }
    if let device, entry.device != OctalEscape.decode(device) {
      result.comment += ". fstab entry for device \(device) not found"
      return
    }
    if context.isTest {
      result.result = nil
      result.comment =
        "Mount point \(name) is unmounted but needs to be purged from \(fstab.path) to be made persistent"
      return
    }
    _ = try fstab.remove(name, device: device.map(OctalEscape.decode))
    result.comment += ". Removed target from fstab"
    result.changes["persist"] = "purged"
  }
}
