import OpenSSL
import Value

/// What a request asks for, as a new certificate gets it. A request cannot make itself an authority.
enum RequestedExtension {
  /// Nil for what is the authority's to say, and for what is not copied.
  static func setting(_ item: CertificateExtension) throws -> ExtensionSetting? {
    let prefix = item.isCritical ? "critical, " : ""
    switch item.name {
    case "subjectAltName":
      var setting = try ExtensionSetting(item.alternativeNames ?? [])
      setting.value = prefix + setting.value
      return setting
    case "basicConstraints":
      guard !item.text.contains("CA:TRUE") else {
        throw OpenSSLError(
          .failed, "The request asks for an authority's certificate (CA:TRUE); give basicConstraints if that is meant")
      }
      return try ExtensionSetting(item.name, prefix + item.text)
    case "keyUsage": return try ExtensionSetting(item.name, prefix + names(item, usages))
    case "extendedKeyUsage": return try ExtensionSetting(item.name, prefix + names(item, purposes))
    case "subjectKeyIdentifier": return try ExtensionSetting(item.name, "hash")
    default: return nil
    }
  }

  private static func names(_ item: CertificateExtension, _ known: [String: String]) -> String {
    item.text.split(separator: ",").map { part in
      let text = String(part.drop { $0 == " " })
      return known[text] ?? text
    }.joined(separator: ", ")
  }

  private static let usages = [
    "Digital Signature": "digitalSignature", "Non Repudiation": "nonRepudiation",
    "Key Encipherment": "keyEncipherment", "Data Encipherment": "dataEncipherment", "Key Agreement": "keyAgreement",
    "Certificate Sign": "keyCertSign", "CRL Sign": "cRLSign", "Encipher Only": "encipherOnly",
    "Decipher Only": "decipherOnly",
  ]

  private static let purposes = [
    "TLS Web Server Authentication": "serverAuth", "TLS Web Client Authentication": "clientAuth",
    "Code Signing": "codeSigning", "E-mail Protection": "emailProtection", "Time Stamping": "timeStamping",
    "OCSP Signing": "OCSPSigning", "Any Extended Key Usage": "anyExtendedKeyUsage",
  ]
}
