import HostSystem

/// Reads apt's source files: one-line `.list` and deb822 `.sources`.
enum AptSources {
  static let list = "/etc/apt/sources.list"
  static let directory = "/etc/apt/sources.list.d"

  static func parse(_ text: String, file: String) -> [AptSource] { AptSourceFile(text, path: file).sources }

  /// All of them, `sources.list` first.
  static func files(_ files: HostFiles) throws -> [AptSourceFile] {
    let parts = files.entriesIfPresent(directory).filter { $0.hasSuffix(".list") || $0.hasSuffix(".sources") }
    return try ([list] + parts.map { "\(directory)/\($0)" }).filter(files.isFile).map { path in
      AptSourceFile(try files.readText(path), path: path)
    }
  }

  /// Whether apt reads a file of this path: it passes over other names without an error.
  static func isRead(_ path: String) -> Bool {
    if path == list { return true }
    guard path.hasPrefix("\(directory)/") else { return false }
    let name = path.dropFirst(directory.count + 1)
    guard name.hasSuffix(".list") || name.hasSuffix(".sources"), !name.hasPrefix(".") else { return false }
    return name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_.-".utf8.contains(byte)
    }
  }
}
