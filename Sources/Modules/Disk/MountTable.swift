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
      let fields = line.split(separator: " ").map { unescaped($0) }
      guard fields.count >= 4 else { return nil }
      return Mount(device: fields[0], path: fields[1], type: fields[2], options: fields[3])
    }
  }

  static func matches(_ type: String, glob: String) -> Bool { Glob(glob).matches(type) }

  /// The kernel writes blanks and backslashes as `\040` and the like.
  private static func unescaped(_ text: Substring) -> String {
    guard text.contains("\\") else { return String(text) }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3, digits.allSatisfy({ (48...55).contains($0) }) {
        bytes.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1) - 48 }))
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
