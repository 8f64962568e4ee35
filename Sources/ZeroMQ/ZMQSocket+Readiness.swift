import CZeroMQ

/// For a caller that watches very many sockets with epoll(7) rather than a few with `SocketLoop`.
extension ZMQSocket {
  /// A descriptor that turns readable when `readiness` may have changed (zmq_getsockopt(3), `ZMQ_FD`); -1 on failure.
  ///
  /// It is edge-like: every `send` and `receive` may take in the news too. After the last of them look at `readiness`,
  /// and wait on the descriptor only when there is nothing to receive.
  public var eventDescriptor: Int32 {
    var descriptor: Int32 = -1
    var size = MemoryLayout<Int32>.size
    return zmq_getsockopt(pointer, ZMQ_FD, &descriptor, &size) == 0 ? descriptor : -1
  }

  /// Whether there is a message to receive and whether a peer could take one, as of one look.
  public var readiness: (isReadable: Bool, isWritable: Bool) {
    var events: Int32 = 0
    var size = MemoryLayout<Int32>.size
    guard zmq_getsockopt(pointer, ZMQ_EVENTS, &events, &size) == 0 else { return (false, false) }
    return (events & ZMQ_POLLIN != 0, events & ZMQ_POLLOUT != 0)
  }
}
