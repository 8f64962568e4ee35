import Functions
import Value

extension ShadowFunctions {
  static let hashing = [generate, defaultHash]

  /// Prefixes of crypt(5) by Salt's names. MD5 and DES are left out: they are guessed in no time.
  private static let prefixes = ["sha512": "$6$", "sha256": "$5$", "blowfish": "$2b$", "yescrypt": "$y$"]

  private static let generate = Function.guarded(
    "shadow.gen_password", "Hashes a password, for templates.",
    details: """
      Returns a hash of crypt(5). A template calls it (`salt['shadow.gen_password'](pillar['pw'], 'a salt')`); an operator \
      cannot, because the password would then stand in the job: `credential.rotate` makes passwords on the hosts. Without \
      a salt every run has another hash, and so changes the password.

      Example: `password: {{ salt['shadow.gen_password'](pillar['deploy']['password'], pillar['deploy']['salt']) }}`
      """,
    effect: .inspect,
    parameters: [
      .required("password", .string, "The password."),
      .optional("crypt_salt", .string, "The salt, 1 to 16 of letters, digits, `.` and `/`; random when not given."),
      .optional(
        "algorithm", .string, default: "sha512", "The kind of hash.",
        choices: ["sha512", "sha256", "blowfish", "yescrypt"]),
    ]
  ) { arguments, context in
    guard context.isNested || context.jobID.isEmpty else {
      throw FunctionError(
        .badArguments, "shadow.gen_password is for templates: a password given to a job would be kept with the job.",
        hint: "Use credential.rotate, or make the hash with `mkpasswd -m sha512crypt`.")
    }
    let algorithm = arguments.string("algorithm")
    let prefix = prefixes[algorithm] ?? "$6$"
    let setting: String?
    if let salt = arguments.optionalString("crypt_salt"), !salt.isEmpty {
      guard ["sha512", "sha256"].contains(algorithm), salt.utf8.count <= 16, salt.utf8.allSatisfy(isSalt) else {
        throw FunctionError(
          .badArguments, "'crypt_salt' has 1 to 16 letters, digits, '.' or '/', and is for sha512 and sha256 only.")
      }
      setting = prefix + salt
    } else {
      setting = UnixCrypt.setting(prefix)
    }
    guard !arguments.string("password").utf8.contains(0), let setting,
      let hash = UnixCrypt.hash(Secret(arguments.string("password")), under: setting)
    else { throw FunctionError(.failed, "The C library here cannot make hashes of the kind \(algorithm).") }
    return .string(hash)
  }

  private static let defaultHash = Function(
    "shadow.default_hash", "The password field of an account that no password lets into.",
    details: "Returns `!`. Example: `brine run web1 shadow.default_hash`", effect: .read
  ) { _, _ in "!" }

  private static func isSalt(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || "./".utf8.contains(byte)
  }
}
