import Glibc
public import Identity
public import Value
public import Wire
import ZeroMQ

/// A connection to the master for an operator: requests out, answers and streams back. What `brine` is written on.
public actor OperatorClient {
  /// A part of an answer.
  public enum Reply: Sendable {
    case part(Value)
    /// The last word.
    case value(Value)
  }

  public nonisolated let loop: SocketLoop
  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  private struct Stream {
    var continuation: AsyncThrowingStream<Reply, any Error>.Continuation
    /// Sent again when the connection was lost and is back (the master was restarted).
    var resumption: OperatorRequest.Action?
  }

  private let identity: OperatorIdentity
  private let context = ZMQContext()
  private var socket: ZMQSocket?
  private var streams: [Int64: Stream] = [:]
  private var nextNumber: Int64 = 1
  private var isConnected = false
  private var wasConnected = false
  /// Tickets of replies that were read and not given back yet, and the bytes of those.
  private var tickets: (numbers: [Int64], bytes: Int) = ([], 0)
  private var waiting: [(OperatorRequest, deadline: ContinuousClock.Instant)] = []
  /// How long a request waits for a connection.
  private let patience: Duration
  /// How long a request waits when somebody is at the other end: a master that is busy takes its time for a handshake.
  private static let patienceWithHandshake = Duration.seconds(30)
  /// How long a job that is watched waits for a master that went away.
  private static let patienceWithRestart = Duration.seconds(120)
  private var disconnectedSince: ContinuousClock.Instant?

  public init(identity: OperatorIdentity, patience: Duration = .seconds(5)) {
    self.identity = identity
    self.patience = patience
    loop = SocketLoop(name: "brine-operator")
  }

  /// Asks, and gives the parts of the answer as they come.
  public nonisolated func stream(_ action: OperatorRequest.Action) -> AsyncThrowingStream<Reply, any Error> {
    AsyncThrowingStream { continuation in
      Task { await self.begin(action, continuation) }
    }
  }

  /// Asks for one value.
  ///
  /// - Throws: `OperatorRefusal` when the master says no, `UnreachableError` when it does not answer.
  public nonisolated func value(_ action: OperatorRequest.Action) async throws -> Value {
    for try await reply in stream(action) {
      if case .value(let value) = reply { return value }
    }
    throw UnreachableError(endpoint: identity.endpoint, reason: "the connection ended without an answer")
  }

  /// Closes the connection.
  public nonisolated func close() { loop.stop() }

  private func begin(
    _ action: OperatorRequest.Action, _ continuation: AsyncThrowingStream<Reply, any Error>.Continuation
  ) {
    do { try connect() } catch {
      continuation.finish(throwing: UnreachableError(endpoint: identity.endpoint, reason: "\(error)"))
      return
    }
    let number = nextNumber
    nextNumber += 1
    var stream = Stream(continuation: continuation)
    switch action {
    case .watchJob, .events: stream.resumption = action
    default: break
    }
    streams[number] = stream
    continuation.onTermination = { [weak self] _ in Task { await self?.ended(number) } }
    send(OperatorRequest(number: number, action: action))
  }

  private func send(_ request: OperatorRequest) {
    if isConnected, socket?.send(request.encoded()) == true { return }
    waiting.append((request, ContinuousClock.now + patience))
  }

  private func ended(_ number: Int64) {
    guard streams.removeValue(forKey: number) != nil, isConnected else { return }
    _ = socket?.send(OperatorRequest(number: 0, action: .endStream(number)).encoded())
  }

  private func connect() throws {
    guard socket == nil else { return }
    if identity.endpoint.hasPrefix("ipc://") {
      let path = String(identity.endpoint.dropFirst(6))
      guard access(path, F_OK) == 0 else {
        throw UnreachableError(endpoint: identity.endpoint, reason: "\(path) does not exist: the master does not run")
      }
      guard access(path, W_OK) == 0 else {
        throw UnreachableError(endpoint: identity.endpoint, reason: "\(path): permission denied")
      }
    }
    var options = SocketOptions()
    options.curveClient = (identity.keys, identity.masterKey)
    options.maximumMessageSize = Int64(OperatorReply.maximumSize)
    options.receiveHighWaterMark = 0
    options.reconnectInterval = 100
    options.reconnectIntervalMaximum = 2000
    socket = try loop.connect(
      to: identity.endpoint, options, in: context,
      events: { [weak self] event in self?.assumeIsolated { $0.happened(event) } },
      messages: { [weak self] message in self?.assumeIsolated { $0.received(message) } })
    loop.every(.milliseconds(250)) { [weak self] in self?.assumeIsolated { $0.expireWaiting() } }
  }

  private func happened(_ event: SocketEvent) {
    switch event {
    case .connected:
      let isAgain = !isConnected && waiting.isEmpty
      isConnected = true
      wasConnected = true
      disconnectedSince = nil
      if isAgain {
        for (number, stream) in streams {
          if let action = stream.resumption { waiting.append((OperatorRequest(number: number, action: action), .now)) }
        }
      }
      let requests = waiting
      waiting = []
      for (request, _) in requests { send(request) }
    case .disconnected:
      if isConnected { disconnectedSince = .now }
      isConnected = false
      // An answer that can be asked for again is; any other is lost with the connection.
      for (number, stream) in streams where stream.resumption == nil { fail(number, "the connection was lost") }
    case .refused:
      for number in streams.keys {
        fail(number, "it does not accept this operator's key, or is not the master with the key we know")
      }
    case .opened:
      guard !isConnected else { return }
      let end = ContinuousClock.now + max(patience, Self.patienceWithHandshake)
      waiting = waiting.map { ($0.0, max($0.deadline, end)) }
    case .retrying: break
    }
  }

  private func received(_ message: ReceivedMessage) {
    guard let bytes = message.frames.first, let reply = try? OperatorReply(decoding: bytes) else { return }
    if let ticket = reply.ticket { read(ticket, bytes: bytes.count) }
    // The master could not read even a request's number: that is one of ours, and none is waited for in vain.
    if reply.number == 0, case .refused(let refusal) = reply.body {
      for stream in streams.values { stream.continuation.finish(throwing: refusal) }
      return streams.removeAll()
    }
    guard let stream = streams[reply.number] else { return }
    switch reply.body {
    case .part(let value):
      // A job that has begun is watched again, not begun again, when the master comes back.
      if let id = value["job"]?.stringValue.flatMap({ JobID($0) }) { streams[reply.number]?.resumption = .watchJob(id) }
      stream.continuation.yield(.part(value))
    case .value(let value):
      streams[reply.number] = nil
      stream.continuation.yield(.value(value))
      stream.continuation.finish()
    case .refused(let refusal):
      streams[reply.number] = nil
      stream.continuation.finish(throwing: refusal)
    }
  }

  /// The master sends no more than so much before it hears that it was read.
  private func read(_ ticket: Int64, bytes: Int) {
    tickets.numbers.append(ticket)
    tickets.bytes += bytes
    if tickets.numbers.count >= 100 || tickets.bytes >= 1 << 20 { giveBackTickets() }
  }

  private func giveBackTickets() {
    guard !tickets.numbers.isEmpty, isConnected else { return }
    _ = socket?.send(OperatorRequest(number: 0, action: .read(tickets.numbers)).encoded())
    tickets = ([], 0)
  }

  private func expireWaiting() {
    giveBackTickets()
    let now = ContinuousClock.now
    for (request, deadline) in waiting where deadline < now && isGivenUp(request) {
      fail(request.number, "no answer in time: the master does not run, or is very busy")
    }
    if let since = disconnectedSince, now - since > Self.patienceWithRestart {
      for number in streams.keys { fail(number, "the connection was lost and did not come back; a job goes on") }
    }
    waiting.removeAll { $0.deadline < now && isGivenUp($0.0) }
  }

  /// Whether it does not wait longer than its time: what can be asked again waits for a master that was there.
  private func isGivenUp(_ request: OperatorRequest) -> Bool {
    !wasConnected || streams[request.number]?.resumption == nil
  }

  private func fail(_ number: Int64, _ reason: String) {
    guard let stream = streams.removeValue(forKey: number) else { return }
    stream.continuation.finish(throwing: UnreachableError(endpoint: identity.endpoint, reason: reason))
  }
}
