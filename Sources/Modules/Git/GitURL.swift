import Functions
import HostSystem

/// The address of a repository. A password in it is taken out: it is never on a command line, in a checkout's
/// configuration or in a result.
struct GitURL: Sendable, Hashable {
  /// Without a password.
  let text: String
  /// User and password that the address had, decoded.
  let user: String?
  let password: String?

  init(_ text: String, _ argument: String = "name") throws(FunctionError) {
    guard !text.isEmpty, !text.hasPrefix("-"), !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
      throw FunctionError(
        .badArguments, "'\(argument)' is not the address of a repository: '\(GitText.redacted(text))'.",
        hint: "It may not be empty, begin with a dash or hold control characters.")
    }
    let scheme = text.firstRange(of: "://").map { text[..<$0.lowerBound].lowercased() }
    guard let scheme, ["http", "https"].contains(scheme), let start = text.firstRange(of: "://")?.upperBound else {
      (self.text, user, password) = (text, nil, nil)
      return
    }
    let end = text[start...].firstIndex(of: "/") ?? text.endIndex
    guard let at = text[start..<end].lastIndex(of: "@") else {
      (self.text, user, password) = (text, nil, nil)
      return
    }
    let parts = text[start..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    self.text = String(text[..<start] + text[text.index(after: at)...])
    user = GitText.percentDecoded(parts[0])
    password = parts.count > 1 ? GitText.percentDecoded(parts[1]) : nil
  }

  /// `https://host:port`; nil for what is not reached by https or http.
  var origin: String? {
    guard let start = text.firstRange(of: "://")?.upperBound else { return nil }
    let scheme = text[..<start].lowercased()
    guard ["https://", "http://"].contains(scheme) else { return nil }
    return scheme + text[start...].prefix { $0 != "/" }
  }
}
