import OpenSSL
import OrderedCollections
import Value

/// The extensions of a certificate as text, under OpenSSL's short names.
enum CertificateExtensions {
  static func map(_ certificate: Certificate) throws -> Value {
    var map: ValueMap = [:]
    for item in try certificate.extensions() { map[item.name] = .string(item.text) }
    return .map(map)
  }
}
