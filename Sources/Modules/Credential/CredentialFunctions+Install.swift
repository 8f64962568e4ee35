import Functions
import HostSystem
import OpenSSL
import Value

extension CredentialFunctions {
  static let install = Function(
    "credential.install", "Goes on with a staged TLS rotation, now that its certificate has been issued.",
    details: """
      The certificate must belong to the key that `credential.rotate kind=tls csr=True` staged. Then both files are \
      switched, the unit is reloaded and `check` is looked at, as the rotation was asked to. Returns what \
      `credential.rotate` returns.

      Example: `brine run web1 credential.install certificate=/etc/nginx/tls.crt certificate_pem="$(cat issued.pem)"`.
      """,
    effect: .change,
    parameters: [
      .required("certificate", .string, "Path of the certificate, as the rotation was given it."),
      .required("certificate_pem", .string, "The issued certificate, with its chain after it, as PEM text."),
    ]
  ) { arguments, context in
    let path = arguments.string("certificate")
    let text = arguments.string("certificate_pem")
    let entry = try waiting(path, context)
    let issued = try CertificateFile.parse(Array(text.utf8), name: "certificate_pem")
    let fingerprint = issued.fingerprint()
    let driver = RotationDriver(try rotation(entry, context), context)
    let secret = try driver.ledger.openPending(entry)
    guard try issued.publicKey().isSamePair(as: NewKey(pem: secret).key) else {
      throw FunctionError(
        .badArguments, "The certificate given was not issued for the key that is staged for \(path). Nothing was done.",
        hint: "Send the request of `credential.status \(path)` to the certificate authority.")
    }
    if context.isTest { return entry.result("planned") }
    let pem = text.hasSuffix("\n") ? text : text + "\n"
    return try await driver.install(notes: [TLSRotation.Note.certificate: pem], fingerprint: fingerprint)
  }

  static let cancel = Function(
    "credential.cancel", "Gives up a TLS rotation that waits for its certificate.",
    details: """
      Removes the staged key; the certificate and key in force were not touched yet. Returns what `credential.rotate` \
      returns, with the result `cancelled`.

      Example: `brine run web1 credential.cancel certificate=/etc/nginx/tls.crt`.
      """,
    effect: .change, parameters: [.required("certificate", .string, "Path of the certificate.")]
  ) { arguments, context in
    let entry = try waiting(arguments.string("certificate"), context)
    if context.isTest { return entry.result("planned") }
    return try await RotationDriver(try rotation(entry, context), context).cancel()
  }

  private static func waiting(_ path: String, _ context: FunctionContext) throws -> RotationEntry {
    guard let entry = try RotationLedger(context).entry(kind: TLSRotation.kindName, name: path),
      entry.rotation.isAwaitingIssue, entry.rotation.phase == .staged
    else {
      throw FunctionError(
        .notFound, "No rotation of \(path) waits for a certificate.",
        hint: "`credential.rotate kind=tls csr=True` starts one.")
    }
    return entry
  }

  /// The rotation as it was asked for.
  private static func rotation(_ entry: RotationEntry, _ context: FunctionContext) throws -> TLSRotation {
    var settings = TLSRotation.Settings(certificate: entry.name, key: entry.parameters["key"] ?? "")
    settings.isRequest = true
    settings.unit = entry.parameters["reload"]
    settings.pidFile = entry.parameters["reload_pid_file"]
    settings.endpoint = try entry.parameters["check"].map(TLSEndpoint.init)
    settings.serverName = entry.parameters["server_name"]
    settings.checkTimeout = entry.parameters["check_timeout"].flatMap { Int($0) } ?? settings.checkTimeout
    return TLSRotation(settings: settings, context: context)
  }
}
