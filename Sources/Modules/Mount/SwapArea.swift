import HostSystem
import Value

/// One line of `/proc/swaps`.
struct SwapArea: Sendable, Hashable {
  var path: String
  var type: String
  var size: String
  var used: String
  var priority: String

  static func all(_ files: HostFiles) -> [SwapArea] {
    files.linesIfPresent("/proc/swaps").compactMap { line in
      let fields = line.fields()
      guard fields.count >= 5, fields[0] != "Filename" else { return nil }
      return SwapArea(
        path: OctalEscape.decode(fields[0]), type: fields[1], size: fields[2], used: fields[3], priority: fields[4])
    }
  }

  var value: Value {
    ["type": .string(type), "size": .string(size), "used": .string(used), "priority": .string(priority)]
  }
}
