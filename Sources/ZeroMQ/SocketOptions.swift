/// What a socket is set to before it is bound or connected. Times in milliseconds, sizes in bytes.
public struct SocketOptions: Sendable {
  /// A server's own pair; its ZAP domain decides who may connect.
  public var curveServer: (keys: CurveKeyPair, domain: String)?
  /// A client's own pair and the server's public key that it pins.
  public var curveClient: (keys: CurveKeyPair, server: CurveKey)?
  /// A frame above this ends the connection.
  public var maximumMessageSize: Int64 = 1 << 20
  /// Connections waiting to be accepted. libzmq's own 100 loses a storm of reconnecting minions for half a minute.
  public var backlog: Int32 = 4096
  /// Messages queued for each peer, each way.
  public var sendHighWaterMark: Int32 = 10_000
  /// 0 is without limit, and must stay so: libzmq 4.3.4 aborts the program when a peer whose queue is full goes away
  /// (assertion `!_io_error` in stream_engine_base.cpp; libzmq issue 4364).
  public var receiveHighWaterMark: Int32 = 0
  /// ZMTP pings, which find dead peers and keep NATs open. 0 is off.
  public var heartbeatInterval: Int32 = 30_000
  public var heartbeatTimeout: Int32 = 60_000
  /// A connection that has not finished its handshake after this is closed.
  public var handshakeInterval: Int32 = 30_000
  /// First wait before a reconnect (libzmq adds a random part) and the longest it doubles up to.
  public var reconnectInterval: Int32 = 500
  public var reconnectIntervalMaximum: Int32 = 16_000
  /// What may still be sent after close.
  public var linger: Int32 = 0
  /// Seconds without traffic before TCP keep-alive probes start.
  public var keepAliveIdle: Int32 = 60

  public init() {}
}
