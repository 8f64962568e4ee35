import Glibc
import Grains

/// A TCP connection for a short talk within a deadline.
///
/// A worker's threads are few: it sleeps between looks instead of blocking one of them.
struct TCPConnection: ~Copyable {
  private let descriptor: Int32

  /// - Throws: `TCPFailure`; `ETIMEDOUT` when the deadline passed.
  static func open(
    to address: IPAddress, port: UInt16, deadline: ContinuousClock.Instant
  ) async throws -> TCPConnection {
    let family = address.isIPv6 ? AF_INET6 : AF_INET
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
    guard descriptor >= 0 else { throw TCPFailure(number: errno) }
    let connection = TCPConnection(descriptor: descriptor)
    let result = connection.start(address, port)
    if result == 0 { return connection }
    guard result == EINPROGRESS else { throw TCPFailure(number: result) }
    try await connection.wait(for: Int16(POLLOUT), until: deadline)
    let number = connection.pendingError()
    guard number == 0 else { throw TCPFailure(number: number) }
    return connection
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }

  /// Sends all of it.
  func send(_ bytes: [UInt8], deadline: ContinuousClock.Instant) async throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count >= 0 {
        rest = rest.dropFirst(count)
        continue
      }
      let number = errno
      guard number == EAGAIN || number == EINTR else { throw TCPFailure(number: number) }
      try await wait(for: Int16(POLLOUT), until: deadline)
    }
  }

  /// What has come, at most 16 KiB of it; empty when the other side closed the connection.
  func receive(deadline: ContinuousClock.Instant) async throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count >= 0 { return Array(buffer.prefix(count)) }
      let number = errno
      guard number == EAGAIN || number == EINTR else { throw TCPFailure(number: number) }
      try await wait(for: Int16(POLLIN), until: deadline)
    }
  }

  private func wait(for events: Int16, until deadline: ContinuousClock.Instant) async throws {
    var pause = Duration.milliseconds(1)
    while true {
      var state = pollfd(fd: descriptor, events: events, revents: 0)
      if poll(&state, 1, 0) > 0 { return }
      guard ContinuousClock.now < deadline else { throw TCPFailure(number: ETIMEDOUT) }
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(50))
    }
  }

  private func start(_ address: IPAddress, _ port: UInt16) -> Int32 {
    func connect<Address>(_ socketAddress: Address) -> Int32 {
      withUnsafePointer(to: socketAddress) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) == 0 ? 0 : errno
        }
      }
    }
    if address.isIPv6 {
      var socketAddress = sockaddr_in6()
      socketAddress.sin6_family = sa_family_t(AF_INET6)
      socketAddress.sin6_port = port.bigEndian
      withUnsafeMutableBytes(of: &socketAddress.sin6_addr) { $0.copyBytes(from: address.bytes) }
      return connect(socketAddress)
    }
    var socketAddress = sockaddr_in()
    socketAddress.sin_family = sa_family_t(AF_INET)
    socketAddress.sin_port = port.bigEndian
    withUnsafeMutableBytes(of: &socketAddress.sin_addr) { $0.copyBytes(from: address.bytes) }
    return connect(socketAddress)
  }

  private func pendingError() -> Int32 {
    var number: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size) == 0 ? number : errno
  }
}
