import Glibc
import Grains

/// Opens a TCP connection and closes it again, within a deadline.
enum TCPProbe {
  /// Zero, or the error number; `ETIMEDOUT` when the deadline passed.
  static func connect(to address: IPAddress, port: UInt16, timeout: Duration) async throws -> Int32 {
    let family = address.isIPv6 ? AF_INET6 : AF_INET
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    let result = start(descriptor, address, port)
    if result == 0 { return 0 }
    guard result == EINPROGRESS else { return result }
    let deadline = ContinuousClock.now + timeout
    var pause = Duration.milliseconds(1)
    while ContinuousClock.now < deadline {
      var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      if poll(&state, 1, 0) > 0 { return pendingError(descriptor) }
      // A worker's threads are few: sleep between looks instead of blocking one of them.
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(50))
    }
    return ETIMEDOUT
  }

  private static func start(_ descriptor: Int32, _ address: IPAddress, _ port: UInt16) -> Int32 {
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

  private static func pendingError(_ descriptor: Int32) -> Int32 {
    var number: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size) == 0 ? number : errno
  }
}
