import Grains

/// Opens a TCP connection and closes it again, within a deadline.
enum TCPProbe {
  /// Zero, or the error number; `ETIMEDOUT` when the deadline passed.
  static func connect(to address: IPAddress, port: UInt16, timeout: Duration) async throws -> Int32 {
    do {
      _ = try await TCPConnection.open(to: address, port: port, deadline: .now + timeout)
      return 0
    } catch let failure as TCPFailure { return failure.number }
  }
}
