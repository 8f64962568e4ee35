import Glibc
import HostSystem

/// A directory of a test's own below `/tmp`, gone with the value.
public final class TemporaryDirectory: Sendable {
  public let path: String

  public init() throws {
    var template = Array("/tmp/brine-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw HostError(errno: errno, "make", "/tmp/brine-test-XXXXXX") }
    path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? HostFiles().removeTree(path) }

  /// The path of a name in it.
  public func path(_ name: String) -> String { "\(path)/\(name)" }
}
