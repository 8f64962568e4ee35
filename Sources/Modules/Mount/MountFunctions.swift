public import Functions
import HostSystem
import OrderedCollections
import Value

/// `mount.*`: what is mounted, what fstab has mounted at boot, and swap.
public enum MountFunctions {
  public static let all: [Function] = queries + table + actions + swap

  static let name = Parameter.required("name", .string, "The mount point.")
  static let configuration = Parameter.optional("config", .string, default: "/etc/fstab", "The fstab.")
  static let user = Parameter.optional("user", .string, "The user that mount(8) is run as.")
  static let matchOn = Parameter.optional(
    "match_on", .any, default: "auto",
    "By which of device, name, fstype, opts, dump, pass_num an entry is found; auto: by name or by device, as the type of file system has it."
  )

  /// Options as a list; a text is parted at commas.
  static func options(_ value: Value) -> [String] {
    if let list = value.listValue { return list.map(\.description) }
    if value.isNull { return [] }
    return value.description.split(separator: ",").map { $0.trimmed() }
  }
}
