import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A real TLS server on a free port of 127.0.0.1, whose key and certificate can be changed while it runs.
final class LoopbackTLSServer: Sendable {
  private let context: Mutex<NIOSSLContext>
  private let channel: Mutex<(any Channel)?>

  init(certificate: String, key: String) async throws {
    context = Mutex(try Self.context(certificate, key))
    channel = Mutex(nil)
    let bound = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { [weak self] child in
        child.eventLoop.makeCompletedFuture {
          guard let context = self?.context.withLock({ $0 }) else { throw ChannelError.alreadyClosed }
          try child.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    channel.withLock { $0 = bound }
  }

  var port: Int { channel.withLock { $0?.localAddress?.port } ?? 0 }

  func load(certificate: String, key: String) throws {
    let loaded = try Self.context(certificate, key)
    context.withLock { $0 = loaded }
  }

  func stop() async throws {
    let bound = channel.withLock { $0 }
    try await bound?.close().get()
  }

  private static func context(_ certificate: String, _ key: String) throws -> NIOSSLContext {
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map {
      NIOSSLCertificateSource.certificate($0)
    }
    let privateKey = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(privateKey)))
  }
}
