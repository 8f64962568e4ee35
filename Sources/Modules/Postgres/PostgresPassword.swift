import Functions
import Hashing
import Value

/// How PostgreSQL keeps a role's password: `md5…`, `SCRAM-SHA-256$…` (RFC 5802, RFC 7677), or as it is.
enum PostgresPassword: Sendable {
  case md5, scram, plain

  /// - Parameter encrypted: null, true or `md5`; false; `scram-sha-256`.
  init(_ encrypted: Value) throws(FunctionError) {
    switch encrypted {
    case .null, .bool(true), "md5": self = .md5
    case .bool(false): self = .plain
    case "scram-sha-256": self = .scram
    default: throw FunctionError(.badArguments, "Unknown password algorithm: \(encrypted.description)")
    }
  }

  /// What is stored for a password; one that is stored so already stays as it is.
  func verifier(_ password: String, role: String) throws -> String {
    switch self {
    case .md5 where !password.hasPrefix("md5"):
      "md5" + DigestAlgorithm.md5.hexadecimal(of: Array((password + role).utf8))
    case .scram where !password.hasPrefix("SCRAM-SHA-256"):
      Self.scram(password, salt: try KernelRandom.bytes(16), iterations: 4096)
    default: password
    }
  }

  /// Whether what is stored stands for a password.
  func verifies(_ password: String, role: String, stored: String) throws -> Bool {
    guard case .scram = self, !password.hasPrefix("SCRAM-SHA-256") else {
      return try verifier(password, role: role) == stored
    }
    let fields = stored.split(separator: "$")
    let numbers = fields.count == 3 ? fields[1].split(separator: ":") : []
    guard fields.first == "SCRAM-SHA-256", numbers.count == 2, let iterations = Int(numbers[0]),
      (1...1_000_000).contains(iterations), let salt = Base64.bytes(of: String(numbers[1]))
    else { return false }
    return Self.scram(password, salt: salt, iterations: iterations) == stored
  }

  private static func scram(_ password: String, salt: [UInt8], iterations: Int) -> String {
    let key = Array(password.utf8)
    var block = MessageAuthentication.hmacSHA256(salt + [0, 0, 0, 1], key: key)
    var salted = block
    for _ in 1..<max(iterations, 1) {
      block = MessageAuthentication.hmacSHA256(block, key: key)
      for index in salted.indices { salted[index] ^= block[index] }
    }
    let client = MessageAuthentication.hmacSHA256(Array("Client Key".utf8), key: salted)
    let stored = DigestAlgorithm.sha256.digest(of: client)
    let server = MessageAuthentication.hmacSHA256(Array("Server Key".utf8), key: salted)
    let (base, second, third) = (
      Base64.text(salt), Base64.text(stored), Base64.text(server)
    )
    return "SCRAM-SHA-256$\(iterations):\(base)$\(second):\(third)"
  }
}
