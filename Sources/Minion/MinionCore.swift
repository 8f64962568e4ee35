import Functions
import HostSystem
import Logging
import OrderedCollections
import Value
import Wire
import ZeroMQ

/// The minion's one actor: the session with the master, the jobs it holds, and their workers.
actor MinionCore {
  nonisolated let loop: SocketLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  let log = Logger(label: "minion")
  let configuration: MinionConfiguration
  let spool: JobSpool
  let launcher: WorkerLauncher
  let endpoint: String
  private let keys: CurveKeyPair
  private let masterKey: CurveKey
  private let context = ZMQContext()
  private var socket: ZMQSocket?
  private var session = MinionSession()
  private var refusals = 0

  var functions: FunctionContext
  var grainsDigest = ""
  var held: [JobID: HeldJob] = [:]
  /// Jobs whose result the master has, until they could not be redelivered any more.
  var done: [JobID: Moment] = [:]
  var waiting: [JobID] = []
  /// Jobs that a former run of the daemon had not begun, or not ended here.
  var takenUp: Set<JobID> = []
  var runningWorkers = 0

  init(
    configuration: MinionConfiguration, keys: CurveKeyPair, masterKey: CurveKey, spool: JobSpool,
    functions: FunctionContext
  ) {
    self.configuration = configuration
    self.keys = keys
    self.masterKey = masterKey
    self.spool = spool
    self.functions = functions
    let host = configuration.master
    endpoint = "tcp://\(host.contains(":") ? "[\(host)]" : host):\(configuration.fleetPort)"
    launcher = WorkerLauncher(configurationDirectory: configuration.directory)
    loop = SocketLoop(name: "brine-minion")
  }

  func start() throws {
    recover()
    try connect()
    scheduleTick()
  }

  /// Says goodbye and closes; workers go on.
  func stop() async {
    send(.goodbye)
    try? await Task.sleep(for: .milliseconds(50))
    loop.stop()
  }

  func setGrains(_ grains: ValueMap, digest: String) {
    functions.grains = grains
    guard digest != grainsDigest else { return }
    grainsDigest = digest
    if session.state == .joined { sendGrains() }
  }

  /// Wakes up as seldom as the session allows.
  private func scheduleTick() {
    loop.every(.milliseconds(Int(session.interval * 1000)), named: "tick") { [weak self] in
      self?.assumeIsolated { $0.tick() }
    }
  }

  // MARK: Session

  private func connect() throws {
    var options = SocketOptions()
    options.curveClient = (keys, masterKey)
    options.maximumMessageSize = Int64(MasterMessage.maximumSize)
    options.sendHighWaterMark = 0
    // All are back within the longest wait after a master's restart; libzmq's jitter is as wide as the first.
    options.reconnectInterval = 1000
    options.reconnectIntervalMaximum = 5000
    socket = try loop.connect(
      to: endpoint, options, in: context,
      events: { [weak self] event in self?.assumeIsolated { $0.happened(event) } },
      messages: { [weak self] message in self?.assumeIsolated { $0.received(message) } })
  }

  private func happened(_ event: SocketEvent) {
    switch event {
    case .connected:
      refusals = 0
      log.info("connected to \(endpoint)")
      perform(session.on(.connected, now: .now()))
    case .disconnected:
      if session.state != .disconnected { log.warning("the connection to \(endpoint) was lost; trying again") }
      perform(session.on(.disconnected, now: .now()))
    case .refused:
      refusals += 1
      reconnectAfterRefusal()
      // Said at the first time and then seldom: the transport tries again and again.
      if refusals == 1 || refusals % 100 == 0 {
        log.error(
          "\(endpoint) refuses this host's key, or is not the master whose key was pinned at `join`. On the master: `brine keys list`; if its key was changed on purpose, join again"
        )
      }
    case .opened, .retrying: break
    }
  }

  /// After a refusal libzmq does not try again by itself, but the key may be accepted at any time.
  private func reconnectAfterRefusal() {
    let wait = min(30, Double(1 << min(refusals, 5))) * Double.random(in: 0.5...1)
    Task {
      try? await Task.sleep(for: .milliseconds(Int(wait * 1000)))
      guard session.state == .disconnected else { return }
      socket?.disconnect(endpoint)
      try? socket?.connect(endpoint)
    }
  }

  private func received(_ message: ReceivedMessage) {
    guard message.frames.count == 1, let words = try? MasterMessage(decoding: message.frames[0]) else {
      log.warning("a message of the master that cannot be read was dropped")
      return
    }
    let now = Moment.now()
    perform(session.on(.heard, now: now))
    switch words {
    case .welcome(let id, let heartbeat, let wantsGrains, let clock):
      if abs(clock - now) > 60 { log.warning("the clocks differ by \(Int(abs(clock - now))) s from the master's") }
      log.info("joined as \(id)")
      perform(session.on(.welcome(heartbeat: heartbeat), now: now))
      scheduleTick()
      if wantsGrains { sendGrains() }
    case .rejoin: perform(session.on(.rejoin, now: now))
    case .heartbeat: break
    case .job(let order): take(order, now)
    case .acknowledge(let jobs): for job in jobs { event(job, .acknowledged) }
    case .cancel(let job):
      log.info("job \(job) is cancelled")
      event(job, .cancelled)
    case .refreshGrains: sendGrains()
    case .revoked(let reason):
      log.critical("the master has thrown this host out: \(reason)")
    // Workers ask over connections of their own.
    case .reply: break
    }
  }

  private func perform(_ actions: [MinionSession.Action]) {
    for action in actions {
      switch action {
      case .sendHello:
        let open = held.filter { $0.value.phase != .acknowledged }
        send(
          .hello(
            MinionHello(
              version: brineVersion, clock: .now(), grainsDigest: grainsDigest, heldJobs: open.keys.sorted(),
              runningJobs: open.filter { $0.value.phase == .running }.keys.sorted())))
      case .sendHeartbeat: send(.heartbeat)
      case .sendUnacknowledged:
        for (id, job) in held where job.phase == .finished { sendResult(id) }
      case .reconnect:
        log.warning("\(endpoint) is silent; connecting anew")
        socket?.disconnect(endpoint)
        try? socket?.connect(endpoint)
      }
    }
  }

  func send(_ message: MinionMessage) {
    guard session.state != .disconnected else { return }
    _ = socket?.send(message.encoded())
  }

  private func sendGrains() {
    var grains = functions.grains
    grains["grains_digest"] = .string(grainsDigest)
    send(.grains(grains))
  }

  private func tick() {
    let now = Moment.now()
    perform(session.on(.tick, now: now))
    for (id, expires) in done where now > expires + 3600 {
      done[id] = nil
      spool.forgetDone(id)
    }
  }
}
