import Functions
import HostSystem
import OpenSSL
import OrderedCollections
import Value

/// A revocation list as `x509.create_crl` and `x509.crl_managed` are asked for it.
struct X509RevocationList {
  static let parameters: [Parameter] = [
    .required("signing_private_key", .string, "Path or PEM of the authority's key."),
    .required(
      "revoked", .list,
      "Maps with `certificate` or `serial_number`, and `revocation_date`, `not_after`, `reason` (keyCompromise, …)."),
    .optional("signing_cert", .string, "Path or PEM of the authority's certificate; needed here."),
    .optional("signing_private_key_passphrase", .string, "What the key is encrypted with."),
    .optional("include_expired", .bool, default: false, "Also certificates that have expired."),
    .optional("days_valid", .int, default: 100, "Days until the next list is due."), X509Parameters.digest,
    .optional("encoding", .string, default: "pem", "How it is written.", choices: ["pem", "der"]),
    .optional("extensions", .map, "`cRLNumber` (a number; `auto` in a state), `authorityKeyIdentifier`."),
  ]

  let encoding: X509Source.Encoding
  private let key: PrivateKey
  private let authority: Certificate
  private let entries: [RevokedEntry]
  /// Entries whose date was not given: a list that is there keeps its own.
  private let undated: Set<[UInt8]>
  private let days: Int64
  private let digest: String
  private let number: Value
  private let identifiesKey: Bool

  init(_ arguments: Arguments, _ files: HostFiles) throws {
    let source = X509Source(files: files)
    key = try source.privateKey(
      arguments.string("signing_private_key"), passphrase: arguments.optionalString("signing_private_key_passphrase"))
    guard let path = arguments.optionalString("signing_cert") else {
      throw FunctionError(.badArguments, "A revocation list names its authority: give signing_cert=.")
    }
    authority = try source.certificate(path)
    guard try authority.publicKey().isSamePair(as: key) else {
      throw FunctionError(.failed, "Signing private key does not match the certificate's public key")
    }
    encoding = X509Source.Encoding(rawValue: arguments.string("encoding")) ?? .pem
    digest = arguments.string("digest")
    let days = arguments.int("days_valid") ?? 100
    guard (1...36500).contains(days) else { throw FunctionError(.badArguments, "days_valid is 1 to 36500.") }
    self.days = Int64(days)
    let extensions = arguments.map("extensions")
    for name in extensions.keys where !["cRLNumber", "authorityKeyIdentifier"].contains(name.description) {
      throw FunctionError(.badArguments, "A list gets no extension '\(name)' here.")
    }
    number = extensions["cRLNumber"] ?? .null
    guard number.isNull || number == "auto" || (number.intValue ?? -1) >= 0 else {
      throw FunctionError(.badArguments, "cRLNumber is a number or auto, not \(number).")
    }
    identifiesKey = extensions["authorityKeyIdentifier"] != nil
    var entries: [RevokedEntry] = []
    var undated: Set<[UInt8]> = []
    for item in arguments.list("revoked") {
      guard let entry = try Self.entry(item, source, includesExpired: arguments.bool("include_expired")) else {
        continue
      }
      entries.append(entry.entry)
      if !entry.isDated { undated.insert(entry.entry.serialNumber) }
    }
    (self.entries, self.undated) = (entries, undated)
  }

  /// A new list; of one that is there, its dates and its number are gone on from.
  func make(after current: RevocationList?) throws -> RevocationList {
    let former = Dictionary(try current?.entries().map { ($0.serialNumber, $0.date) } ?? []) { first, _ in first }
    let dated = entries.map { entry in
      var entry = entry
      if undated.contains(entry.serialNumber), let date = former[entry.serialNumber] { entry.date = date }
      return entry
    }
    let now = RotationTime.now()
    return try RevocationList(
      dated, authority: authority, key: key, from: now, until: now + days * 86400,
      number: number == "auto" ? try Self.number(of: current) + 1 : number.intValue, identifiesKey: identifiesKey,
      digest: digest.uppercased())
  }

  func bytes(of list: RevocationList) -> [UInt8] { encoding == .der ? list.der : Array(list.pem.utf8) }

  /// How a list that is there differs from what is asked for, with Salt's keys.
  func differences(from current: RevocationList) throws -> ValueMap {
    let wanted = try make(after: current)
    var changes: ValueMap = [:]
    if wanted.issuer != current.issuer { changes["issuer_name"] = .string(X509Subject.text(wanted.issuer)) }
    let isSigned = current.isSigned(by: key)
    if !isSigned { changes["public_key"] = true }
    if isSigned, wanted.signatureAlgorithm != current.signatureAlgorithm { changes["digest"] = .string(digest) }
    let present = try current.entries()
    let new = try wanted.entries()
    func numbers(_ entries: [RevokedEntry]) -> Value {
      .strings(entries.map { CertificateOrder.hexadecimal($0.serialNumber) })
    }
    let added = new.filter { entry in !present.contains { $0.serialNumber == entry.serialNumber } }
    let removed = present.filter { entry in !new.contains { $0.serialNumber == entry.serialNumber } }
    let changed = new.filter { entry in
      present.contains { $0.serialNumber == entry.serialNumber && $0.reason != entry.reason }
    }
    if !(added + removed + changed).isEmpty {
      changes["revocations"] = ["added": numbers(added), "changed": numbers(changed), "removed": numbers(removed)]
    }
    // A number that counts by itself is no difference.
    func compared(_ list: RevocationList) throws -> [CertificateExtension] {
      try list.extensions().filter { number != "auto" || $0.name != "crlNumber" }
    }
    let extensions = ExtensionDifference(from: try compared(current), to: try compared(wanted))
    if !extensions.isEmpty { changes["extensions"] = extensions.value }
    return changes
  }

  static func list(_ bytes: [UInt8], name: String) throws -> RevocationList {
    var der = bytes
    if PEMBlock.isPEM(bytes) {
      guard let block = try X509Source.blocks(bytes, name: name).first(where: { $0.label == "X509 CRL" }) else {
        throw FunctionError(.notFound, "\(name) has no X509 CRL block.")
      }
      der = block.der
    }
    do { return try RevocationList(der: der) } catch { throw FunctionError(error) }
  }

  private static func number(of list: RevocationList?) throws -> Int64 {
    let text = try list?.extensions().first { $0.name == "crlNumber" }?.text ?? "0"
    return text.hasPrefix("0x") ? Int64(text.dropFirst(2), radix: 16) ?? 0 : Int64(text) ?? 0
  }

  /// Nil for one that has expired.
  private static func entry(
    _ item: Value, _ source: X509Source, includesExpired: Bool
  ) throws -> (entry: RevokedEntry, isDated: Bool)? {
    guard var map = item.mapValue else {
      throw FunctionError(.badArguments, "'\(item)' is no map: write - serial_number: 0A:0B, or - certificate: PATH.")
    }
    // The older form: an id with a list of maps.
    if map.count == 1, let list = map.elements[0].value.listValue {
      map = list.compactMap(\.mapValue).reduce(into: [:]) { map, part in map.merge(part) { $1 } }
    }
    let known = ["certificate", "serial_number", "revocation_date", "not_after", "reason", "extensions"]
    for name in map.keys where !known.contains(name.description) {
      throw FunctionError(
        .badArguments, "A revoked certificate has no '\(name)'; there are \(known.joined(separator: ", ")).")
    }
    var end = try map["not_after"].map { try CertificateOrder.time($0.description, "not_after") }
    var serialNumber = try map["serial_number"].map { try CertificateOrder.serialNumber($0) }
    if let path = map["certificate"]?.description {
      let certificate = try source.certificate(path)
      (serialNumber, end) = (certificate.serialNumber, certificate.notAfter)
    }
    guard let serialNumber else { throw FunctionError(.badArguments, "Need serial_number or certificate") }
    if let end, !includesExpired, end < RotationTime.now() { return nil }
    let reason = map["extensions"]?["CRLReason"] ?? map["reason"]
    if let reason, !RevokedEntry.reasons.contains(reason.description) {
      throw FunctionError(
        .badArguments,
        "'\(reason)' is no reason to revoke a certificate; there are \(RevokedEntry.reasons.joined(separator: ", ")).")
    }
    let date = try map["revocation_date"].map { try CertificateOrder.time($0.description, "revocation_date") }
    return (
      RevokedEntry(serialNumber: serialNumber, date: date ?? RotationTime.now(), reason: reason?.description),
      date != nil
    )
  }
}
