import Synchronization
import ZeroMQ

/// A socket on a loop of its own that remembers what it received.
actor Peer {
  nonisolated let loop: SocketLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
  private var socket: ZMQSocket?
  private var monitor: ZMQSocket?
  private(set) var received: [ReceivedMessage] = []
  private(set) var events: [SocketEvent] = []
  private var answer: (@Sendable (ReceivedMessage) -> [[UInt8]]?)?

  init(_ name: String) { loop = SocketLoop(name: name) }

  /// Listens; returns the endpoint.
  func listen(
    _ kind: ZMQSocket.Kind, in context: ZMQContext, _ options: SocketOptions, on endpoint: String = "tcp://127.0.0.1:*",
    answer: (@Sendable (ReceivedMessage) -> [[UInt8]]?)? = nil
  ) throws -> String {
    let socket = try ZMQSocket(kind, in: context)
    try socket.apply(options)
    try socket.bind(endpoint)
    self.socket = socket
    self.answer = answer
    loop.add(socket) { [weak self] message in self?.assumeIsolated { $0.took(message) } }
    return socket.lastEndpoint
  }

  func connect(_ kind: ZMQSocket.Kind, in context: ZMQContext, _ options: SocketOptions, to endpoint: String) throws {
    let socket = try ZMQSocket(kind, in: context)
    try socket.apply(options)
    let monitor = try socket.monitor()
    loop.add(monitor) { [weak self] message in self?.assumeIsolated { $0.happened(message) } }
    loop.add(socket) { [weak self] message in self?.assumeIsolated { $0.took(message) } }
    try socket.connect(endpoint)
    self.socket = socket
    self.monitor = monitor
  }

  private func happened(_ message: ReceivedMessage) {
    if let event = SocketEvent(message) { events.append(event) }
  }

  private func took(_ message: ReceivedMessage) {
    received.append(message)
    if let frames = answer?(message) { _ = socket?.send(frames) }
  }

  @discardableResult
  func send(_ frames: [[UInt8]]) -> Bool { socket?.send(frames) ?? false }
  @discardableResult
  func send(_ text: String) -> Bool { send([Array(text.utf8)]) }

  /// After a send that failed.
  var isPeerGone: Bool { socket?.isPeerGone ?? false }

  /// The last frames received, as text.
  var texts: [String] { received.map { String(decoding: $0.frames.last ?? [], as: UTF8.self) } }

  /// Closes its sockets, and with them its connections.
  func stop() {
    if let socket { loop.remove(socket) }
    if let monitor { loop.remove(monitor) }
    (socket, monitor) = (nil, nil)
    loop.stop()
  }
}
