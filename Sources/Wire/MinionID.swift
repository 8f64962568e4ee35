import Value

/// A minion's id: 1–128 of `A–Z a–z 0–9 . _ -`, beginning with a letter or digit and without `..`, so that it is safe in
/// a target, a table or a file name.
public struct MinionID: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let text: String

  public init?(_ text: String) {
    let bytes = text.utf8
    guard (1...128).contains(bytes.count), let first = bytes.first, Self.isAlphanumeric(first),
      bytes.allSatisfy({ Self.isAlphanumeric($0) || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }), !text.contains("..")
    else { return nil }
    self.text = text
  }

  public var description: String { text }
  public static func < (left: MinionID, right: MinionID) -> Bool { left.text < right.text }

  /// What an id may be, for error messages.
  public static let rule = "1 to 128 letters, digits, '.', '_' or '-', beginning with a letter or digit, without '..'"

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
