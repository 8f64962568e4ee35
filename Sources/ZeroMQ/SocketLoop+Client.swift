extension SocketLoop {
  /// A socket connected to one server, which hands over its messages and what happens to its connection. To be called on
  /// the loop (from its actor).
  public func connect(
    to endpoint: String, _ options: SocketOptions, in context: ZMQContext,
    events: @escaping @Sendable (SocketEvent) -> Void, messages: @escaping Handler
  ) throws(ZMQError) -> ZMQSocket {
    let socket = try ZMQSocket(.dealer, in: context)
    try socket.apply(options)
    add(try socket.monitor()) { message in
      if let event = SocketEvent(message) { events(event) }
    }
    add(socket, messages)
    try socket.connect(endpoint)
    return socket
  }
}
