import Functions
import Wire
import ZeroMQ

/// One connection to the master's fleet socket on which requests are answered. It says no hello, so that it does not
/// disturb the daemon's session.
actor FleetConnection {
  nonisolated let loop = SocketLoop(name: "brine-fleet")
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  private let address: FleetAddress
  private let context = ZMQContext()
  private var socket: ZMQSocket?
  private var conversation: FleetConversation
  private var waiting: [Int64: CheckedContinuation<FleetReply, any Error>] = [:]
  private var lastID: Int64 = 0
  private var lastUsed = Moment.now()
  private(set) var isClosed = false

  init(_ address: FleetAddress, patience: Double) {
    self.address = address
    conversation = FleetConversation(patience: patience, now: .now())
  }

  deinit { loop.stop() }

  /// Asks and waits.
  ///
  /// - Returns: nil when this connection was closed before anything was sent: take another.
  /// - Throws: `FunctionError` when there is no answer, `CancellationError`.
  func ask(_ request: FleetRequest, seconds: Double) async throws -> FleetReply? {
    guard !isClosed else { return nil }
    if socket == nil { try connect() }
    lastID += 1
    let id = lastID
    let now = Moment.now()
    lastUsed = now
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        waiting[id] = continuation
        if Task.isCancelled { return forget(id) }
        perform(conversation.on(.ask(id, request, deadline: now + seconds), now: now))
      }
    } onCancel: {
      Task { await self.forget(id) }
    }
  }

  /// Closes it when nothing was asked for so long.
  func closeIfIdle(since limit: Double) -> Bool {
    guard waiting.isEmpty, conversation.isIdle, Moment.now() - lastUsed >= limit else { return isClosed }
    close()
    return true
  }

  func close() {
    isClosed = true
    for continuation in waiting.values {
      continuation.resume(throwing: FunctionError(.unavailable, "The connection to the master was closed."))
    }
    waiting = [:]
    loop.stop()
  }

  private func forget(_ id: Int64) {
    waiting.removeValue(forKey: id)?.resume(throwing: CancellationError())
    perform(conversation.on(.forget(id), now: .now()))
  }

  private func connect() throws {
    var options = SocketOptions()
    options.curveClient = (address.keys, address.masterKey)
    options.maximumMessageSize = Int64(MasterMessage.maximumSize)
    options.sendHighWaterMark = 0
    options.reconnectInterval = 200
    options.reconnectIntervalMaximum = 3000
    socket = try loop.connect(
      to: address.endpoint, options, in: context,
      events: { [weak self] event in self?.assumeIsolated { $0.happened(event) } },
      messages: { [weak self] message in self?.assumeIsolated { $0.received(message) } })
    loop.every(.milliseconds(100)) { [weak self] in
      self?.assumeIsolated { $0.perform($0.conversation.on(.tick, now: .now())) }
    }
  }

  private func happened(_ event: SocketEvent) {
    switch event {
    case .connected: perform(conversation.on(.connected, now: .now()))
    case .disconnected: perform(conversation.on(.disconnected, now: .now()))
    case .refused:
      perform(conversation.on(.keyRefused, now: .now()))
      // libzmq does not try again by itself after that.
      close()
    case .opened, .retrying: break
    }
  }

  private func received(_ message: ReceivedMessage) {
    guard message.frames.count == 1, let words = try? MasterMessage(decoding: message.frames[0]),
      case .reply(let id, let ticket, let reply) = words
    else { return }
    perform(conversation.on(.reply(id, ticket: ticket, reply), now: .now()))
  }

  private func perform(_ actions: [FleetConversation.Action]) {
    for action in actions {
      switch action {
      case .send(let id, let tickets, let request):
        _ = socket?.send(MinionMessage.request(id: id, tickets: tickets, request).encoded())
      case .giveBack(let tickets): _ = socket?.send(MinionMessage.read(tickets).encoded())
      case .answer(let id, let reply):
        lastUsed = .now()
        waiting.removeValue(forKey: id)?.resume(returning: reply)
      case .fail(let id, let failure): waiting.removeValue(forKey: id)?.resume(throwing: error(failure))
      }
    }
  }

  private func error(_ failure: FleetConversation.Failure) -> FunctionError {
    let endpoint = address.endpoint
    return switch failure {
    case .unreachable:
      FunctionError(
        .unavailable, "The master at \(endpoint) cannot be reached.",
        hint: "Check that it runs and that this host may connect to it.")
    case .keyRefused:
      FunctionError(
        .unavailable,
        "\(endpoint) refuses this host's key, or is not the master whose key was pinned at `join`.",
        hint: "On the master: `brine keys list`.")
    case .late: FunctionError(.unavailable, "The master at \(endpoint) did not answer in time.")
    case .busy:
      FunctionError(
        .unavailable, "The master at \(endpoint) was busy with other requests of this host for too long.")
    }
  }
}
