import SwiftASN1
import X509

/// Whom a new certificate is for, and how it, or the request for it, is made.
struct CertificateSubject: Sendable {
  var name: DistinguishedName
  var alternativeNames: [GeneralName]

  /// Signed with its own key.
  func selfSigned(_ key: Certificate.PrivateKey, from now: Int64, days: Int) throws -> Certificate {
    let extensions = try Certificate.Extensions {
      Critical(BasicConstraints.notCertificateAuthority)
      Critical(KeyUsage(digitalSignature: true, keyEncipherment: true))
      try ExtendedKeyUsage([.serverAuth, .clientAuth])
      SubjectKeyIdentifier(hash: key.publicKey)
      if !alternativeNames.isEmpty { SubjectAlternativeNames(alternativeNames) }
    }
    // Hosts whose clocks are a little behind must accept it at once.
    return try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
      notValidBefore: Certificate.date(now - 300), notValidAfter: Certificate.date(now + Int64(days) * 86400),
      issuer: name, subject: name, extensions: extensions, issuerPrivateKey: key)
  }

  /// A PKCS #10 request as PEM, for a certificate authority outside.
  func request(_ key: Certificate.PrivateKey) throws -> String {
    let extensions = try Certificate.Extensions {
      if !alternativeNames.isEmpty { SubjectAlternativeNames(alternativeNames) }
    }
    let attributes: [CertificateSigningRequest.Attribute] =
      alternativeNames.isEmpty ? [] : [try .init(ExtensionRequest(extensions: extensions))]
    let request = try CertificateSigningRequest(
      version: .v1, subject: name, privateKey: key, attributes: .init(attributes))
    return try request.serializeAsPEM().pemString + "\n"
  }
}
