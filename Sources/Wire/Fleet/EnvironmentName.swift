/// The name of a file or pillar environment: 1–128 bytes without control characters. It may hold slashes, as names of
/// branches do, but no part of it is empty, `.` or `..`: it is put in place of `__env__` in paths.
public struct EnvironmentName: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let text: String

  public init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.count <= 128, FilePath.isRelative(text), !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      return nil
    }
    self.text = text
  }

  public var description: String { text }
  public static func < (left: EnvironmentName, right: EnvironmentName) -> Bool { left.text < right.text }
  public static let base = EnvironmentName(unchecked: "base")

  private init(unchecked text: String) { self.text = text }
}
