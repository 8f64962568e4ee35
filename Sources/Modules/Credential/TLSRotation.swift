import Functions
import HostSystem
import OpenSSL
import Value

/// A server's key and certificate: new ones beside the old, switched by renames, the service reloaded, and what it
/// serves then looked at in a real handshake. The old pair stays until that has been seen.
struct TLSRotation: RotationKind {
  static let kindName = "tls"

  struct Settings: Sendable {
    var certificate: String
    var key: String
    var isRequest = false
    /// The unit to reload.
    var unit: String?
    /// Or, for a server that is no unit, the file with its process id: it gets SIGHUP.
    var pidFile: String?
    var endpoint: TLSEndpoint?
    var serverName: String?
    var checkTimeout = 10
    var days = 365
    var commonName: String?
    var alternativeNames: [String] = []
    var keyType = NewKey.KeyType.ec
  }

  enum Note { static let certificate = "certificate", request = "csr" }

  let settings: Settings
  let context: FunctionContext

  var kind: String { Self.kindName }
  var name: String { settings.certificate }
  var isSharedWithOperators: Bool { false }
  var awaitsIssue: Bool { settings.isRequest }
  var files: HostFiles { context.files }

  var parameters: [String: String] {
    var map = ["key": settings.key, "check_timeout": String(settings.checkTimeout)]
    map["reload"] = settings.unit
    map["reload_pid_file"] = settings.pidFile
    map["check"] = settings.endpoint?.description
    map["server_name"] = settings.serverName
    return map
  }

  func plan() async throws -> RotationPlan {
    for path in [settings.certificate, settings.key] { try checkPath(path) }
    guard settings.certificate != settings.key else {
      throw FunctionError(
        .badArguments, "\(settings.key) holds key and certificate in one file, which this does not rotate.",
        hint: "Give the service a file for each.")
    }
    guard (1...36500).contains(settings.days), (1...600).contains(settings.checkTimeout) else {
      throw FunctionError(.badArguments, "days is 1 to 36500 and check_timeout is 1 to 600 seconds.")
    }
    if let unit = settings.unit {
      guard !unit.isEmpty, !unit.hasPrefix("-") else { throw FunctionError(.badArguments, "'\(unit)' is not a unit.") }
      guard context.commands.which("systemctl") != nil else {
        throw FunctionError(.unavailable, "systemctl is not on this host, so \(unit) cannot be reloaded.")
      }
    }
    if settings.pidFile != nil { _ = try serverProcess() }
    let old = try CertificateFile.first(settings.certificate, files: files)
    _ = try subject(replacing: old)
    return RotationPlan(previousFingerprint: old.fingerprint(), notes: [:])
  }

  func generate(_ plan: RotationPlan, version: Int) async throws -> RotationMaterial {
    let old = try CertificateFile.first(settings.certificate, files: files)
    let subject = try subject(replacing: old)
    let key = try NewKey(settings.keyType)
    if settings.isRequest {
      return RotationMaterial(
        version: version, secret: key.pem, fingerprint: "",
        notes: [Note.request: try subject.request(key.key)])
    }
    let certificate = try subject.selfSigned(key.key, from: RotationTime.now(), days: settings.days)
    return RotationMaterial(
      version: version, secret: key.pem, fingerprint: certificate.fingerprint(),
      notes: [Note.certificate: certificate.pem])
  }

  func stage(_ material: RotationMaterial) async throws {
    let paths = paths(material.version)
    // Nothing has been switched yet, so copies under these names are leftovers, which a rollback must not put back.
    try files.remove(paths.previousKey)
    try files.remove(paths.previousCertificate)
    try material.secret.withBytes { try files.write(paths.nextKey, $0, mode: 0o600) }
  }

  func apply(_ material: RotationMaterial) async throws {
    let paths = paths(material.version)
    let certificate = try checkedCertificate(material)
    // A copy that is there already is from before a crash: what lies at the path by now may be the new one.
    try keep(settings.key, as: paths.previousKey)
    try keep(settings.certificate, as: paths.previousCertificate)
    try material.secret.withBytes { try files.write(settings.key, $0) }
    try files.write(settings.certificate, text: certificate)
    try files.remove(paths.nextKey)
    try await reload()
  }

  func verify(_ material: RotationMaterial) async throws {
    _ = try checkedCertificate(material)
    let installed = try CertificateFile.first(settings.certificate, files: files).fingerprint()
    let isKeyThere = Secret(try files.read(settings.key)).isEqual(to: material.secret)
    guard installed == material.fingerprint, isKeyThere else {
      throw FunctionError(.failed, "\(settings.certificate) and \(settings.key) do not hold the new pair")
    }
    if settings.endpoint == nil { return try await checkUnitIsActive() }
    try await checkServed(material.fingerprint)
  }

  func revokeOld(version: Int) async throws {
    let paths = paths(version)
    for path in [paths.previousKey, paths.previousCertificate, paths.nextKey] { try files.remove(path) }
  }

  func rollBack(_ material: RotationMaterial) async throws {
    let paths = paths(material.version)
    let isKeyKept = files.exists(paths.previousKey)
    let isCertificateKept = files.exists(paths.previousCertificate)
    if isKeyKept { try restore(settings.key, from: paths.previousKey) }
    if isCertificateKept { try restore(settings.certificate, from: paths.previousCertificate) }
    // The copies are what says that a switch had begun, so they go last.
    if isKeyKept || isCertificateKept { try await reload() }
    for path in [paths.nextKey, paths.previousKey, paths.previousCertificate] { try files.remove(path) }
  }
}
