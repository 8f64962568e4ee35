import Functions
import Glibc
import HostSystem
import OpenSSL

/// The certificate that a server presents in a whole TLS handshake, whoever issued it.
///
/// The handshake is finished, so the server has proved that it holds the key; whether anybody should trust the
/// certificate is not asked: this looks at what is served, it does not talk to it.
enum ServedCertificate {
  /// No server sends more in a handshake.
  private static let inputLimit = 1 << 20

  /// The server's own certificate.
  ///
  /// - Throws: `FunctionError`, with `timedOut` when the deadline passed.
  static func fetch(
    host: String, port: Int, serverName: String?, timeout: Duration, commands: any CommandRunner
  ) async throws -> Certificate {
    let place = TLSEndpoint(host: host, port: port).description
    let deadline = ContinuousClock.now + timeout
    guard let number = UInt16(exactly: port), number > 0 else {
      throw FunctionError(.badArguments, "\(port) is not a port.")
    }
    do {
      let name = serverName ?? (AlternativeName.addressBytes(host) == nil ? host : nil)
      let handshake = try TLSHandshake(serverName: name)
      let addresses = await HostLookup.addresses(of: host, commands, timeout: timeout)
      guard !addresses.isEmpty else { throw FunctionError(.notFound, "The host \(host) cannot be resolved.") }
      var failure: TCPFailure?
      for address in addresses {
        do {
          let connection = try await TCPConnection.open(to: address, port: number, deadline: deadline)
          return try await talk(handshake, connection, place, deadline)
        } catch let error as TCPFailure { failure = error }
      }
      throw failure ?? TCPFailure(number: ECONNREFUSED)
    } catch let failure as TCPFailure {
      guard failure.number != ETIMEDOUT else {
        throw FunctionError(.timedOut, "\(place) finished no TLS handshake within \(timeout).")
      }
      throw FunctionError(.failed, "No certificate could be read from \(place): \(failure)")
    } catch let error as OpenSSLError {
      guard error.code != .unavailable else { throw FunctionError(error) }
      throw FunctionError(.failed, "No certificate could be read from \(place): \(error)")
    }
  }

  private static func talk(
    _ handshake: TLSHandshake, _ connection: consuming TCPConnection, _ place: String,
    _ deadline: ContinuousClock.Instant
  ) async throws -> Certificate {
    var received = 0
    while true {
      let progress = try handshake.advance()
      try await connection.send(handshake.takeOutput(), deadline: deadline)
      if progress == .finished { break }
      let bytes = try await connection.receive(deadline: deadline)
      received += bytes.count
      guard !bytes.isEmpty else {
        throw OpenSSLError(.failed, "the server closed the connection during the handshake")
      }
      guard received <= inputLimit else { throw OpenSSLError(.failed, "the server sends without end") }
      try handshake.receive(bytes)
    }
    guard let certificate = try handshake.peerCertificate() else {
      throw OpenSSLError(.failed, "the server presented none")
    }
    return certificate
  }
}
