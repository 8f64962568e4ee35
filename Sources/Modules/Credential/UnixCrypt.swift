import CCrypt
import Glibc
import Value

/// Password hashes as /etc/shadow holds them, through libcrypt.
enum UnixCrypt {
  enum Scheme: String, Sendable, CaseIterable {
    case yescrypt, sha512

    var prefix: String { self == .yescrypt ? "$y$" : "$6$" }
  }

  /// `sizeof (struct crypt_data)`, which its header fixes; the struct is too large for Swift to import it.
  private static let workAreaSize = 32768

  /// Hashes a password under a new random salt; nil when libcrypt does not know the scheme.
  static func hash(_ password: Secret, scheme: Scheme = .yescrypt) -> String? {
    hash(password, prefix: scheme.prefix)
  }

  /// The same for any scheme of libcrypt, by its prefix; none is the old DES.
  static func hash(_ password: Secret, prefix: String) -> String? {
    var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
    guard crypt_gensalt_rn(prefix, 0, nil, 0, &setting, Int32(setting.count)) != nil else { return nil }
    return hash(password, setting: setting)
  }

  /// Hashes a password under a salt that is given.
  ///
  /// - Parameter setting: prefix and salt, as `$6$salt`; nil comes back when libcrypt does not take it.
  static func hash(_ password: Secret, under setting: String) -> String? {
    guard let hash = hash(password, setting: Array(setting.utf8CString)), !hash.hasPrefix("*") else { return nil }
    return hash
  }

  /// A random salt with its prefix (`$6$…`); nil when libcrypt does not know the prefix.
  static func setting(_ prefix: String) -> String? {
    var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
    guard crypt_gensalt_rn(prefix, 0, nil, 0, &setting, Int32(setting.count)) != nil else { return nil }
    return String(decoding: setting.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether the password is the one that was hashed.
  static func matches(_ password: Secret, hash stored: String) -> Bool {
    guard stored.utf8.count > 4, let again = hash(password, setting: stored.utf8CString.map { $0 } as [CChar]) else {
      return false
    }
    return Secret(again).isEqual(to: Secret(stored))
  }

  /// Hashes under a given salt, its prefix before it; nil when libcrypt does not take it.
  static func hash(_ password: Secret, setting: String) -> String? {
    hash(password, setting: setting.utf8CString.map { $0 }).flatMap { $0.hasPrefix("*") ? nil : $0 }
  }

  private static func hash(_ password: Secret, setting: [CChar]) -> String? {
    withUnsafeTemporaryAllocation(byteCount: workAreaSize, alignment: 16) { area -> String? in
      guard let base = area.baseAddress else { return nil }
      memset(base, 0, workAreaSize)
      defer { explicit_bzero(base, workAreaSize) }
      let phraseLength = password.count + 1
      return withUnsafeTemporaryAllocation(byteCount: phraseLength, alignment: 1) { phrase -> String? in
        guard let start = phrase.baseAddress else { return nil }
        defer { explicit_bzero(start, phraseLength) }
        password.withBytes { phrase.copyBytes(from: $0) }
        phrase[password.count] = 0
        let words = start.assumingMemoryBound(to: CChar.self)
        guard let result = crypt_rn(words, setting, base, Int32(workAreaSize)) else { return nil }
        return String(cString: result)
      }
    }
  }
}
