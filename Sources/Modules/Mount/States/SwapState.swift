import Functions
import HostSystem
import OrderedCollections
import Value

/// One `mount.swap`.
struct SwapState {
  private let context: StateContext
  private let name: String
  private let isPersistent: Bool
  private let configuration: String

  init(_ arguments: Arguments, _ context: StateContext) throws {
    self.context = context
    name = try AbsolutePath.argument("name", of: arguments)
    isPersistent = arguments.bool("persist")
    configuration = arguments.string("config")
  }

  func run() async throws -> StateResult {
    var result = StateResult(true, "Swap \(name) already active")
    let isActive = area != nil
    if !isActive, context.isTest {
      result = StateResult(nil, "Swap \(name) is set to be activated")
    } else if !isActive {
      do { _ = try await MountFunctions.swapOn.call(["name": .string(device)], context.functions) } catch {
        return StateResult(false, "Swap \(name) failed to activate: \(error)")
      }
      guard let area else { return StateResult(false, "Swap \(name) failed to activate") }
      result = StateResult(true, "Swap \(name) activated", changes: area.value.mapValue ?? [:])
    }
    if isPersistent { try persist(isActive, &result) }
    return result
  }

  private func persist(_ isActive: Bool, _ result: inout StateResult) throws {
    let fstab = try Fstab(configuration, context.functions)
    guard fstab.exists else {
      result.result = false
      result.comment += ". However, the fstab was not found."
      return
    }
    if context.isTest {
      let isThere = try fstab.read().entries.contains { $0.name == name || $0.device == name }
      guard !isThere else { return }
      result.result = nil
      result.comment =
        isActive
        ? "Swap \(name) is set to be added to the fstab"
        : "Swap \(name) is set to be added to the fstab and to be activated"
      return
    }
    let entry = FstabEntry(device: name, name: "none", type: "swap", options: ["defaults"])
    result.note(try fstab.set(entry, matchOn: "auto"))
  }

  private var area: SwapArea? { SwapArea.all(context.functions.files).first { $0.path == device } }

  /// The kernel's list has no links.
  private var device: String { context.functions.files.realPath(name) ?? name }
}
