/// A path below the roots of a file environment: relative, at most 4096 bytes, of parts that are neither empty nor `.`
/// nor `..`, without NUL. It is bytes to compare and open, never something to decode: `%2e%2e` is a name like others.
public struct FilePath: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let text: String

  public init?(_ text: String) {
    guard text.utf8.count <= 4096, Self.isRelative(text) else { return nil }
    self.text = text
  }

  public var description: String { text }
  public static func < (left: FilePath, right: FilePath) -> Bool { left.text < right.text }

  /// Parts between slashes; none of them leads up or nowhere.
  static func isRelative(_ text: String) -> Bool {
    let bytes = text.utf8
    guard !bytes.isEmpty, !bytes.contains(0) else { return false }
    return bytes.split(separator: 0x2F, omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.count <= 255 && !part.elementsEqual([0x2E]) && !part.elementsEqual([0x2E, 0x2E])
    }
  }
}
