/// Addresses of repositories, which may hold a password.
enum RepositoryURL {
  /// `https://user:***@host/…`: everything before the `@` of the authority but the user's name is hidden.
  static func hidingPassword(in text: String) -> String {
    guard let scheme = text.firstRange(of: "://") else { return text }
    let authority = text[scheme.upperBound...].prefix { !"/ ?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else {
      return text[..<authority.endIndex] + hidingPassword(in: String(text[authority.endIndex...]))
    }
    let user = authority[..<at].prefix { $0 != ":" }
    let rest = text[at...]
    // Credentials without a colon are a token.
    let shown = user.endIndex == at ? "***" : "\(user):***"
    return text[..<scheme.upperBound] + shown + hidingPassword(in: String(rest))
  }
}
