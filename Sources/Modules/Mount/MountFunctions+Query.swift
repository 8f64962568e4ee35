import Functions
import HostSystem
import OrderedCollections
import Value

extension MountFunctions {
  static let queries = [active, isMounted, mountFromPath, deviceFromPath, isFuse]

  private static let path = Parameter.required("path", .string, "The path.")

  private static let active = Function.guarded(
    "mount.active", "What is mounted.",
    details: """
      A map of mount points, each with `device`, `alt_device`, `fstype` and `opts`; with `extended` also `mountid`, \
      `parentid`, `major`, `minor`, `root`, `superopts`, `device_uuid` and `device_label`. Blanks in paths are blanks.

      Example: `brine run '*' mount.active`
      """,
    effect: .inspect,
    parameters: [.optional("extended", .bool, default: false, "Also numbers, ids and labels.")]
  ) { arguments, context in
    let isExtended = arguments.bool("extended")
    var blocks: ValueMap = [:]
    if isExtended, context.commands.which("blkid") != nil {
      blocks = (try? await DiskFunctions.blkid.call([:], context))?.mapValue ?? [:]
    }
    var map: ValueMap = [:]
    for mount in ActiveMounts(context.files).all {
      var entry: ValueMap = [
        "device": .string(mount.device), "alt_device": .string(mount.device), "fstype": .string(mount.type),
        "opts": .strings(mount.options),
      ]
      if isExtended {
        let block = blocks[mount.device]
        entry["mountid"] = .string(mount.id)
        entry["parentid"] = .string(mount.parent)
        entry["major"] = .string(mount.major)
        entry["minor"] = .string(mount.minor)
        entry["root"] = .string(mount.root)
        entry["superopts"] = .strings(mount.superOptions)
        entry["device_uuid"] = block?["UUID"].map { .string($0.description.lowercased()) } ?? .null
        entry["device_label"] = block?["LABEL"] ?? .null
      }
      map[.string(mount.path)] = .map(entry)
    }
    return .map(map)
  }

  private static let isMounted = Function.guarded(
    "mount.is_mounted", "Tells whether something is mounted on a path.",
    details: "Returns True or False. Example: `brine run '*' mount.is_mounted /srv/data`", effect: .inspect,
    parameters: [name]
  ) { arguments, context in .bool(ActiveMounts(context.files)[arguments.string("name")] != nil) }

  private static let mountFromPath = Function.guarded(
    "mount.get_mount_from_path", "The mount point that a path lies on.",
    details: "Returns a path. Example: `brine run '*' mount.get_mount_from_path /var/lib/app`", effect: .inspect,
    parameters: [path]
  ) { arguments, context in .string(try holding(arguments, context).path) }

  private static let deviceFromPath = Function.guarded(
    "mount.get_device_from_path", "The device that a path lies on.",
    details: "Returns a device, or None. Example: `brine run '*' mount.get_device_from_path /var/lib/app`",
    effect: .inspect, parameters: [path]
  ) { arguments, context in .string(try holding(arguments, context).device) }

  private static func holding(_ arguments: Arguments, _ context: FunctionContext) throws -> ActiveMount {
    let path = try AbsolutePath.argument("path", of: arguments)
    let real = context.files.realPath(path) ?? PathText.normalized(path)
    guard let mount = ActiveMounts(context.files).mount(holding: real) else {
      throw FunctionError(.failed, "The mounts of this host cannot be read.")
    }
    return mount
  }

  private static let isFuse = Function.guarded(
    "mount.is_fuse_exec", "Tells whether a program mounts by FUSE.",
    details: """
      True when it is linked with libfuse, looked up in the program's own list of libraries without running it.

      Example: `brine run '*' mount.is_fuse_exec sshfs`
      """,
    effect: .inspect, parameters: [.required("cmd", .string, "The program.")]
  ) { arguments, context in
    guard let program = context.commands.which(arguments.string("cmd")) else { return false }
    // ldd(1), which Salt uses, may run the program.
    return .bool(try context.files.contains(program, Array("libfuse".utf8)))
  }
}
