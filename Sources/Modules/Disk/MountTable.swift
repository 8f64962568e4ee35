import HostSystem
import Targeting

/// The mounts of `/proc/self/mounts`.
enum MountTable {
  struct Mount: Sendable, Hashable {
    var device: String
    var path: String
    var type: String
    var options: String
  }

  static func mounts(_ files: HostFiles) -> [Mount] {
    let path = files.exists("/proc/self/mounts") ? "/proc/self/mounts" : "/proc/mounts"
    return files.linesIfPresent(path).compactMap { line in
      let fields = line.split(separator: " ").map { OctalEscape.decode($0) }
      guard fields.count >= 4 else { return nil }
      return Mount(device: fields[0], path: fields[1], type: fields[2], options: fields[3])
    }
  }

  static func matches(_ type: String, glob: String) -> Bool { Glob(glob).matches(type) }
}
