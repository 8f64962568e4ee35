import HostSystem

/// What `tar -tv --quoting-style=c` prints.
enum TarListing {
  /// Nil for a line of another form.
  static func member(_ line: String) -> ArchiveMember? {
    guard let kind = line.first, let quote = line.firstIndex(of: "\"") else { return nil }
    let mode = line.dropFirst().prefix(9)
    var rest = line[quote...]
    guard let path = string(&rest) else { return nil }
    let isPrivileged = mode.contains { "sStT".contains($0) }
    switch kind {
    case "d", "D": return ArchiveMember(path, .directory, isPrivileged: isPrivileged)
    case "-", "C": return ArchiveMember(path, .file, isPrivileged: isPrivileged)
    case "l":
      guard let target = target(&rest, " -> ") else { return nil }
      return ArchiveMember(path, .symbolicLink(target: target))
    case "h":
      guard let target = target(&rest, " link to ") else { return nil }
      return ArchiveMember(path, .hardLink(target: target), isPrivileged: isPrivileged)
    // Labels of volumes and the like are no files.
    case "V", "M", "x", "g", "L", "K": return nil
    default: return ArchiveMember(path, .special)
    }
  }

  private static func target(_ rest: inout Substring, _ sign: String) -> String? {
    guard rest.hasPrefix(sign) else { return nil }
    rest = rest.dropFirst(sign.count)
    return string(&rest)
  }

  /// A string as C writes it, from its quote on.
  private static func string(_ rest: inout Substring) -> String? {
    guard rest.popFirst() == "\"" else { return nil }
    var bytes: [UInt8] = []
    var text = Array(rest.utf8)[...]
    let count = text.count
    while let byte = text.popFirst() {
      if byte == UInt8(ascii: "\"") {
        rest = rest.dropFirst(String(decoding: Array(rest.utf8).prefix(count - text.count), as: UTF8.self).count)
        return String(decoding: bytes, as: UTF8.self)
      }
      guard byte == UInt8(ascii: "\\"), let sign = text.popFirst() else {
        bytes.append(byte)
        continue
      }
      switch sign {
      case UInt8(ascii: "a"): bytes.append(7)
      case UInt8(ascii: "b"): bytes.append(8)
      case UInt8(ascii: "t"): bytes.append(9)
      case UInt8(ascii: "n"): bytes.append(10)
      case UInt8(ascii: "v"): bytes.append(11)
      case UInt8(ascii: "f"): bytes.append(12)
      case UInt8(ascii: "r"): bytes.append(13)
      case 48...55:
        let digits = [sign] + text.prefix(2).prefix { (48...55).contains($0) }
        text = text.dropFirst(digits.count - 1)
        bytes.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1) - 48 }))
      default: bytes.append(sign)
      }
    }
    return nil
  }
}
