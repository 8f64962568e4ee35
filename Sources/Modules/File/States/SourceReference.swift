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
    case "salt", "brine":
      let url = FileURL("salt://\(rest)")
      self = .salt(path: url?.path ?? "", environment: url?.environment)
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
