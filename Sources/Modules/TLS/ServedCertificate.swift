import Functions
import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// The certificate that a server presents in a whole TLS handshake, whoever issued it.
///
/// The handshake is finished, so the server has proved that it holds the key; whether anybody should trust the
/// certificate is not asked: this looks at what is served, it does not talk to it.
enum ServedCertificate {
  /// The DER of the server's own certificate.
  ///
  /// - Throws: `FunctionError`, with `timedOut` when the deadline passed.
  static func fetch(host: String, port: Int, serverName: String?, timeout: Duration) async throws -> [UInt8] {
    var configuration = TLSConfiguration.makeClientConfiguration()
    // Old servers are looked at as well; nothing is sent to them.
    configuration.minimumTLSVersion = .tlsv1
    configuration.certificateVerification = .noHostnameVerification
    // Ed25519 is not offered unless it is asked for.
    configuration.verifySignatureAlgorithms = [
      .ed25519, .ecdsaSecp256R1Sha256, .ecdsaSecp384R1Sha384, .ecdsaSecp521R1Sha512, .rsaPssRsaeSha256,
      .rsaPssRsaeSha384,
      .rsaPssRsaeSha512, .rsaPkcs1Sha256, .rsaPkcs1Sha384, .rsaPkcs1Sha512, .rsaPkcs1Sha1,
    ]
    let context = try NIOSSLContext(configuration: configuration)
    let name = serverName ?? (CertificateNames.addressBytes(host) == nil ? host : nil)
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let served = loop.makePromise(of: [UInt8].self)
    let limit = TimeAmount.nanoseconds(
      Int64(timeout.components.seconds) * 1_000_000_000
        + timeout.components.attoseconds / 1_000_000_000)
    let place = "\(host):\(port)"
    let deadline = loop.scheduleTask(in: limit) {
      served.fail(FunctionError(.timedOut, "\(place) finished no TLS handshake within \(timeout)."))
    }
    defer { deadline.cancel() }
    let connection = ClientBootstrap(group: loop).connectTimeout(limit).channelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        let seen = PresentedChain()
        let tls = try NIOSSLClientHandler(context: context, serverHostname: name) { chain, verdict in
          seen.set((try? chain.first?.toDERBytes()) ?? nil)
          verdict.succeed(.certificateVerified)
        }
        try channel.pipeline.syncOperations.addHandlers(tls, HandshakeWitness(seen, served))
      }
    }.connect(host: host, port: port)
    connection.cascadeFailure(to: served)
    // Whatever ends the wait ends the connection.
    served.futureResult.whenComplete { _ in connection.whenSuccess { $0.close(promise: nil) } }
    do { return try await served.futureResult.get() } catch let error as FunctionError { throw error } catch {
      throw FunctionError(.failed, "No certificate could be read from \(place): \(error)")
    }
  }
}
