import OpenSSL

/// Whom a new certificate is for, and how it, or the request for it, is made.
struct CertificateSubject: Sendable {
  var name: DistinguishedName
  var alternativeNames: [AlternativeName]

  /// Signed with its own key.
  func selfSigned(_ key: PrivateKey, from now: Int64, days: Int) throws -> Certificate {
    var extensions = [
      try ExtensionSetting("basicConstraints", "critical, CA:FALSE"),
      try ExtensionSetting("keyUsage", "critical, digitalSignature, keyEncipherment"),
      try ExtensionSetting("extendedKeyUsage", "serverAuth, clientAuth"),
      try ExtensionSetting("subjectKeyIdentifier", "hash"),
    ]
    if !alternativeNames.isEmpty { extensions.append(try ExtensionSetting(alternativeNames)) }
    // Hosts whose clocks are a little behind must accept it at once.
    let template = CertificateTemplate(
      subject: name, publicKey: key, serialNumber: try SerialNumber.random(), notBefore: now - 300,
      notAfter: now + Int64(days) * 86400, extensions: extensions)
    return try template.signed(with: key)
  }

  /// A PKCS #10 request as PEM, for a certificate authority outside.
  func request(_ key: PrivateKey) throws -> String {
    let extensions = alternativeNames.isEmpty ? [] : [try ExtensionSetting(alternativeNames)]
    return try CertificateRequest(subject: name, extensions: extensions, key: key).pem
  }
}
