import HostSystem

/// One mount of `/proc/self/mountinfo` (proc(5)).
struct ActiveMount: Sendable, Hashable {
  var id = ""
  var parent = ""
  var major = ""
  var minor = ""
  /// What part of the file system is mounted: `/` for the whole, a directory for a bind mount.
  var root = "/"
  var path: String
  var options: [String]
  var type: String
  var device: String
  var superOptions: [String] = []

  /// Nil for a line of another form.
  init?(mountInfo line: String) {
    let fields = line.split(separator: " ").map { OctalEscape.decode($0) }
    guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count >= dash + 3 else { return nil }
    let numbers = fields[2].split(separator: ":").map(String.init)
    guard numbers.count == 2 else { return nil }
    (id, parent, major, minor) = (fields[0], fields[1], numbers[0], numbers[1])
    (root, path) = (fields[3], fields[4])
    options = Self.list(fields[5])
    (type, device) = (fields[dash + 1], fields[dash + 2])
    superOptions = fields.count > dash + 3 ? Self.list(fields[dash + 3]) : []
  }

  init(_ mount: MountTable.Mount) {
    (path, device, type) = (mount.path, mount.device, mount.type)
    options = Self.list(mount.options)
  }

  private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
}
