import Functions
import HostSystem
import OrderedCollections
import Value

extension MountFunctions {
  static let actions = [mount, remount, umount]

  private static let device = Parameter.optional(
    "device", .any, default: false, "The device; without it, what fstab has.")
  private static let makePlace = Parameter.optional(
    "mkmnt", .bool, default: false, "Make the directory when it is not there.")
  private static let type = Parameter.optional("fstype", .string, default: "", "The type of file system.")
  private static let opts = Parameter.optional(
    "opts", .any, default: "defaults", "Options, a list or parted by commas.")
  private static let util = Parameter.optional(
    "util", .string, default: "mount", "What mounts it; only mount(8) here.", choices: ["mount"])

  private static let mount = Function.guarded(
    "mount.mount", "Mounts a file system.",
    details: """
      Returns True, or what mount(8) said against it; the job has then failed.

      Example: `brine run web1 mount.mount /srv/data /dev/sdb1 mkmnt=True fstype=ext4`
      """,
    effect: .change, parameters: [name, device, makePlace, type, opts, user, util]
  ) { arguments, context in
    let name = try AbsolutePath.argument("name", of: arguments)
    let program = try await MountProgram(context, user: arguments.optionalString("user"))
    try context.stopIfTest("mount \(given(arguments) ?? "what fstab has") on \(name)")
    return answer(try await mount(name, arguments, program, options(arguments["opts"]), context), context)
  }

  private static let remount = Function.guarded(
    "mount.remount", "Mounts a file system again, with other options.",
    details: """
      What is not mounted is mounted. Returns True, or what mount(8) said against it; the job has then failed.

      Example: `brine run web1 mount.remount /srv/data /dev/sdb1 opts=ro`
      """,
    effect: .change,
    parameters: [name, .required("device", .string, "The device."), makePlace, type, opts, user]
  ) { arguments, context in
    let name = try AbsolutePath.argument("name", of: arguments)
    let program = try await MountProgram(context, user: arguments.optionalString("user"))
    try context.stopIfTest("remount \(name)")
    var options = options(arguments["opts"])
    if ActiveMounts(context.files)[name] != nil, !options.contains("remount") { options.append("remount") }
    return answer(try await mount(name, arguments, program, options, context), context)
  }

  private static let umount = Function.guarded(
    "mount.umount", "Unmounts a file system.",
    details: """
      Returns True, or what umount(8) said against it; the job has then failed.

      Example: `brine run web1 mount.umount /srv/data`
      """,
    effect: .change,
    parameters: [
      name, .optional("device", .string, "Its device, in place of the mount point."), user, util,
      .optional("lazy", .bool, default: false, "Take it out of sight now, end it when nobody uses it any more."),
    ]
  ) { arguments, context in
    let name = arguments.string("name")
    guard ActiveMounts(context.files)[name] != nil else {
      return answer("\(name) does not have anything mounted", context)
    }
    let program = try await MountProgram(context, user: arguments.optionalString("user"))
    try context.stopIfTest("unmount \(name)")
    let problem = try await program.unmount(
      arguments.optionalString("device") ?? name, isLazy: arguments.bool("lazy"))
    return answer(problem, context)
  }

  private static func mount(
    _ name: String, _ arguments: Arguments, _ program: MountProgram, _ options: [String], _ context: FunctionContext
  ) async throws -> String? {
    if arguments.bool("mkmnt"), !context.files.exists(name) { try program.makePlace(name) }
    return try await program.mount(
      name, device: given(arguments), type: arguments.string("fstype"), options: options)
  }

  private static func given(_ arguments: Arguments) -> String? {
    let value = arguments["device"]
    return value.isNull || value == false || value == "" ? nil : value.description
  }

  private static func answer(_ problem: String?, _ context: FunctionContext) -> Value {
    guard let problem else { return true }
    context.reportExitCode(1)
    return .string(problem)
  }
}
