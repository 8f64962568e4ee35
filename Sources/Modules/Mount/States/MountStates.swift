public import Functions
import HostSystem
import OrderedCollections
import Value

/// States `mount.*`.
public enum MountStates {
  public static let all: [StateFunction] = [mounted, unmounted, swap, fstabPresent, fstabAbsent]

  static let mounted: StateFunction = {
    var state = StateFunction.file(
      "mount.mounted", "A file system is mounted, and is so after the next boot.",
      details: """
        Other options than those that it has make it be mounted again, another device makes it be unmounted first. Blanks \
        in paths are written as fstab wants them. A password among the options is refused: use `credentials=FILE`.

        Example:

            /srv/data:
              mount.mounted:
                - device: /dev/sdb1
                - fstype: ext4
                - mkmnt: True
                - opts: noatime,nodev
        """,
      parameters: [
        .required("name", .string, "The mount point."), .required("device", .string, "The device, or UUID=…, LABEL=…."),
        .required("fstype", .string, "The type of file system."),
        .optional("mkmnt", .bool, default: false, "Make the directory when it is not there."),
        .optional("opts", .any, default: "defaults", "Options, a list or parted by commas."),
        .optional("dump", .any, default: 0, "Whether dump(8) saves it."),
        .optional("pass_num", .any, default: 0, "When it is checked at boot."), MountFunctions.configuration,
        .optional("persist", .bool, default: true, "Have it in the fstab."),
        .optional("mount", .bool, default: true, "Mount it now."), MountFunctions.user, MountFunctions.matchOn,
        .optional("device_name_regex", .any, "Devices that may be mounted in place of this one, a list of patterns."),
        .optional("extra_mount_invisible_options", .any, "More options that the kernel does not show."),
        .optional("extra_mount_invisible_keys", .any, "More `key=` options that it does not show."),
        .optional("extra_mount_ignore_fs_keys", .map, "By file system, keys that are not compared."),
        .optional("extra_mount_translate_options", .map, "Options by the form in which the kernel shows them."),
        .optional("hidden_opts", .any, "More options that are not compared."),
        .optional(
          "bind_mount_copy_active_opts", .bool, default: true,
          "A bind mount is also to have the options that its source has."),
      ]
    ) { arguments, context in
      var state = try MountedState(arguments, context)
      return try await state.run()
    }
    state.watch = { arguments, context in try await watch(arguments, context) }
    return state
  }()

  private static func watch(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    let name = arguments.string("name")
    guard !context.isTest else { return StateResult(nil, "\(name) would be remounted") }
    let program = try await MountProgram(context.functions, user: arguments.optionalString("user"))
    var options = MountFunctions.options(arguments["opts"])
    if ActiveMounts(context.functions.files)[name] != nil { options.append("remount") }
    let problem = try await program.mount(
      name, device: arguments.string("device"), type: arguments.string("fstype"), options: options)
    if let problem { return StateResult(false, "\(name) failed to remount: \(problem)") }
    return StateResult(true, "\(name) remounted")
  }

  private static let unmounted = StateFunction.file(
    "mount.unmounted", "Nothing is mounted on a path.",
    details: """
      With `persist` it is taken out of the fstab too.

      Example:

          /srv/old:
            mount.unmounted:
              - persist: True
      """,
    parameters: [
      .required("name", .string, "The mount point."),
      .optional("device", .string, "Only when this device is mounted there."), MountFunctions.configuration,
      .optional("persist", .bool, default: false, "Take it out of the fstab."), MountFunctions.user,
    ]
  ) { arguments, context in try await UnmountedState(arguments, context).run() }

  private static let swap = StateFunction.file(
    "mount.swap", "A swap area is in use, and is so after the next boot.",
    details: """
      Example:

          /swapfile:
            mount.swap: []
      """,
    parameters: [
      .required("name", .string, "The device or file; it has to be one for swap already."),
      .optional("persist", .bool, default: true, "Have it in the fstab."), MountFunctions.configuration,
    ]
  ) { arguments, context in try await SwapState(arguments, context).run() }

  private static let fstabPresent = StateFunction.file(
    "mount.fstab_present", "An entry is in the fstab.",
    details: """
      Example:

          /dev/sdb1:
            mount.fstab_present:
              - fs_file: /srv/data
              - fs_vfstype: ext4
              - mount: False
      """,
    parameters: [
      .required("name", .string, "The device, or UUID=…, LABEL=…."), .required("fs_file", .string, "The mount point."),
      .required("fs_vfstype", .string, "The type of file system."),
      .optional("fs_mntops", .any, default: "defaults", "Options, a list or parted by commas."),
      .optional("fs_freq", .any, default: 0, "Whether dump(8) saves it."),
      .optional("fs_passno", .any, default: 0, "When it is checked at boot."), mountBy, MountFunctions.configuration,
      .optional("mount", .bool, default: true, "Mount it when the entry is new."), MountFunctions.matchOn,
      .optional("not_change", .bool, default: false, "Leave an entry that is found as it is."),
      .optional("fs_mount", .any, default: true, "For AIX; not used here."),
    ]
  ) { arguments, context in try await FstabState(arguments, context).present(arguments) }

  private static let fstabAbsent = StateFunction.file(
    "mount.fstab_absent", "An entry is not in the fstab.",
    details: """
      Example:

          /dev/sdb1:
            mount.fstab_absent:
              - fs_file: /srv/data
      """,
    parameters: [
      .required("name", .string, "The device, or UUID=…, LABEL=…."), .required("fs_file", .string, "The mount point."),
      mountBy, MountFunctions.configuration,
    ]
  ) { arguments, context in try await FstabState(arguments, context).absent() }

  private static let mountBy = Parameter.optional(
    "mount_by", .string, "How the fstab names the device; as it is given when not said.",
    choices: ["device", "label", "uuid", "partlabel", "partuuid"])
}
