import Functions

/// A path argument that has been checked: absolute, and without a NUL, which the kernel would take for its end.
enum AbsolutePath {
  /// The path that `name` was given.
  static func argument(_ name: String, of arguments: Arguments) throws(FunctionError) -> String {
    try check(arguments.string(name), name)
  }

  static func check(_ path: String, _ argument: String = "path") throws(FunctionError) -> String {
    guard path.utf8.first == UInt8(ascii: "/") else {
      throw FunctionError(
        .badArguments, "'\(argument)' must be an absolute path, not '\(path)'.",
        hint: "Write it from the root on; `~` and variables are not expanded.")
    }
    guard !path.utf8.contains(0) else {
      throw FunctionError(.badArguments, "'\(argument)' holds a NUL byte; no file name can.")
    }
    return path
  }

  /// A path that may be taken away: without `..`, without `.` and repeated slashes, and not the root.
  static func removable(_ path: String, _ argument: String = "path") throws(FunctionError) -> String {
    let parts = try check(path, argument).split(separator: "/").filter { $0 != "." }
    guard !parts.isEmpty else {
      throw FunctionError(.badArguments, "'\(argument)' is the root directory; that is never removed.")
    }
    guard !parts.contains("..") else {
      throw FunctionError(
        .badArguments, "'\(argument)' has a '..' in it ('\(path)'); what it leads to depends on links.",
        hint: "Name what is meant without '..'.")
    }
    return "/" + parts.joined(separator: "/")
  }
}
