/// The tag of an event: 1–256 of `A–Z a–z 0–9 . _ - /`, without an empty part between slashes.
public struct EventTag: Sendable, Hashable, CustomStringConvertible {
  public let text: String

  public init?(_ text: String) {
    let bytes = text.utf8
    guard (1...256).contains(bytes.count), bytes.allSatisfy(Self.isAllowed),
      !bytes.split(separator: 0x2F, omittingEmptySubsequences: false).contains(where: \.isEmpty)
    else { return nil }
    self.text = text
  }

  public var description: String { text }

  /// What a tag may be, for error messages.
  public static let rule = "1 to 256 letters, digits, '.', '_', '-' and '/', with something between slashes"

  /// First parts of tags that say what the master itself has seen.
  private static let reserved: Set<String> = [
    "minion", "job", "key", "keys", "operator", "operators", "rollout", "audit", "master", "secret", "invitation",
    "pillar",
  ]

  /// Whether that minion may send it: a tag that looks like the master's own is not for it, but `minion/<own id>/…` is.
  public func isAllowed(for minion: MinionID) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard Self.reserved.contains(String(parts[0])) else { return true }
    return parts.count > 2 && parts[0] == "minion" && parts[1] == minion.text
      && !["joined", "left", "grains"].contains(parts[2])
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x2F, 0x5F, 0x2D: true
    default: false
    }
  }
}
