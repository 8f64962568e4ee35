import Glibc
import HostSystem
public import Value

/// The minion's process: `shell`, `path`, `systempath`, `cwd`, `pid`, `uid`, `gid`, `username`, `groupname`, `ps`.
public struct EnvironmentCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    let path = context.environment["PATH"]?.trimmed() ?? ""
    var grains: ValueMap = [
      "path": .string(path),
      "systempath": .strings(path.split(separator: ":", omittingEmptySubsequences: false).map(String.init)),
      "shell": .string(context.environment["SHELL"] ?? "/bin/sh"),
      "pid": .integer(getpid()),
      "uid": .integer(geteuid()),
      "gid": .integer(getegid()),
      "ps": "ps -efHww",
    ]
    grains["username"] = name(of: geteuid(), in: "/etc/passwd", context.files).map(Value.string)
    grains["groupname"] = name(of: getegid(), in: "/etc/group", context.files).map(Value.string)
    grains["cwd"] = workingDirectory().map(Value.string)
    return grains
  }

  /// The name in a file of the form `name:x:id:…`.
  private func name(of id: UInt32, in path: String, _ files: HostFiles) -> String? {
    for line in files.linesIfPresent(path) {
      let fields = line.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
      if fields.count > 2, UInt32(fields[2]) == id { return String(fields[0]) }
    }
    return nil
  }

  private func workingDirectory() -> String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }
}
