public import Functions
import OrderedCollections
import Value

/// `lvm.*`.
public enum LvmFunctions {
  public static let all: [Function] =
    [
      display("lvm.pvdisplay", "pvname", .pv), display("lvm.vgdisplay", "vgname", .vg),
      display("lvm.lvdisplay", "lvname", .lv),
      change("lvm.pvcreate", "Makes physical volumes.", [devices, override, force(true), options]) { lvm, arguments in
        try await lvm.createPhysical(
          LvmTool.devices(arguments["devices"]), isForced: arguments.bool("force"),
          isOverriding: arguments.bool("override"), arguments.map("kwargs"))
      },
      change("lvm.vgcreate", "Makes a volume group.", [group, devices, force(false), options]) { lvm, arguments in
        try await lvm.createGroup(
          arguments.string("vgname"), LvmTool.devices(arguments["devices"]), isForced: arguments.bool("force"),
          arguments.map("kwargs"))
      },
      change("lvm.vgextend", "Adds devices to a volume group.", [group, devices, force(false)]) { lvm, arguments in
        try await lvm.extendGroup(
          arguments.string("vgname"), LvmTool.devices(arguments["devices"]), isForced: arguments.bool("force"))
      },
      change("lvm.vgremove", "Removes a volume group.", [group, force(true)]) { lvm, arguments in
        try await lvm.remove(.vg, arguments.string("vgname"), isForced: arguments.bool("force"))
      },
      change(
        "lvm.lvcreate", "Makes a logical volume.", [.required("lvname", .string, "Its name."), group] + creation
      ) { lvm, arguments in
        try await lvm.createLogical(
          arguments.string("lvname"), arguments, snapshot: arguments.optionalString("snapshot"))
      },
      change(
        "lvm.lvremove", "Removes a logical volume.", [.required("lvname", .string, "Its name."), group, force(true)]
      ) { lvm, arguments in
        let path = "\(arguments.string("vgname"))/\(arguments.string("lvname"))"
        return try await lvm.remove(.lv, path, isForced: arguments.bool("force"))
      },
    ]
    + ["pvremove", "pvresize"].map { program in
      change("lvm.\(program)", "Runs \(program)(8) on devices.", [devices, override, force(true)]) { lvm, arguments in
        try await lvm.changePhysical(
          program, LvmTool.devices(arguments["devices"]), isForced: arguments.bool("force"),
          isOverriding: arguments.bool("override"))
      }
    }
    + ["lvresize", "lvextend"].map { program in
      change("lvm.\(program)", "Runs \(program)(8) on a logical volume.", resizing) { lvm, arguments in
        .map(try await lvm.resize(program, arguments.string("lvpath"), arguments))
      }
    }

  private static let devices = Parameter.required("devices", .any, "Devices: a list, or a text with commas.")
  private static let group = Parameter.required("vgname", .string, "The volume group.")
  private static let override = Parameter.optional(
    "override", .bool, default: true, "What is so already is no failure.")
  private static let options = Parameter.keywords("kwargs", "Options of the program by name.")
  private static func force(_ value: Bool) -> Parameter {
    .optional("force", .bool, default: .bool(value), "Answers yes to all questions.")
  }

  static let creation: [Parameter] = [
    .optional("size", .any, "Its size, such as `10G`."), .optional("extents", .any, "Its size, such as `100%FREE`."),
    .optional("snapshot", .string, "The volume that it is a snapshot of."),
    .optional("pv", .string, default: "", "The device that it is on."),
    .optional("thinvolume", .bool, default: false, "It is in a thin pool: `vgname` is `group/pool`."),
    .optional("thinpool", .bool, default: false, "It is a thin pool."),
    .optional("force", .bool, default: false, "Answers yes to all questions."), options,
  ]

  static let resizing: [Parameter] = [
    .optional("size", .any, "Its size, such as `10G`."), .required("lvpath", .string, "Its path."),
    .optional("extents", .any, "Its size in extents."),
    .optional("force", .bool, default: false, "Answers yes to all questions."),
    .optional("resizefs", .bool, default: false, "The file system on it as well."),
  ]

  private static func display(_ name: String, _ parameter: String, _ kind: LvmTool.Kind) -> Function {
    var parameters: [Parameter] = [
      .optional(parameter, .string, default: "", "Its name; all without it."),
      .optional("quiet", .bool, default: false, "Taken for compatibility and not used."),
    ]
    if kind == .pv { parameters.append(.optional("real", .bool, default: false, "Taken for compatibility.")) }
    return Function(
      name, "Describes what \(kind.rawValue)display(8) shows.", details: "Returns name → `{column: text}`.",
      effect: .inspect, parameters: parameters
    ) { arguments, context in .map(try await LvmTool(context).display(kind, arguments.string(parameter))) }
  }

  private static func change(
    _ name: String, _ summary: String, _ parameters: [Parameter],
    _ body: @escaping @Sendable (LvmTool, Arguments) async throws -> Value
  ) -> Function {
    Function(
      name, summary, details: "Returns True or what was printed.", effect: .change, parameters: parameters
    ) { arguments, context in
      try context.stopIfTest("run \(name)")
      return try await body(LvmTool(context), arguments)
    }
  }
}
