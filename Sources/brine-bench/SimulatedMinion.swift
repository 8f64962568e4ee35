import Minion
import OrderedCollections
import Value
import Wire
import ZeroMQ

/// A minion without a host: its own key and connection, the real session machine, and answers at once.
final class SimulatedMinion {
  private let id: MinionID
  private let index: Int
  private let socket: ZMQSocket
  private let context: SimulationContext
  private var session = MinionSession()
  private var isConnected = false
  private var hasJoined = false
  private var hasSent = false
  /// Encoded results that the master has not acknowledged.
  private var outstanding: [JobID: [UInt8]] = [:]
  private var acknowledged: Set<JobID> = []

  /// Makes the socket; `connect` begins.
  init(index: Int, keys: CurveKeyPair, masterKey: CurveKey, zmq: ZMQContext, context: SimulationContext) throws {
    id = try SimulatedFleet.id(index)
    self.index = index
    self.context = context
    socket = try ZMQSocket(.dealer, in: zmq)
    // As the real minion sets its socket: what is measured shall cost what it costs there.
    var options = SocketOptions()
    options.curveClient = (keys, masterKey)
    options.maximumMessageSize = Int64(MasterMessage.maximumSize)
    options.sendHighWaterMark = 0
    try socket.apply(options)
  }

  var descriptor: Int32 { socket.eventDescriptor }

  func connect() throws { try socket.connect(context.endpoint) }

  /// Takes all the news there is. A send may swallow the descriptor's signal: the last look comes after the last send.
  func service(_ now: Moment) {
    var readiness = socket.readiness
    repeat {
      hasSent = false
      noteConnection(readiness.isWritable, now)
      while let message = socket.receive() { received(message, now) }
      readiness = socket.readiness
    } while hasSent || readiness.isReadable || readiness.isWritable != isConnected
  }

  func tick(_ now: Moment) {
    perform(session.on(.tick, now: now), now)
    service(now)
  }

  /// Sends what was held back.
  func release(_ now: Moment) {
    sendOutstanding()
    service(now)
  }

  private func noteConnection(_ isWritable: Bool, _ now: Moment) {
    guard isWritable != isConnected else { return }
    isConnected = isWritable
    perform(session.on(isWritable ? .connected : .disconnected, now: now), now)
  }

  private func received(_ message: ReceivedMessage, _ now: Moment) {
    guard message.frames.count == 1, let words = context.answers.message(message.frames[0]) else {
      context.statistics.faults += 1
      return
    }
    perform(session.on(.heard, now: now), now)
    switch words {
    case .welcome(let name, let heartbeat, let wantsGrains, _):
      if name != id { context.statistics.faults += 1 }
      perform(session.on(.welcome(heartbeat: heartbeat), now: now), now)
      if wantsGrains { sendGrains() }
    case .rejoin:
      context.statistics.rejoins += 1
      perform(session.on(.rejoin, now: now), now)
    case .heartbeat, .cancel: break
    case .job(let order): take(order, now)
    case .acknowledge(let jobs): for job in jobs { acknowledge(job, now) }
    case .refreshGrains: sendGrains()
    case .revoked, .reply: context.statistics.faults += 1
    }
  }

  private func take(_ order: JobOrder, _ now: Moment) {
    let answer = context.answers.answer(order, now)
    send(answer.accepted)
    if outstanding[order.id] == nil {
      if acknowledged.contains(order.id) { context.statistics.lost += 1 } else { context.statistics.taken += 1 }
      outstanding[order.id] = answer.result
      context.statistics.outstanding += 1
    }
    if !context.isHolding { sendResult(answer.result) }
  }

  private func acknowledge(_ job: JobID, _ now: Moment) {
    guard outstanding.removeValue(forKey: job) != nil else { return }
    acknowledged.insert(job)
    context.statistics.acknowledged += 1
    context.statistics.outstanding -= 1
    if context.statistics.outstanding == 0, context.statistics.releasedAt > 0, context.statistics.drainedAt == 0 {
      context.statistics.drainedAt = Moment.now().microseconds
    }
  }

  private func perform(_ actions: [MinionSession.Action], _ now: Moment) {
    for action in actions {
      switch action {
      case .sendHello:
        context.statistics.hellos += 1
        send(
          MinionMessage.hello(
            MinionHello(
              version: brineVersion, clock: now, grainsDigest: SimulatedFleet.grainsDigest,
              heldJobs: outstanding.keys.sorted())
          ).encoded())
      case .sendHeartbeat: send(MinionMessage.heartbeat.encoded())
      case .sendUnacknowledged: if !context.isHolding { sendOutstanding() }
      case .reconnect:
        socket.disconnect(context.endpoint)
        try? socket.connect(context.endpoint)
      }
    }
    let isJoined = session.state == .joined
    guard isJoined != hasJoined else { return }
    hasJoined = isJoined
    context.statistics.joined += isJoined ? 1 : -1
  }

  private func sendOutstanding() {
    for result in outstanding.values { sendResult(result) }
  }

  private func sendResult(_ result: [UInt8]) {
    send(result)
    context.statistics.resultsSent += 1
  }

  private func sendGrains() {
    var grains = SimulatedFleet.grains(index, id: id)
    grains["grains_digest"] = .string(SimulatedFleet.grainsDigest)
    send(MinionMessage.grains(grains).encoded())
  }

  private func send(_ bytes: [UInt8]) {
    guard session.state != .disconnected else { return }
    hasSent = true
    _ = socket.send(bytes)
  }
}
