import Glibc
import HostSystem

/// A directory of a test's own, gone with the value. Tests make none in another way: what is left in `parent` after them
/// fails `make test`.
public final class TemporaryDirectory: Sendable {
  public let path: String

  /// `TMPDIR`, else `/tmp`.
  public static let parent: String = {
    guard let chosen = getenv("TMPDIR").map({ String(cString: $0) }), chosen.hasPrefix("/") else { return "/tmp" }
    return chosen
  }()

  public init() throws {
    var template = Array("\(Self.parent)/brine-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw HostError(errno: errno, "make a directory in", Self.parent) }
    path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? HostFiles().removeTree(path) }

  /// The path of a name in it.
  public func path(_ name: String) -> String { "\(path)/\(name)" }
}
