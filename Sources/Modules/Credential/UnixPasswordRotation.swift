import Functions
import Hashing
import HostSystem
import Value

/// The password of a local account: generated here, hashed with libcrypt, set through `chpasswd -e`, verified against
/// /etc/shadow. The clear text is in memory only, and on disk only sealed.
struct UnixPasswordRotation: RotationKind {
  let user: String
  let length: Int
  let scheme: UnixCrypt.Scheme
  /// Whether an account without a usable password may be given one.
  let mayUnlock: Bool
  let context: FunctionContext

  private enum Note { static let hash = "hash", previous = "previous_hash" }

  var kind: String { "unix-password" }
  var name: String { user }
  var isSharedWithOperators: Bool { true }
  private var shadow: ShadowFile { ShadowFile(files: context.files) }

  func plan() async throws -> RotationPlan {
    // chpasswd reads `user:hash` lines: a colon or a line's end in the name would be another account's line.
    guard !user.isEmpty, user.utf8.count <= 256, !user.hasPrefix("-"),
      user.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ":") })
    else { throw FunctionError(.badArguments, "'\(user)' is not an account's name.") }
    guard UnambiguousPassword.lengths.contains(length) else {
      throw FunctionError(.badArguments, "The length of a password is 24 to 256 characters, not \(length).")
    }
    let old = try shadow.passwordHash(of: user)
    let isLocked = old.isEmpty || old.hasPrefix("!") || old.hasPrefix("*")
    guard !isLocked || mayUnlock else {
      throw FunctionError(
        .failed, "The account \(user) has no usable password; giving it one would open it. Nothing was done.",
        hint: "If that is what you want, add unlock=True.")
    }
    guard context.commands.which("chpasswd") != nil else {
      throw FunctionError(
        .unavailable, "chpasswd is not on this host.", hint: "It is in the package passwd or shadow-utils.")
    }
    return RotationPlan(previousFingerprint: isLocked ? nil : Self.fingerprint(old), notes: [Note.previous: old])
  }

  func generate(_ plan: RotationPlan, version: Int) async throws -> RotationMaterial {
    let password = try UnambiguousPassword.generate(length: length)
    guard let hash = UnixCrypt.hash(password, scheme: scheme) else {
      throw FunctionError(.failed, "libcrypt cannot make a \(scheme.rawValue) hash.")
    }
    return RotationMaterial(
      version: version, secret: password, fingerprint: Self.fingerprint(hash), notes: [Note.hash: hash])
  }

  /// Nobody has to know the new password before it is set.
  func stage(_ material: RotationMaterial) async throws {}

  func apply(_ material: RotationMaterial) async throws {
    let (new, old) = try hashes(material)
    let current = try shadow.passwordHash(of: user)
    if current == new { return }
    guard current == old else {
      throw FunctionError(.failed, "somebody else changed the password of \(user) meanwhile; theirs is left in force")
    }
    try await set(new)
  }

  func verify(_ material: RotationMaterial) async throws {
    let stored = try shadow.passwordHash(of: user)
    guard stored == (try hashes(material).new) else {
      throw FunctionError(.failed, "\(ShadowFile.path) does not hold the new hash of \(user)")
    }
    guard UnixCrypt.matches(material.secret, hash: stored) else {
      throw FunctionError(.failed, "the new password of \(user) does not hash to what \(ShadowFile.path) holds")
    }
  }

  /// The old password went with the hash that was replaced.
  func revokeOld(version: Int) async throws {}

  func rollBack(_ material: RotationMaterial) async throws {
    let (new, old) = try hashes(material)
    // Only what this rotation set is taken back: a password that somebody else set since stays.
    guard try shadow.passwordHash(of: user) == new else { return }
    try await set(old)
    guard try shadow.passwordHash(of: user) == old else {
      throw FunctionError(.failed, "\(ShadowFile.path) does not hold the old hash of \(user) again")
    }
  }

  private func hashes(_ material: RotationMaterial) throws -> (new: String, old: String) {
    guard let new = material.notes[Note.hash], let old = material.notes[Note.previous] else {
      throw FunctionError(.failed, "the ledger lacks the hashes of \(user)")
    }
    return (new, old)
  }

  private func set(_ hash: String) async throws {
    var command = Command("chpasswd", "-e")
    command.standardInput = .secret(Secret("\(user):\(hash)\n"))
    command.environment = ["LC_ALL": "C.UTF-8", "LANGUAGE": "C"]
    command.timeout = .seconds(60)
    let result = try await context.commands.run(command)
    guard result.isSuccess else {
      throw FunctionError(
        .failed, "chpasswd -e ended with \(result.exitCode) for \(user): \(result.errorText.prefix(500).trimmed())")
    }
  }

  /// Of the hash, not of the password: anybody who may read the shadow file can compare it.
  private static func fingerprint(_ hash: String) -> String {
    "sha256:" + DigestAlgorithm.sha256.hexadecimal(of: Array(hash.utf8))
  }
}
