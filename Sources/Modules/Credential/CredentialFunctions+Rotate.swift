import Functions
import HostSystem
import Value

extension CredentialFunctions {
  static let rotate = Function(
    "credential.rotate", "Replaces a password, or a TLS key with its certificate, and proves that the new one works.",
    details: """
      One machine for all kinds: planned, generated, staged, applied, verified, committed, old-revoked. What is about to \
      be done is written down before it is done, so that a rotation that was cut off goes on with the same new secret when \
      it is asked for again. What fails before the commit is rolled back, and the old credential stays in force; what can be \
      neither undone nor finished is `orphaned`, which every listing shows until a person has acted (`retry=True`).

      kind=unix-password makes a random password on the host, sets its yescrypt hash through `chpasswd -e` and hashes it \
      again to verify. The password leaves the host only sealed to the keys of the operators that come with the job; \
      `brine secrets open` reads it. kind=tls makes a key and a self-signed certificate with the names of the old one, \
      switches both files, reloads the unit and looks at what `check` serves then. With csr=True it stops once the key is \
      staged and returns the request; `credential.install` goes on with the issued certificate.

      Returns `{kind, name, result, version, fingerprint, previous_fingerprint, rotated_at, sealed: {operator: text}, \
      phases}`; result is `rotated`, `unchanged` (since), `staged` (csr) or, in test mode, `planned`. A rotation that was \
      rolled back is an error. A password's fingerprint is that of its hash.

      Examples: `brine run -C 'G@roles:web' credential.rotate kind=tls certificate=/etc/nginx/tls.crt key=/etc/nginx/tls.key \
      reload=nginx check=127.0.0.1:443 since=2014-04-07`; `brine run web1 credential.rotate kind=unix-password user=deploy`.
      """,
    effect: .change,
    parameters: [
      .required("kind", .string, "What is rotated.", choices: ["unix-password", "tls"]),
      .optional("user", .string, "unix-password: the local account."),
      .optional("certificate", .string, "tls: path of the certificate, PEM."),
      .optional("key", .string, "tls: path of its private key, PEM."),
      .optional("csr", .bool, default: false, "tls: stop with a request for a certificate authority outside."),
      .optional(
        "self_signed", .bool, default: true, "tls: sign the certificate with its own key; csr=True excludes it."),
      .optional("reload", .string, "tls: systemd unit to reload (or restart, where it cannot reload)."),
      .optional(
        "reload_pid_file", .string, "tls: file with the id of a process to send SIGHUP, for a server without a unit."),
      .optional("check", .string, "tls: HOST:PORT that must serve the new certificate before the old one is removed."),
      .optional("server_name", .string, "tls: name to ask `check` for (SNI); its host, unless that is an address."),
      .optional("check_timeout", .int, default: 10, "tls: seconds until `check` has to serve the new certificate."),
      .optional("days", .int, default: 365, "tls: validity of a self-signed certificate."),
      .optional("common_name", .string, "tls: subject, instead of the old certificate's."),
      .optional("sans", .stringList, "tls: DNS names and addresses, instead of the old certificate's."),
      .optional(
        "key_type", .string, default: "ec", "tls: P-256, RSA of 3072 bits, or Ed25519.",
        choices: ["ec", "rsa", "ed25519"]),
      .optional("length", .int, default: 24, "unix-password: characters, 24 to 256."),
      .optional(
        "scheme", .string, default: "yescrypt", "unix-password: how it is hashed; sha512 for hosts before 2020.",
        choices: ["yescrypt", "sha512"]),
      .optional("unlock", .bool, default: false, "unix-password: also for an account that has no usable password now."),
      .optional("since", .string, "ISO 8601 date or time: do nothing if it was rotated then or later."),
      .optional("retry", .bool, default: false, "Try an orphaned rotation again."),
    ]
  ) { arguments, context in
    var request = RotationRequest(isRetry: arguments.bool("retry"))
    if let text = arguments.optionalString("since") {
      guard let since = RotationTime.parse(text) else {
        throw FunctionError(
          .badArguments, "since='\(text)' is not an ISO 8601 date or time.",
          hint: "Write 2014-04-07 or 2014-04-07T17:30:00Z.")
      }
      request.since = since
    }
    return try await RotationDriver(try kind(arguments, context), context).rotate(request)
  }

  private static func kind(_ arguments: Arguments, _ context: FunctionContext) throws -> any RotationKind {
    let kind = arguments.string("kind")
    func need(_ name: String) throws -> String {
      guard let value = arguments.optionalString(name), !value.isEmpty else {
        throw FunctionError(.badArguments, "kind=\(kind) needs \(name)=.")
      }
      return value
    }
    guard kind == TLSRotation.kindName else {
      return UnixPasswordRotation(
        user: try need("user"), length: arguments.int("length") ?? UnambiguousPassword.defaultLength,
        scheme: UnixCrypt.Scheme(rawValue: arguments.string("scheme")) ?? .yescrypt,
        mayUnlock: arguments.bool("unlock"), context: context)
    }
    let isRequest = arguments.bool("csr")
    guard isRequest || arguments.bool("self_signed") else {
      throw FunctionError(
        .badArguments, "A certificate is either self-signed or asked for: self_signed=False needs csr=True.")
    }
    var settings = TLSRotation.Settings(certificate: try need("certificate"), key: try need("key"))
    settings.isRequest = isRequest
    settings.unit = arguments.optionalString("reload")
    settings.pidFile = arguments.optionalString("reload_pid_file")
    settings.endpoint = try arguments.optionalString("check").map(TLSEndpoint.init)
    settings.serverName = arguments.optionalString("server_name")
    settings.checkTimeout = arguments.int("check_timeout") ?? settings.checkTimeout
    settings.days = arguments.int("days") ?? settings.days
    settings.commonName = arguments.optionalString("common_name")
    settings.alternativeNames = arguments.strings("sans")
    settings.keyType = NewKey.KeyType(rawValue: arguments.string("key_type")) ?? .ec
    return TLSRotation(settings: settings, context: context)
  }
}
