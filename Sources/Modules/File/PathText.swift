/// What can be said of a path without looking at the disk; the rules are those of Python's `posixpath`, as in Salt.
enum PathText {
  /// What stands after the last slash; empty for a path that ends in one.
  static func basename(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// What stands before the last slash, without slashes at its end (but `/` stays `/`).
  static func dirname(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    var head = path[...slash]
    guard head.contains(where: { $0 != "/" }) else { return String(head) }
    while head.last == "/" { head.removeLast() }
    return String(head)
  }

  /// Without `.`, double slashes, and `..` where a name stands before it.
  static func normalized(_ path: String) -> String {
    guard !path.isEmpty else { return "." }
    let slashes = path.prefix { $0 == "/" }.count
    // POSIX gives exactly two leading slashes a meaning of their own; Python keeps them.
    let start = slashes == 2 ? "//" : slashes > 0 ? "/" : ""
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || start.isEmpty {
        parts.append(part)
      }
    }
    let text = start + parts.joined(separator: "/")
    return text.isEmpty ? "." : text
  }

  /// The parts one after the other; an absolute part starts anew.
  static func joined(_ parts: [String]) -> String {
    parts.dropFirst().reduce(parts.first ?? "") { path, part in
      if part.hasPrefix("/") {
        part
      } else if path.isEmpty || path.hasSuffix("/") {
        path + part
      } else {
        "\(path)/\(part)"
      }
    }
  }

  /// A name in a directory.
  static func child(_ name: String, of directory: String) -> String {
    directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
  }
}
