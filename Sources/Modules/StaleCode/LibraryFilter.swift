import HostSystem

/// Which mapped files are asked for: `libssl` is libssl.so.3 and libssl.so.1.1; globs are matched with the file's name,
/// and with its whole path when they begin with a slash. No names at all are all files.
struct LibraryFilter: Sendable {
  var names: [String]

  func accepts(_ path: String) -> Bool {
    guard !names.isEmpty else { return true }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return names.contains { name in
      if name.hasPrefix("/") { return UnitName.matches(path, pattern: name) }
      if UnitName.isPattern(name) { return UnitName.matches(file, pattern: name) }
      guard file.hasPrefix(name) else { return false }
      return [nil, ".", "-"].contains(file.dropFirst(name.count).first)
    }
  }
}
