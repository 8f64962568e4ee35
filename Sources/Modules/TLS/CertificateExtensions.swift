import OrderedCollections
import SwiftASN1
import Value
import X509

/// The extensions of a certificate as text, under OpenSSL's short names.
enum CertificateExtensions {
  static func map(_ certificate: Certificate) -> Value {
    var map: ValueMap = [:]
    for item in certificate.extensions {
      let (name, text) = describe(item)
      map[name] = .string(text ?? HexText.colons(item.value))
    }
    return .map(map)
  }

  /// Text is nil for what is not understood, or is malformed: its bytes are shown then.
  private static func describe(_ item: Certificate.Extension) -> (name: String, text: String?) {
    switch item.oid {
    case .X509ExtensionID.subjectAlternativeName:
      ("subjectAltName", (try? SubjectAlternativeNames(item))?.map(CertificateNames.text).joined(separator: ", "))
    case .X509ExtensionID.basicConstraints: ("basicConstraints", (try? BasicConstraints(item)).map(text))
    case .X509ExtensionID.keyUsage: ("keyUsage", (try? KeyUsage(item)).map(text))
    case .X509ExtensionID.extendedKeyUsage:
      ("extendedKeyUsage", (try? ExtendedKeyUsage(item))?.map(text).joined(separator: ", "))
    case .X509ExtensionID.subjectKeyIdentifier:
      ("subjectKeyIdentifier", (try? SubjectKeyIdentifier(item)).map { HexText.colons($0.keyIdentifier) })
    case .X509ExtensionID.authorityKeyIdentifier:
      ("authorityKeyIdentifier", (try? AuthorityKeyIdentifier(item))?.keyIdentifier.map { HexText.colons($0) })
    case .X509ExtensionID.authorityInformationAccess: ("authorityInfoAccess", nil)
    case .X509ExtensionID.nameConstraints: ("nameConstraints", nil)
    case [2, 5, 29, 31]: ("crlDistributionPoints", nil)
    case [2, 5, 29, 32]: ("certificatePolicies", nil)
    case [1, 3, 6, 1, 4, 1, 11129, 2, 4, 2]: ("ct_precert_scts", nil)
    case let oid: (String(describing: oid), nil)
    }
  }

  private static func text(_ constraints: BasicConstraints) -> String {
    switch constraints {
    case .notCertificateAuthority: "CA:FALSE"
    case .isCertificateAuthority(let length): "CA:TRUE" + (length.map { ", pathlen:\($0)" } ?? "")
    }
  }

  private static func text(_ usage: KeyUsage) -> String {
    let names: [(Bool, String)] = [
      (usage.digitalSignature, "Digital Signature"), (usage.nonRepudiation, "Non Repudiation"),
      (usage.keyEncipherment, "Key Encipherment"), (usage.dataEncipherment, "Data Encipherment"),
      (usage.keyAgreement, "Key Agreement"), (usage.keyCertSign, "Certificate Sign"), (usage.cRLSign, "CRL Sign"),
      (usage.encipherOnly, "Encipher Only"), (usage.decipherOnly, "Decipher Only"),
    ]
    return names.filter(\.0).map(\.1).joined(separator: ", ")
  }

  private static func text(_ usage: ExtendedKeyUsage.Usage) -> String {
    switch usage {
    case .serverAuth: "TLS Web Server Authentication"
    case .clientAuth: "TLS Web Client Authentication"
    case .codeSigning: "Code Signing"
    case .emailProtection: "E-mail Protection"
    case .timeStamping: "Time Stamping"
    case .ocspSigning: "OCSP Signing"
    case .any: "Any Extended Key Usage"
    default: String(describing: ASN1ObjectIdentifier(usage))
    }
  }
}
