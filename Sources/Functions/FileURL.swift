/// The address of a file of the file server: `salt://path?saltenv=environment`, or the same with `brine://`.
public struct FileURL: Sendable, Hashable {
  /// Below the roots, as written; a bar at its beginning, which protects signs of addresses, is left out.
  public var path: String
  /// Nil when the address names none.
  public var environment: String?

  private static let schemes = ["salt://", "brine://"]

  /// Nil when it is another sort of address.
  public init?(_ text: String) {
    guard let scheme = Self.schemes.first(where: { text.hasPrefix($0) }) else { return nil }
    let rest = text.dropFirst(scheme.utf8.count)
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = String(parts[0].hasPrefix("|") ? parts[0].dropFirst() : parts[0])
    for word in (parts.count > 1 ? parts[1] : "").split(separator: "&") where word.hasPrefix("saltenv=") {
      environment = String(word.dropFirst("saltenv=".count))
    }
  }

  /// Whether the path stays below its root.
  public var isSafe: Bool {
    !path.isEmpty && !path.hasPrefix("/") && !path.utf8.contains(0) && !path.split(separator: "/").contains("..")
  }
}
