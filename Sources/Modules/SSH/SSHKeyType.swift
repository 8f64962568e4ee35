import Functions

/// The names of key types, as Salt takes them and as SSH writes them.
enum SSHKeyType {
  private static let full: Set<String> = [
    "ssh-rsa", "ssh-dss", "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
    "rsa-sha2-512", "rsa-sha2-256", "rsa-sha2-512-cert-v01@openssh.com", "rsa-sha2-256-cert-v01@openssh.com",
    "ssh-rsa-cert-v01@openssh.com", "ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "ecdsa-sha2-nistp384-cert-v01@openssh.com", "ecdsa-sha2-nistp521-cert-v01@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com", "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "ssh-ed25519-cert-v01@openssh.com", "sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519-cert-v01@openssh.com",
  ]
  private static let short = [
    "r": "ssh-rsa", "rsa": "ssh-rsa", "d": "ssh-dss", "dsa": "ssh-dss", "dss": "ssh-dss",
    "e": "ecdsa-sha2-nistp256", "ecdsa": "ecdsa-sha2-nistp256", "ed25519": "ssh-ed25519",
  ]

  /// The name as SSH writes it: `rsa` is `ssh-rsa`.
  static func full(_ name: String) throws(FunctionError) -> String {
    if let full = short[name] { return full }
    guard full.contains(name) else {
      throw FunctionError(
        .badArguments, "Incorrect encryption key type '\(name)'.", hint: "Such as ed25519, ecdsa or ssh-rsa.")
    }
    return name
  }

  /// What ssh-keyscan(1) calls it.
  static func scanned(_ name: String) throws(FunctionError) -> String {
    let name = try full(name)
    if name.hasPrefix("ssh-rsa") || name.hasPrefix("rsa-") { return "rsa" }
    if name.hasPrefix("ecdsa-") { return "ecdsa" }
    if name.hasPrefix("ssh-ed25519") { return "ed25519" }
    return name.hasPrefix("ssh-dss") ? "dsa" : name
  }

  /// Whether a key of a type is one of those that a wish (`ecdsa`, `ssh-rsa`) means.
  static func isType(_ type: String, _ wish: String) throws(FunctionError) -> Bool {
    if ["e", "ecdsa"].contains(wish) { return type.hasPrefix("ecdsa-sha2-") }
    return type == (try full(wish))
  }

  /// Whether a word of authorized_keys(5) is the type of a key, not the options before it.
  static func isName(_ word: Substring) -> Bool {
    let name = word.hasPrefix("sk-") ? word.dropFirst(3) : word
    return name.hasPrefix("ssh-") || name.hasPrefix("ecdsa-") || full.contains(String(word))
  }
}
