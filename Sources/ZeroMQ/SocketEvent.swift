import CZeroMQ

/// What happened to a socket's connection.
public enum SocketEvent: Sendable, Hashable {
  case connected
  /// TCP is there, nothing is proven yet.
  case opened
  case disconnected
  /// The server refused our key, or is not who we think it is.
  case refused
  /// Trying again.
  case retrying

  /// Reads a message of `ZMQSocket.monitor()`'s pair: a 16-bit event and a 32-bit value.
  public init?(_ message: ReceivedMessage) {
    guard let frame = message.frames.first, frame.count >= 2 else { return nil }
    switch Int32(UInt16(frame[0]) | UInt16(frame[1]) << 8) {
    case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: self = .connected
    case ZMQ_EVENT_CONNECTED: self = .opened
    case ZMQ_EVENT_DISCONNECTED: self = .disconnected
    case ZMQ_EVENT_CONNECT_RETRIED: self = .retrying
    case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH, ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL, ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
      self = .refused
    default: return nil
    }
  }
}
