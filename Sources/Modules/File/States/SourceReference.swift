import Functions
import Value

/// Where a state's file comes from: `salt://…`, `file://…` or a path of this host.
enum SourceReference: Sendable, Hashable {
  /// Below the roots of an environment; nil for that of the state.
  case salt(path: String, environment: String?)
  case local(String)
  /// `http:`, `https:`, `ftp:` and what else names another machine.
  case remote(String)

  init(_ text: String) {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else {
      self = .local(StatePath.expanded(text))
      return
    }
    let rest = text[text.index(colon, offsetBy: 3)...]
    switch text[..<colon].lowercased() {
    case "salt":
      let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      var environment: String?
      for word in (parts.count > 1 ? parts[1] : "").split(separator: "&") where word.hasPrefix("saltenv=") {
        environment = String(word.dropFirst("saltenv=".count))
      }
      // A leading bar protects signs that an address would take for its own.
      let path = parts.first.map { $0.hasPrefix("|") ? $0.dropFirst() : $0 } ?? ""
      self = .salt(path: String(path), environment: environment)
    case "file":
      self = .local(String(rest))
    default:
      self = .remote(text)
    }
  }

  /// Whether a path below the roots stays there.
  static func isSafe(_ path: String) -> Bool {
    !path.isEmpty && !path.hasPrefix("/") && !path.utf8.contains(0)
      && !path.split(separator: "/").contains("..")
  }
}
