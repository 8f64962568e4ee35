/// Addresses of git repositories.
enum GitAddress {
  /// What stands before `://`; nil for other forms.
  static func scheme(of url: String) -> String? {
    let parts = url.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 && parts[1].hasPrefix("//") ? String(parts[0]) : nil
  }

  /// Addresses that git takes and that start no program of their own: https, ssh, git and file, `user@host:path`, and
  /// absolute paths.
  static func isAllowed(_ url: String) -> Bool {
    guard !url.hasPrefix("-"), !url.utf8.contains(where: { $0 < 0x21 || $0 == 0x7F || $0 == 0x22 || $0 == 0x5C })
    else { return false }
    if let scheme = scheme(of: url) {
      guard ["https", "http", "ssh", "git", "file"].contains(scheme) else { return false }
      return !url.dropFirst(scheme.utf8.count + 3).hasPrefix("-")
    }
    if url.hasPrefix("/") { return true }
    // `ext::sh -c …` and the like are helpers to be run.
    guard let colon = url.firstIndex(of: ":"), !url[url.index(after: colon)...].hasPrefix(":") else { return false }
    let host = url[..<colon]
    return !host.isEmpty && !host.contains("/") && !(host.split(separator: "@").last ?? "-").hasPrefix("-")
  }
}
