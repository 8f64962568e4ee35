import Glibc
import HostSystem
import OpenSSL
import Synchronization
import Value

/// A real TLS server on a free port of 127.0.0.1, whose key and certificate can be changed while it runs.
final class LoopbackTLSServer: Sendable {
  private struct Pair {
    var certificate: Certificate
    var key: PrivateKey
  }

  let port: Int
  private let descriptor: Int32
  private let pair: Mutex<Pair>
  private let isStopped = Mutex(false)

  init(certificate: String, key: String) throws {
    pair = Mutex(try Self.pair(certificate, key))
    (descriptor, port) = try Self.listen()
    Task.detached { [self] in
      while !isStopped.withLock({ $0 }) {
        let connection = accept(descriptor, nil, nil)
        if connection < 0 {
          try? await Task.sleep(for: .milliseconds(2))
          continue
        }
        try? await Self.serve(connection, pair.withLock { $0 })
        close(connection)
      }
      close(descriptor)
    }
  }

  func load(certificate: String, key: String) throws {
    let loaded = try Self.pair(certificate, key)
    pair.withLock { $0 = loaded }
  }

  func stop() { isStopped.withLock { $0 = true } }

  private static func pair(_ certificate: String, _ key: String) throws -> Pair {
    let der = try PEMBlock.all(in: Array(certificate.utf8)).first?.der ?? []
    return Pair(certificate: try Certificate(der: der), key: try PrivateKey(Secret(key)))
  }

  private static func serve(_ connection: Int32, _ pair: Pair) async throws {
    let handshake = try TLSHandshake(certificate: pair.certificate, key: pair.key)
    var flags = fcntl(connection, F_GETFL)
    flags |= O_NONBLOCK
    _ = fcntl(connection, F_SETFL, flags)
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      let progress = try handshake.advance()
      let output = handshake.takeOutput()
      if !output.isEmpty { _ = send(connection, output, output.count, Int32(MSG_NOSIGNAL)) }
      // The client closes when it has seen enough.
      var buffer = [UInt8](repeating: 0, count: 16384)
      let count = recv(connection, &buffer, buffer.count, 0)
      if count == 0 { return }
      if count > 0 {
        try handshake.receive(Array(buffer.prefix(count)))
      } else {
        try await Task.sleep(for: .milliseconds(1))
      }
      if progress == .finished, count > 0 { return }
    }
  }

  /// A listening socket on a port of the loopback's that the kernel picked.
  static func listen() throws -> (descriptor: Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && Glibc.listen(descriptor, 64) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isListening else { throw HostError(errno: errno, "listen on", "the loopback") }
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
  }
}
