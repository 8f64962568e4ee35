public import Functions
import OrderedCollections
import Value

/// States `lvm.*`.
public enum LvmStates {
  public static let all: [StateFunction] = [
    state("lvm.pv_present", "Has a physical volume.", [options]) { lvm, arguments, context in
      let name = arguments.string("name")
      return try await present(.pv, name, name, "Physical Volume", lvm, context) {
        try await lvm.createPhysical([name], isForced: true, isOverriding: true, arguments.map("kwargs"))
      }
    },
    state("lvm.pv_absent", "Has no such physical volume.", []) { lvm, arguments, context in
      let name = arguments.string("name")
      return try await absent(.pv, name, name, "Physical Volume", "does not exist", lvm, context) {
        try await lvm.changePhysical("pvremove", [name], isForced: true, isOverriding: true)
      }
    },
    state(
      "lvm.vg_present", "Has a volume group with devices.",
      [.optional("devices", .any, "Its devices: a list, or a text with commas."), options]
    ) { lvm, arguments, context in
      let (name, devices) = (arguments.string("name"), LvmTool.devices(arguments["devices"]))
      guard try await lvm.has(.vg, name) else {
        return try await present(.vg, name, name, "Volume Group", lvm, context) {
          try await lvm.createGroup(name, devices, isForced: false, arguments.map("kwargs"))
        }
      }
      return try await extended(name, devices, lvm, context)
    },
    state("lvm.vg_absent", "Has no such volume group.", []) { lvm, arguments, context in
      let name = arguments.string("name")
      return try await absent(.vg, name, name, "Volume Group", "already absent", lvm, context) {
        try await lvm.remove(.vg, name, isForced: true)
      }
    },
    state(
      "lvm.lv_present", "Has a logical volume of a size.",
      [
        .required("vgname", .string, "Its volume group."),
        .optional("resizefs", .bool, default: false, "The file system on it as well."),
      ] + LvmFunctions.creation
    ) { lvm, arguments, context in try await LogicalVolume(lvm, arguments, context).present() },
    state(
      "lvm.lv_absent", "Has no such logical volume.", [.required("vgname", .string, "Its volume group.")]
    ) { lvm, arguments, context in
      let (name, group) = (arguments.string("name"), arguments.string("vgname"))
      return try await absent(.lv, "/dev/\(group)/\(name)", name, "Logical Volume", "already absent", lvm, context) {
        try await lvm.remove(.lv, "\(group)/\(name)", isForced: true)
      }
    },
  ]

  private static let options = Parameter.keywords("kwargs", "Options of the program by name.")

  private static func state(
    _ name: String, _ summary: String, _ parameters: [Parameter],
    _ body: @escaping @Sendable (LvmTool, Arguments, StateContext) async throws -> StateResult
  ) -> StateFunction {
    StateFunction(
      name, summary, details: "Changes are `{created}`, `{removed}` or `{resized}` with what was printed.",
      parameters: [.required("name", .string, "Its name; of a physical volume the device.")] + parameters
    ) { arguments, context in
      do { return try await body(LvmTool(context.functions), arguments, context) } catch {
        return StateResult(failed: error)
      }
    }
  }

  private static func present(
    _ kind: LvmTool.Kind, _ path: String, _ name: String, _ noun: String, _ lvm: LvmTool,
    _ context: StateContext, _ create: () async throws -> Value
  ) async throws -> StateResult {
    if try await lvm.has(kind, path) { return StateResult(true, "\(noun) \(name) already present") }
    if context.isTest { return StateResult(nil, "\(noun) \(name) is set to be created") }
    let output = try await create()
    guard try await lvm.has(kind, path) else {
      // Salt keeps the reason to itself.
      let reason = output.mapValue?["Output from vgcreate"] ?? output
      return StateResult(false, "Failed to create \(noun) \(name)\n\(reason)")
    }
    return StateResult(true, "Created \(noun) \(name)", changes: ["created": output])
  }

  private static func absent(
    _ kind: LvmTool.Kind, _ path: String, _ name: String, _ noun: String, _ words: String, _ lvm: LvmTool,
    _ context: StateContext, _ remove: () async throws -> Value
  ) async throws -> StateResult {
    guard try await lvm.has(kind, path) else { return StateResult(true, "\(noun) \(name) \(words)") }
    if context.isTest { return StateResult(nil, "\(noun) \(name) is set to be removed") }
    let output = try await remove()
    guard try await !lvm.has(kind, path) else {
      return StateResult(false, "Failed to remove \(noun) \(name)\n\(output)")
    }
    return StateResult(true, "Removed \(noun) \(name)", changes: ["removed": output])
  }

  private static func extended(
    _ name: String, _ devices: [String], _ lvm: LvmTool, _ context: StateContext
  ) async throws -> StateResult {
    var result = StateResult(true, "Volume Group \(name) already present")
    func group(of device: String) async throws -> String? {
      let real = context.functions.files.realPath(device) ?? device
      let rows = try await lvm.display(.pv, real)
      return rows.values.first?["Volume Group Name"]?.description
    }
    for device in devices {
      switch try await group(of: device) {
      case name?: result.comment += "\n\(device) is part of Volume Group"
      case ""?, "#orphans_lvm2"?:
        if context.isTest {
          result.result = nil
          result.changes[device] = .string("would be added to \(name)")
          continue
        }
        _ = try await lvm.extendGroup(name, [device], isForced: false)
        if try await group(of: device) == name {
          result.changes[device] = .string("added to \(name)")
        } else {
          result.comment += "\n\(device) could not be added"
          result.result = false
        }
      case let other?:
        result.comment += "\n\(device) is part of \(other)"
        result.result = false
      case nil:
        result.comment += "\npv \(device) is not present"
        result.result = false
      }
    }
    return result
  }
}
