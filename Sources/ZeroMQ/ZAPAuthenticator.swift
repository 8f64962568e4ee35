import Glibc

/// Answers libzmq's question "may this key connect?" for all sockets of a context (ZeroMQ RFC 27), on a thread of its
/// own, so that a storm of handshakes does not wait behind the work of the loop.
public final class ZAPAuthenticator: Sendable {
  /// Given a domain, a key and the peer's address: the User-Id of the connection, or nil to refuse it.
  public typealias Decision = @Sendable (_ domain: String, _ key: CurveKey, _ address: String) -> String?

  private let loop: SocketLoop
  private let door: Door

  /// Starts answering; to be done before the context's first server socket is bound.
  public init(context: ZMQContext, decide: @escaping Decision) async throws {
    loop = SocketLoop(name: "brine-zap")
    door = Door(loop: loop)
    try await door.open(context: context, decide: decide)
  }

  public func stop() { loop.stop() }

  private actor Door {
    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private var socket: ZMQSocket?

    init(loop: SocketLoop) { self.loop = loop }

    func open(context: ZMQContext, decide: @escaping Decision) throws {
      let socket = try ZMQSocket(.reply, in: context)
      try socket.bind("inproc://zeromq.zap.01")
      self.socket = socket
      loop.add(socket) { [weak self] message in
        self?.assumeIsolated { $0.answer(message, decide) }
      }
    }

    private func answer(_ message: ReceivedMessage, _ decide: Decision) {
      let frames = message.frames
      // version, request id, domain, address, identity, mechanism, client key
      guard frames.count >= 2 else { return }
      func text(_ index: Int) -> String { String(decoding: frames[index], as: UTF8.self) }
      var userID: String?
      if frames.count == 7, text(5) == "CURVE", let key = CurveKey(bytes: frames[6]) {
        userID = decide(text(2), key, text(3))
      }
      let status = userID == nil ? "400" : "200"
      let reply = ["1.0", text(1), status, userID == nil ? "refused" : "OK", userID ?? "", ""]
      var parts = reply.map { Array($0.utf8) }
      parts[1] = frames[1]
      _ = socket?.send(parts)
    }
  }
}
