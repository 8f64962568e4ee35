import Glibc
import Grains
import HostSystem
import HostSystemTesting
import Value

/// A directory that stands for a host; it goes when the test process ends, since a context does not keep it.
final class FixtureHost: Sendable {
  private static let parent: String = {
    atexit { try? HostFiles().removeTree("\(TemporaryDirectory.parent)/brine-grains-\(getpid())") }
    return "\(TemporaryDirectory.parent)/brine-grains-\(getpid())"
  }()

  let root: String
  var files: HostFiles { HostFiles(root: root) }

  init(_ contents: [String: String] = [:]) throws {
    root = "\(Self.parent)/\(UInt64.random(in: 0 ... .max))"
    try HostFiles().makeDirectory(root)
    for (path, text) in contents { try write(path, text) }
  }

  func write(_ path: String, _ text: String) throws {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try files.makeDirectory(String(path[..<slash]))
    }
    try files.write(path, text: text)
  }

  func link(_ path: String, to target: String) throws {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try files.makeDirectory(String(path[..<slash]))
    }
    guard symlink(target, files.resolve(path)) == 0 else { throw HostError(errno: errno, "link", path) }
  }

  func context(
    _ commands: ScriptedCommands = ScriptedCommands(programs: [], [:]), machine: String = "x86_64",
    nodeName: String = "web1", interfaces: [NetworkInterface] = [], environment: [String: String] = [:]
  ) -> GrainContext {
    GrainContext(
      files: files, commands: commands, minionID: "web1.example.com", version: "0.1.0",
      kernel: KernelIdentity(
        name: "Linux", nodeName: nodeName, release: "6.1.0-21-amd64",
        version: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.90-1 (2024-05-03)", machine: machine),
      interfaces: interfaces, environment: environment)
  }
}
