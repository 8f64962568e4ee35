import CZeroMQ
import Glibc
import Value

/// A ZeroMQ socket. It belongs to one thread (the loop it is added to), so it is deliberately not `Sendable`.
public final class ZMQSocket {
  public enum Kind: Sendable {
    /// One peer on the other side: a minion, a command line.
    case dealer
    /// Many peers, told apart by routing ids that libzmq gives out.
    case router
    /// One peer in this process.
    case pair
    /// Answers one request at a time (ZAP).
    case reply
  }

  let pointer: UnsafeMutableRawPointer
  /// Sockets keep their context alive.
  private let context: ZMQContext
  /// libzmq wants a message at a stable address: one, reused.
  private let message = UnsafeMutablePointer<zmq_msg_t>.allocate(capacity: 1)

  public init(_ kind: Kind, in context: ZMQContext) throws(ZMQError) {
    let type =
      switch kind {
      case .dealer: ZMQ_DEALER
      case .router: ZMQ_ROUTER
      case .pair: ZMQ_PAIR
      case .reply: ZMQ_REP
      }
    guard let pointer = zmq_socket(context.pointer, type) else { throw ZMQError("make a socket") }
    self.pointer = pointer
    self.context = context
    set(ZMQ_LINGER, 0)
    // An unknown peer is an error of the send, not silence.
    if kind == .router { set(ZMQ_ROUTER_MANDATORY, 1) }
    // Nothing is queued for a connection that is not there; what must arrive is in a spool.
    if kind == .dealer { set(ZMQ_IMMEDIATE, 1) }
  }

  deinit {
    zmq_close(pointer)
    message.deallocate()
  }

  public func apply(_ options: SocketOptions) throws(ZMQError) {
    set(ZMQ_LINGER, options.linger)
    set(ZMQ_BACKLOG, options.backlog)
    set(ZMQ_SNDHWM, options.sendHighWaterMark)
    set(ZMQ_RCVHWM, options.receiveHighWaterMark)
    set(ZMQ_HEARTBEAT_IVL, options.heartbeatInterval)
    set(ZMQ_HEARTBEAT_TIMEOUT, options.heartbeatTimeout)
    set(ZMQ_HANDSHAKE_IVL, options.handshakeInterval)
    set(ZMQ_RECONNECT_IVL, options.reconnectInterval)
    set(ZMQ_RECONNECT_IVL_MAX, options.reconnectIntervalMaximum)
    set(ZMQ_TCP_KEEPALIVE, 1)
    set(ZMQ_TCP_KEEPALIVE_IDLE, options.keepAliveIdle)
    set(ZMQ_IPV6, 1)
    var size = options.maximumMessageSize
    zmq_setsockopt(pointer, ZMQ_MAXMSGSIZE, &size, MemoryLayout<Int64>.size)
    if let (keys, domain) = options.curveServer {
      set(ZMQ_CURVE_SERVER, 1)
      try set(ZMQ_CURVE_SECRETKEY, secret: keys.secretKey)
      try set(ZMQ_ZAP_DOMAIN, bytes: Array(domain.utf8))
    }
    if let (keys, server) = options.curveClient {
      try set(ZMQ_CURVE_SERVERKEY, bytes: server.bytes)
      try set(ZMQ_CURVE_PUBLICKEY, bytes: keys.publicKey.bytes)
      try set(ZMQ_CURVE_SECRETKEY, secret: keys.secretKey)
    }
  }

  public func bind(_ endpoint: String) throws(ZMQError) {
    guard zmq_bind(pointer, endpoint) == 0 else { throw ZMQError("listen on \(endpoint)") }
  }

  public func connect(_ endpoint: String) throws(ZMQError) {
    guard zmq_connect(pointer, endpoint) == 0 else { throw ZMQError("connect to \(endpoint)") }
  }

  /// Drops the connection to an endpoint connected to before, so that `connect` starts anew.
  public func disconnect(_ endpoint: String) { zmq_disconnect(pointer, endpoint) }

  /// The endpoint bound last, with the port that the system chose for `:*`.
  public var lastEndpoint: String {
    var buffer = [CChar](repeating: 0, count: 256)
    var size = buffer.count
    guard zmq_getsockopt(pointer, ZMQ_LAST_ENDPOINT, &buffer, &size) == 0 else { return "" }
    return String(decoding: buffer.prefix(max(0, size - 1)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether a message could be taken by a peer now. On a dealer: whether it is connected.
  public var isWritable: Bool {
    var events: Int32 = 0
    var size = MemoryLayout<Int32>.size
    return zmq_getsockopt(pointer, ZMQ_EVENTS, &events, &size) == 0 && events & ZMQ_POLLOUT != 0
  }

  /// Sends frames without waiting.
  ///
  /// - Returns: false when no peer can take it now (not connected, its queue is full, or unknown to a router).
  public func send(_ frames: [UInt8]...) -> Bool { send(frames) }

  public func send(_ frames: [[UInt8]]) -> Bool {
    for (index, frame) in frames.enumerated() {
      let flags = ZMQ_DONTWAIT | (index + 1 < frames.count ? ZMQ_SNDMORE : 0)
      guard zmq_send(pointer, frame, frame.count, flags) >= 0 else {
        isPeerGone = zmq_errno() == EHOSTUNREACH
        return false
      }
    }
    return true
  }

  /// After a `send` that failed: whether the peer is not there (any more), rather than slow.
  public private(set) var isPeerGone = false

  /// The next whole message, without waiting; nil when there is none.
  public func receive() -> ReceivedMessage? {
    var received = ReceivedMessage()
    var hasMore = true
    while hasMore {
      zmq_msg_init(message)
      guard zmq_msg_recv(message, pointer, ZMQ_DONTWAIT) >= 0 else { return nil }
      hasMore = zmq_msg_more(message) != 0
      // A peer may send a message of very many frames: none of ours has over eight, the rest is dropped unread.
      if received.frames.count < ReceivedMessage.maximumFrames {
        let data = UnsafeRawBufferPointer(start: zmq_msg_data(message), count: zmq_msg_size(message))
        received.frames.append(Array(data))
      } else {
        received.isOverlong = true
      }
      if !hasMore {
        received.userID = zmq_msg_gets(message, "User-Id").map { String(cString: $0) }
        received.peerAddress = zmq_msg_gets(message, "Peer-Address").map { PeerAddress.text(String(cString: $0)) }
        received.descriptor = zmq_msg_get(message, ZMQ_SRCFD)
      }
      zmq_msg_close(message)
    }
    return received
  }

  /// Starts libzmq's report of this socket's connections; read it with `SocketEvent(received:)` from the pair socket.
  public func monitor() throws(ZMQError) -> ZMQSocket {
    let endpoint = "inproc://monitor-\(UInt(bitPattern: pointer))"
    let events =
      ZMQ_EVENT_CONNECTED | ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH
      | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_CONNECT_RETRIED
    guard zmq_socket_monitor(pointer, endpoint, events) == 0 else { throw ZMQError("watch a socket") }
    let pair = try ZMQSocket(.pair, in: context)
    try pair.connect(endpoint)
    return pair
  }

  private func set(_ option: Int32, _ value: Int32) {
    var value = value
    zmq_setsockopt(pointer, option, &value, MemoryLayout<Int32>.size)
  }

  private func set(_ option: Int32, bytes: [UInt8]) throws(ZMQError) {
    guard zmq_setsockopt(pointer, option, bytes, bytes.count) == 0 else { throw ZMQError("set a socket's key") }
  }

  private func set(_ option: Int32, secret: Secret) throws(ZMQError) {
    let status = secret.withBytes { zmq_setsockopt(pointer, option, $0, $0.count) }
    guard status == 0 else { throw ZMQError("set a socket's key") }
  }
}
