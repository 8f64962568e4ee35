import Functions
import Hashing
import HostSystem
import OpenSSL
import OrderedCollections
import Value

/// Extensions as Salt takes and shows them.
enum X509Extension {
  /// The settings that the arguments ask for.
  static func settings(_ arguments: Arguments) throws -> [ExtensionSetting] {
    var settings: [ExtensionSetting] = []
    for name in ExtensionSetting.names where arguments.isGiven(name) {
      settings.append(try setting(name, arguments[name]))
    }
    return settings
  }

  private static func setting(_ name: String, _ value: Value) throws -> ExtensionSetting {
    // `OCSP;URI:…`: the one extension whose parts are not named with a colon.
    let (parts, isCritical) = split(value, name == "authorityInfoAccess" ? ";" : ":")
    if name == "subjectAltName" || name == "issuerAltName" {
      let names = try CertificateNames.alternativeNames(parts)
      var setting = try ExtensionSetting(names)
      setting.name = name
      if isCritical { setting.value = "critical, \(setting.value)" }
      return setting
    }
    let texts = parts.map { name == "basicConstraints" ? constraint($0) : $0 }
    do { return try ExtensionSetting(name, ((isCritical ? ["critical"] : []) + texts).joined(separator: ", ")) } catch {
      throw FunctionError(.badArguments, error.message)
    }
  }

  /// The parts of a text, a list or a map, and whether `critical` was among them.
  private static func split(_ value: Value, _ separator: String) -> (parts: [String], isCritical: Bool) {
    var parts: [String]
    switch value {
    case .list(let list): parts = list.flatMap { $0.mapValue.map { pairs($0, separator) } ?? [$0.description] }
    case .map(let map): parts = pairs(map, separator)
    default:
      var text = value.description[...]
      // Salt takes `critical CA:true` too.
      if text.hasPrefix("critical ") { text = "critical," + text.dropFirst(9) }
      parts = text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
    parts = parts.map { $0.trimmed() }
    let isCritical = parts.contains { ["critical", "critical:true"].contains($0.lowercased()) }
    parts.removeAll { $0.lowercased().hasPrefix("critical") }
    return (parts.filter { !$0.isEmpty }, isCritical)
  }

  private static func pairs(_ map: ValueMap, _ separator: String) -> [String] {
    map.flatMap { key, value -> [String] in
      switch value {
      case .list(let list): list.map { "\(key)\(separator)\($0)" }
      case .null: []
      default: ["\(key)\(separator)\(value)"]
      }
    }
  }

  /// `ca:true` as OpenSSL wants it.
  private static func constraint(_ part: String) -> String {
    let words = part.split(separator: ":", maxSplits: 1).map { $0.lowercased().trimmed() }
    guard words.count == 2 else { return part }
    return words[0] == "ca" ? "CA:\(words[1].uppercased())" : "\(words[0]):\(words[1])"
  }

  // MARK: Showing

  static func map(_ extensions: [CertificateExtension]) -> Value {
    var map: ValueMap = [:]
    for item in extensions {
      var entry: ValueMap = ["critical": .bool(item.isCritical)]
      for (key, value) in shown(item) { entry[key] = value }
      // OpenSSL's name of it differs.
      map[item.name == "crlNumber" ? "cRLNumber" : .string(item.name)] = .map(entry)
    }
    return .map(map)
  }

  private static func shown(_ item: CertificateExtension) -> ValueMap {
    let parts = item.text.split(separator: ",").map { String($0).trimmed() }
    switch item.name {
    case "basicConstraints":
      let length = parts.first { $0.hasPrefix("pathlen:") }.flatMap { Int64($0.dropFirst(8)) }
      return ["ca": .bool(parts.contains("CA:TRUE")), "pathlen": length.map(Value.int) ?? .null]
    case "keyUsage":
      var usage: ValueMap = [:]
      for (name, text) in keyUsages { usage[.string(name)] = .bool(parts.contains(text)) }
      return usage
    case "extendedKeyUsage":
      return ["value": .strings(parts.map { text in purposes.first { $0.1 == text }?.0 ?? text })]
    case "subjectAltName", "issuerAltName": return ["value": .strings((item.alternativeNames ?? []).map(shown))]
    case "authorityKeyIdentifier":
      let key = parts.first.map { $0.hasPrefix("keyid:") ? String($0.dropFirst(6)) : $0 }
      return ["keyid": key.map(Value.string) ?? .null, "issuer": .null, "issuer_sn": .null]
    case "crlNumber": return ["value": Int64(item.text).map(Value.int) ?? .string(item.text)]
    default: return ["value": .string(item.text)]
    }
  }

  private static func shown(_ name: AlternativeName) -> String {
    switch name {
    case .dns(let text): "DNS:\(text)"
    case .address(let bytes): "IP:\(bytes.count == 16 ? exploded(bytes) : name.bare ?? "")"
    case .email(let text): "mail:\(text)"
    case .uri(let text): "URI:\(text)"
    case .registeredID(let text): "RID:\(text)"
    case .directory(let name): "dirName:\(X509Subject.text(name))"
    case .other(let text): text
    }
  }

  /// An IPv6 address with all its digits, as Python's `exploded` has it.
  private static func exploded(_ bytes: [UInt8]) -> String {
    stride(from: 0, to: 16, by: 2).map { Hexadecimal.text(bytes[$0..<$0 + 2]) }.joined(separator: ":")
  }

  private static let keyUsages = [
    ("cRLSign", "CRL Sign"), ("dataEncipherment", "Data Encipherment"), ("decipherOnly", "Decipher Only"),
    ("digitalSignature", "Digital Signature"), ("encipherOnly", "Encipher Only"), ("keyAgreement", "Key Agreement"),
    ("keyCertSign", "Certificate Sign"), ("keyEncipherment", "Key Encipherment"),
    ("nonRepudiation", "Non Repudiation"),
  ]

  private static let purposes = [
    ("serverAuth", "TLS Web Server Authentication"), ("clientAuth", "TLS Web Client Authentication"),
    ("codeSigning", "Code Signing"), ("emailProtection", "E-mail Protection"), ("timeStamping", "Time Stamping"),
    ("OCSPSigning", "OCSP Signing"), ("anyExtendedKeyUsage", "Any Extended Key Usage"),
  ]
}
