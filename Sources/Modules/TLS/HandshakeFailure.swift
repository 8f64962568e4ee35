/// A TLS handshake that ended without a certificate.
enum HandshakeFailure: Error, CustomStringConvertible {
  case noCertificate, closed

  var description: String {
    switch self {
    case .noCertificate: "the server presented none"
    case .closed: "the server closed the connection during the handshake"
    }
  }
}
