import Functions
import Hashing
import HostSystem
import OpenSSL
import OrderedCollections
import Value

/// A certificate as `x509.create_certificate` and `x509.certificate_managed` are asked for it.
struct CertificateOrder {
  let template: CertificateTemplate
  let signingKey: PrivateKey
  let authority: Certificate?
  /// Certificates that follow it in the file.
  let chain: [Certificate]
  let encoding: X509Source.Encoding
  private let hasSerialNumber: Bool
  private let hasTimes: (start: Bool, end: Bool)

  init(_ arguments: Arguments, _ files: HostFiles) throws {
    try X509Parameters.refuseRemote(arguments)
    let source = X509Source(files: files)
    guard let signing = arguments.optionalString("signing_private_key") else {
      throw FunctionError(.badArguments, "Creating a certificate locally at least requires a signing private key.")
    }
    signingKey = try source.privateKey(
      signing, passphrase: arguments.optionalString("signing_private_key_passphrase"))
    authority = try arguments.optionalString("signing_cert").map(source.certificate)
    let request = try arguments.optionalString("csr").map(source.request)
    let key = try Self.subjectKey(arguments, source, signingKey, authority, request)
    if let authority, try !authority.publicKey().isSamePair(as: signingKey) {
      throw FunctionError(.failed, "Signing private key does not match the certificate's public key")
    }
    if let request, try !request.isSigned() {
      throw FunctionError(.failed, "The request was not signed with the key that it is for.")
    }
    encoding = X509Source.Encoding(rawValue: arguments.string("encoding")) ?? .pem
    chain = try arguments.strings("append_certs").map(source.certificate)
    guard encoding == .pem || chain.isEmpty else {
      throw FunctionError(.badArguments, "Cannot encode a certificate chain in DER")
    }
    let now = RotationTime.now()
    let days = arguments.int("days_valid") ?? 365
    guard (1...36500).contains(days) else { throw FunctionError(.badArguments, "days_valid is 1 to 36500.") }
    template = CertificateTemplate(
      subject: try X509Subject.read(arguments), publicKey: key,
      serialNumber: try Self.serialNumber(arguments["serial_number"]),
      notBefore: try Self.time(arguments, "not_before") ?? now,
      notAfter: try Self.time(arguments, "not_after") ?? now + Int64(days) * 86400,
      extensions: try Self.extensions(arguments, request), digest: arguments.string("digest").uppercased())
    guard template.notAfter > template.notBefore else {
      throw FunctionError(.badArguments, "not_after is not after not_before.")
    }
    hasSerialNumber = arguments.isGiven("serial_number")
    hasTimes = (arguments.isGiven("not_before"), arguments.isGiven("not_after"))
  }

  func certificate() throws -> Certificate {
    do { return try template.signed(with: signingKey, authority: authority) } catch { throw FunctionError(error) }
  }

  func bytes(of certificate: Certificate) -> [UInt8] {
    encoding == .der ? certificate.der : Array(([certificate] + chain).map(\.pem).joined().utf8)
  }

  /// How a certificate that is there differs from what is asked for, with Salt's keys; empty when it will do.
  func differences(from current: Certificate) throws -> ValueMap {
    var template = template
    // One that is its own authority may name its number, which is another one each time.
    if !hasSerialNumber, !current.serialNumber.isEmpty { template.serialNumber = current.serialNumber }
    let wanted: Certificate
    do { wanted = try template.signed(with: signingKey, authority: authority) } catch { throw FunctionError(error) }
    var changes: ValueMap = [:]
    if hasSerialNumber, wanted.serialNumber != current.serialNumber {
      changes["serial_number"] = .string(Self.hexadecimal(wanted.serialNumber))
    }
    if hasTimes.start, wanted.notBefore != current.notBefore { changes["not_before"] = true }
    if hasTimes.end, wanted.notAfter != current.notAfter { changes["not_after"] = true }
    if try !current.publicKey().isSamePair(as: wanted.publicKey()) { changes["private_key"] = true }
    if authority != nil, !current.isSigned(by: signingKey) { changes["signing_private_key"] = true }
    if wanted.subject != current.subject { changes["subject_name"] = .string(X509Subject.text(wanted.subject)) }
    if wanted.issuer != current.issuer { changes["issuer_name"] = .string(X509Subject.text(wanted.issuer)) }
    if wanted.signatureAlgorithm != current.signatureAlgorithm, changes["signing_private_key"] == nil {
      changes["digest"] = .string(template.digest.lowercased())
    }
    let extensions = ExtensionDifference(from: try current.extensions(), to: try wanted.extensions())
    if !extensions.isEmpty { changes["extensions"] = extensions.value }
    return changes
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String { Hexadecimal.colons(bytes.isEmpty ? [0] : bytes) }

  // MARK: Arguments

  private static func subjectKey(
    _ arguments: Arguments, _ source: X509Source, _ signing: PrivateKey, _ authority: Certificate?,
    _ request: CertificateRequest?
  ) throws -> KeyHandle {
    guard authority != nil else { return signing }
    if let path = arguments.optionalString("private_key") {
      return try source.privateKey(path, passphrase: arguments.optionalString("private_key_passphrase"))
    }
    if let path = arguments.optionalString("public_key") { return try source.publicKey(path) }
    if let request { return try request.publicKey() }
    throw FunctionError(
      .badArguments,
      "This certificate is not self-signed (signing_cert is set) and thus needs public_key, private_key or csr to derive public key to sign"
    )
  }

  /// Those given, and of a request's those that are not given and that it may ask for.
  private static func extensions(_ arguments: Arguments, _ request: CertificateRequest?) throws -> [ExtensionSetting] {
    var settings = try X509Extension.settings(arguments)
    for item in try request?.extensions() ?? [] where !settings.contains(where: { $0.name == item.name }) {
      guard let setting = try RequestedExtension.setting(item) else { continue }
      settings.append(setting)
    }
    return settings
  }

  static func serialNumber(_ value: Value) throws -> [UInt8] {
    if value.isNull { return try SerialNumber.random() }
    var bytes: [UInt8] = []
    if let number = value.intValue, number >= 0 {
      bytes = withUnsafeBytes(of: number.bigEndian) { Array($0) }
    } else {
      var digits = value.description.filter { $0 != ":" }[...]
      if digits.utf8.count % 2 == 1 { digits = "0" + digits }
      while let byte = UInt8(digits.prefix(2), radix: 16), !digits.isEmpty {
        bytes.append(byte)
        digits = digits.dropFirst(2)
      }
      guard digits.isEmpty else { throw FunctionError(.badArguments, "Could not parse serial number \(value)") }
    }
    let magnitude = Array(bytes.drop { $0 == 0 })
    guard (1...20).contains(magnitude.count) else {
      throw FunctionError(.badArguments, "A serial number is a positive number of at most 20 bytes.")
    }
    return magnitude
  }

  /// `2030-01-31 12:00:00`, UTC.
  private static func time(_ arguments: Arguments, _ name: String) throws -> Int64? {
    try arguments.optionalString(name).map { try time($0, name) }
  }

  static func time(_ text: String, _ name: String) throws -> Int64 {
    guard let seconds = RotationTime.parse(text.replacing(" ", with: "T") + "Z") else {
      throw FunctionError(.badArguments, "\(name) is '\(text)'; it is written 2030-01-31 12:00:00, in UTC.")
    }
    return seconds
  }
}
