import Functions
import HostSystem
import OrderedCollections
import Value

/// Compares the options that a mount is to have with those that it has.
struct MountOptions: Sendable {
  /// Options that the kernel does not show, or that only programs read.
  private static let invisible: Set<String> = [
    "_netdev", "actimeo", "auto", "backup-volfile-servers", "bg", "bind", "comment", "credentials", "defaults",
    "delay_connect", "direct-io-mode", "group", "intr", "loop", "noauto", "nobootwait", "nofail", "nointr", "nonempty",
    "nouser", "owner", "password", "port", "rbind", "reconnect", "remount", "retry", "secretfile", "soft",
    "transform_symlinks", "user", "users",
  ]
  /// What is so unless its opposite is set.
  private static let opposites = [
    "async": "sync", "atime": "noatime", "dev": "nodev", "diratime": "nodiratime", "exec": "noexec", "suid": "nosuid",
    "nolazytime": "lazytime", "nosync": "sync", "loud": "silent", "nomand": "mand", "rw": "ro",
  ]
  private static let translated = ["tcp": "proto=tcp", "udp": "proto=udp"]

  private let type: String
  private var invisible = Self.invisible
  private var ignored: [String: [String]] = ["ramfs": ["size"]]
  private var translated = Self.translated

  init(_ arguments: Arguments, type: String) {
    self.type = type
    invisible.formUnion(arguments.strings("extra_mount_invisible_options"))
    invisible.formUnion(arguments.strings("hidden_opts"))
    invisible.formUnion(arguments.strings("extra_mount_invisible_keys"))
    for (key, value) in arguments.map("extra_mount_ignore_fs_keys") {
      ignored[key.description] = value.listValue?.map(\.description) ?? [value.description]
    }
    for (key, value) in arguments.map("extra_mount_translate_options") {
      translated[key.description] = value.description
    }
  }

  /// Those of the wanted options that a mount lacks, sorted.
  ///
  /// - Parameter ids: the numbers of users and groups by name, for `uid=` and `gid=`.
  func missing(_ wanted: [String], in mount: ActiveMount, ids: [String: String] = [:]) -> [String] {
    let active = Set((mount.options + mount.superOptions).map(normalized))
    return wanted.compactMap { option in
      let option = normalized(ids[option] ?? translated[option] ?? option)
      let key = String(option.prefix { $0 != "=" })
      if option.isEmpty || active.contains(option) || isInvisible(option, key) { return nil }
      if let opposite = Self.opposites[option], !active.contains(opposite) { return nil }
      return option
    }.sorted()
  }

  private func isInvisible(_ option: String, _ key: String) -> Bool {
    if invisible.contains(key) || invisible.contains(option) || key.hasPrefix("x-") || key.hasPrefix("X-") {
      return true
    }
    if ignored[type]?.contains(key) == true { return true }
    // A share of the memory is shown as a number that depends on the machine.
    if key == "size", option.hasSuffix("%") { return true }
    if type == "tmpfs", ["mode=1777", "uid=0", "gid=0"].contains(option) { return true }
    return type.hasPrefix("ext") && ["acl", "user_xattr"].contains(key)
  }

  /// As the kernel shows it: sizes in kibibytes, modes without leading zeros, cifs users as `username=`.
  private func normalized(_ option: String) -> String {
    let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return option }
    switch parts[0] {
    case "size":
      guard let bytes = Self.number(parts[1]), bytes.isMultiple(of: 1024) else { return option }
      return "size=\(bytes / 1024)k"
    case "nr_inodes", "nr_blocks": return Self.number(parts[1]).map { "\(parts[0])=\($0)" } ?? option
    case "mode": return "mode=\(parts[1].drop { $0 == "0" })"
    case "user" where type == "cifs": return "username=\(parts[1])"
    default: return option
    }
  }

  /// `10m` in bytes.
  private static func number(_ text: String) -> Int? {
    let units: [Character: Int] = ["k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40]
    guard let last = text.last, let unit = units[Character(last.lowercased())] else { return Int(text) }
    guard let number = Int(text.dropLast()), number >= 0 else { return nil }
    let (product, isTooLarge) = number.multipliedReportingOverflow(by: unit)
    return isTooLarge ? nil : product
  }
}
