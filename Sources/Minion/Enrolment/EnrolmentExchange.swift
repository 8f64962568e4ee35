import Wire
import ZeroMQ

/// One question on the master's enrolment socket, with a deadline.
actor EnrolmentExchange {
  nonisolated let loop = SocketLoop(name: "brine-join")
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  private static let patience = Duration.seconds(15)
  private let host: String
  private let endpoint: String
  private let keys: CurveKeyPair
  private let masterKey: CurveKey
  private let context = ZMQContext()
  private var socket: ZMQSocket?
  private var monitor: ZMQSocket?
  private var request: [UInt8] = []
  private var continuation: CheckedContinuation<EnrolReply, any Error>?
  private var isOpened = false
  private var failures = 0

  init(host: String, port: Int, keys: CurveKeyPair, masterKey: CurveKey) {
    self.host = host
    endpoint = "tcp://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    self.keys = keys
    self.masterKey = masterKey
  }

  func ask(_ question: EnrolRequest) async throws -> EnrolReply {
    defer { loop.stop() }
    let socket = try ZMQSocket(.dealer, in: context)
    var options = SocketOptions()
    options.curveClient = (keys, masterKey)
    options.maximumMessageSize = Int64(EnrolReply.maximumSize)
    options.reconnectInterval = 200
    try socket.apply(options)
    let monitor = try socket.monitor()
    request = question.encoded()
    self.socket = socket
    self.monitor = monitor
    loop.add(monitor) { [weak self] message in self?.assumeIsolated { $0.happened(SocketEvent(message)) } }
    loop.add(socket) { [weak self] message in self?.assumeIsolated { $0.received(message) } }
    try socket.connect(endpoint)
    let timer = Task {
      try await Task.sleep(for: Self.patience)
      self.give(up: nil)
    }
    defer { timer.cancel() }
    return try await withCheckedThrowingContinuation { continuation = $0 }
  }

  private func happened(_ event: SocketEvent?) {
    switch event {
    case .connected?: _ = socket?.send(request)
    case .opened?: isOpened = true
    case .refused?: give(up: nil)
    // A server with another key drops us without a word, again and again.
    case .disconnected? where isOpened:
      failures += 1
      if failures >= 3 { give(up: nil) }
    case .disconnected?, .retrying?, nil: break
    }
  }

  private func received(_ message: ReceivedMessage) {
    guard let bytes = message.frames.first, let reply = try? EnrolReply(decoding: bytes) else { return }
    continuation?.resume(returning: reply)
    continuation = nil
  }

  private func give(up reason: String?) {
    let error =
      isOpened
      ? JoinError(
        .wrongMaster,
        "\(endpoint) answers, but does not hold the key of this invitation: the master's key was changed, this is another master, or something stands between. Compare `brine keys master` there and make a new invitation."
      )
      : JoinError(
        .unreachable,
        "Nothing answers at \(endpoint): check the address, that the master runs, and that its port is open to this host."
      )
    continuation?.resume(throwing: error)
    continuation = nil
  }
}
