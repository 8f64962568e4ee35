/// A directory whose files are served, and where they appear.
public struct FileRoot: Sendable, Hashable {
  /// Absolute: nothing outside of it is ever served.
  public var directory: String
  /// The part of it that counts; empty for all of it.
  public var subdirectory: String
  /// Below which path its files appear; empty for the top.
  public var mountPoint: String

  public init(_ directory: String, subdirectory: String = "", mountPoint: String = "") {
    self.directory = directory
    self.subdirectory = subdirectory
    self.mountPoint = mountPoint
  }

  /// The path below the directory of a path as it is asked for; nil when it cannot be in this root.
  func path(of path: String) -> String? {
    var path = path
    if !mountPoint.isEmpty {
      guard path.hasPrefix(mountPoint + "/") else { return nil }
      path = String(path.dropFirst(mountPoint.count + 1))
    }
    return subdirectory.isEmpty ? path : "\(subdirectory)/\(path)"
  }
}
