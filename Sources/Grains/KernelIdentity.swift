import Glibc

/// What uname(2) says of the running kernel.
public struct KernelIdentity: Sendable, Hashable {
  public var name: String
  public var nodeName: String
  public var release: String
  public var version: String
  public var machine: String

  public init(name: String, nodeName: String, release: String, version: String, machine: String) {
    self.name = name
    self.nodeName = nodeName
    self.release = release
    self.version = version
    self.machine = machine
  }

  /// That of this machine.
  public static func current() -> KernelIdentity {
    var buffer = utsname()
    guard uname(&buffer) == 0 else {
      return KernelIdentity(name: "Linux", nodeName: "localhost", release: "", version: "", machine: "")
    }
    return KernelIdentity(
      name: text(buffer.sysname), nodeName: text(buffer.nodename), release: text(buffer.release),
      version: text(buffer.version), machine: text(buffer.machine))
  }

  /// The text of one of uname's fixed arrays, up to its NUL.
  private static func text<Field>(_ field: Field) -> String {
    withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
