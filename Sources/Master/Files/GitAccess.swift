import Sealing
import Value

/// How the master proves itself to a git server.
public struct GitAccess: Sendable, Hashable {
  /// For https.
  public var user = ""
  public var password: Secret?
  /// The file of a private key, without a passphrase; for ssh.
  public var privateKey = ""
  /// Whether the server's certificate is checked.
  public var verifiesCertificate = true

  public init() {}

  public static func == (left: GitAccess, right: GitAccess) -> Bool {
    left.user == right.user && left.privateKey == right.privateKey
      && left.verifiesCertificate == right.verifiesCertificate
      && left.password?.withBytes({ $0 }) == right.password?.withBytes({ $0 })
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(user)
    hasher.combine(privateKey)
  }

  /// What stands in git's configuration while it asks this server: never on a command line or in an environment.
  func configuration(for url: String) -> String {
    guard let password else { return "" }
    let token = password.withBytes { Base64URL.encode(Array("\(user):".utf8) + $0) }
    let standard = String(
      decoding: token.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "+") : $0 == UInt8(ascii: "_") ? 0x2F : $0 },
      as: UTF8.self)
    let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
    return "[http \"\(url)\"]\n\textraHeader = Authorization: Basic \(standard)\(padding)\n"
  }

  /// The program for ssh, as git's shell reads it.
  var sshCommand: String {
    let key = privateKey.isEmpty ? "" : " -o IdentitiesOnly=yes -i '\(privateKey)'"
    return "ssh -o BatchMode=yes -o ConnectTimeout=30\(key)"
  }
}
