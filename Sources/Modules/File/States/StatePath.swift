import Functions
import Glibc
import HostSystem
import Value

/// The path that a state names.
enum StatePath {
  /// The `name` of a state, with `~` at its beginning filled in.
  static func name(_ arguments: Arguments, of state: String, absence: String? = nil) throws -> String {
    let path = expanded(arguments.string("name"))
    guard !path.isEmpty else { throw StateRefusal(absence ?? "Must provide name to \(state)") }
    guard !path.utf8.contains(0) else { throw StateRefusal("The name of \(state) holds a NUL byte; no file name can") }
    return path
  }

  static func requireAbsolute(_ path: String) throws {
    guard path.hasPrefix("/") else { throw StateRefusal("Specified file \(path) is not an absolute path") }
  }

  /// Absolute and there.
  static func requirePresent(_ path: String, _ files: HostFiles) throws {
    try requireAbsolute(path)
    guard files.exists(path) else { throw StateRefusal("\(path): file not found") }
  }

  /// The path without slashes at its end.
  static func withoutTrailingSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// `~` and `~/…` with the home of the user that the minion runs as.
  static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME").map({ String(cString: $0) }) else {
      return path
    }
    var start = home[...]
    while start.last == "/" { start.removeLast() }
    return String(start + path.dropFirst())
  }
}
