import Functions
import HostSystem
import OrderedCollections
import Value

extension MountFunctions {
  static let table = [fstab, setFstab, rmFstab]

  private static let fstab = Function.guarded(
    "mount.fstab", "What an fstab holds.",
    details: """
      A map of mount points, each with `device`, `fstype`, `opts`, `dump` and `pass`; a mount point that is there already \
      gets a `_`. Blanks in paths are blanks.

      Example: `brine run '*' mount.fstab`
      """,
    effect: .inspect, parameters: [configuration]
  ) { arguments, context in
    let fstab = try Fstab(arguments.string("config"), context)
    guard fstab.exists else { return [:] }
    var map: ValueMap = [:]
    for entry in try fstab.read().entries {
      var name = entry.name
      while map[name] != nil { name += "_" }
      map[name] = [
        "device": .string(entry.device), "fstype": .string(entry.type), "opts": .strings(entry.options),
        "dump": .string(entry.dump), "pass": .string(entry.pass),
      ]
    }
    return .map(map)
  }

  private static let setFstab = Function.guarded(
    "mount.set_fstab", "Has an entry in an fstab.",
    details: """
      Returns `new`, `present` or `change`; under `test=True` what would be. Comments and other lines stay.

      Example: `brine run web1 mount.set_fstab /srv/data /dev/sdb1 ext4 opts=noatime`
      """,
    effect: .change,
    parameters: [
      name, .required("device", .string, "The device."), .required("fstype", .string, "The type of file system."),
      .optional("opts", .any, default: "defaults", "Options, a list or parted by commas."),
      .optional("dump", .any, default: 0, "Whether dump(8) saves it."),
      .optional("pass_num", .any, default: 0, "When it is checked at boot."), configuration, matchOn,
      .optional("not_change", .bool, default: false, "Leave an entry that is found as it is."),
    ]
  ) { arguments, context in
    let entry = FstabEntry(
      device: arguments.string("device"), name: arguments.string("name"), type: arguments.string("fstype"),
      options: options(arguments["opts"]), dump: arguments.string("dump"), pass: arguments.string("pass_num"))
    let outcome = try Fstab(arguments.string("config"), context).set(
      entry, matchOn: arguments["match_on"], isKept: arguments.bool("not_change"))
    return .string(outcome.rawValue)
  }

  private static let rmFstab = Function.guarded(
    "mount.rm_fstab", "Takes a mount point out of an fstab.",
    details: "Returns True, also when it was not there. Example: `brine run web1 mount.rm_fstab /srv/data /dev/sdb1`",
    effect: .change,
    parameters: [name, .required("device", .any, "Its device; None for any."), configuration]
  ) { arguments, context in
    let name = OctalEscape.decode(arguments.string("name"))
    _ = try Fstab(arguments.string("config"), context).remove(
      name, device: arguments.optionalString("device").map(OctalEscape.decode))
    return true
  }
}
