import Identity
import TestSupport
import Value
import Wire
import ZeroMQ

/// A peer that speaks raw ZeroMQ to one of the master's sockets and says whatever a test wants it to.
actor TestClient {
  private let socket: ZMQSocket
  private let monitor: ZMQSocket

  init(_ endpoint: String, keys: CurveKeyPair, server: CurveKey, maximum: Int64 = 64 << 20) throws {
    let socket = try ZMQSocket(.dealer, in: ZMQContext())
    var options = SocketOptions()
    options.curveClient = (keys, server)
    options.maximumMessageSize = maximum
    options.reconnectInterval = 100
    options.reconnectIntervalMaximum = 500
    try socket.apply(options)
    monitor = try socket.monitor()
    try socket.connect(endpoint)
    self.socket = socket
  }

  /// What comes of connecting: `connected` or `refused`; nil when nothing does.
  func outcome(within limit: Duration = .seconds(5)) async throws -> SocketEvent? {
    try? await eventually("a connection", within: limit, every: .milliseconds(10)) { () -> SocketEvent? in
      while let message = self.monitor.receive() {
        if let event = SocketEvent(message), event == .connected || event == .refused { return event }
      }
      return nil
    }
  }

  /// - Throws: `TestFailure` unless the handshake succeeds.
  func connected() async throws {
    guard try await outcome() == .connected else { throw TestFailure("the connection was not made") }
  }

  @discardableResult
  func send(_ frames: [UInt8]...) -> Bool { socket.send(frames) }

  @discardableResult
  func send(_ frames: [[UInt8]]) -> Bool { socket.send(frames) }

  /// The next message, or nil when none comes in time.
  func receive(within limit: Duration = .seconds(5)) async -> [UInt8]? {
    try? await eventually("a message", within: limit, every: .milliseconds(10)) { self.socket.receive()?.frames.first }
  }

  /// The reply to a request of that number, or to any; nil when none comes in time. Its ticket is kept.
  func reply(_ number: Int64?, within limit: Duration = .seconds(10)) async -> FleetReply? {
    try? await master(within: limit) { message in
      guard case .reply(let id, _, let reply) = message, number == nil || id == number else { return nil }
      return reply
    }
  }

  /// The first message of the master that this accepts; others are skipped.
  @discardableResult
  func master<Result>(within limit: Duration = .seconds(10), _ accept: (MasterMessage) -> Result?) async throws
    -> Result
  {
    try await eventually("a message of the master", within: limit, every: .milliseconds(10)) { () -> Result? in
      while let bytes = self.socket.receive()?.frames.first {
        if let message = try? MasterMessage(decoding: bytes), let result = accept(message) { return result }
      }
      return nil
    }
  }

  /// Says hello as a minion and waits for the welcome.
  ///
  /// - Returns: the id by which the master knows this key.
  func greet(held: [JobID] = []) async throws -> String {
    try await connected()
    let hello = MinionHello(version: brineVersion, clock: .now(), grainsDigest: "none", heldJobs: held)
    guard send(MinionMessage.hello(hello).encoded()) else { throw TestFailure("hello was not taken") }
    return try await master { if case .welcome(let id, _, _, _) = $0 { id.text } else { nil } }
  }
}
