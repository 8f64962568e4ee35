import Glibc
import HostSystem
import Logging
import OrderedCollections
import Store
import Targeting
import Value
import Wire
import ZeroMQ

/// The master's one actor for minions and operators: it decides inside the loop and gathers what has to be durable for
/// the next group commit; nothing is acknowledged before its commit.
actor MasterCore {
  /// What is done once a batch is durable, or has failed.
  typealias AfterCommit = @Sendable (isolated MasterCore, StoreError?) -> Void

  nonisolated let loop: SocketLoop
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  let log = Logger(label: "master")
  let store: any Store
  let keyTable: KeyTable
  let auditLog: AuditLog
  var configuration: MasterConfiguration
  var gate: PolicyGate
  var registry: KeyRegistry
  var sessions: SessionTable
  var operators: [String: StoredOperator]
  var invitations: [[UInt8]: StoredInvitation]
  var jobs: [JobID: ActiveJob] = [:]
  var clock: JobClock
  var watchers: [StreamKey: JobWatcher] = [:]
  var subscribers: [StreamKey: EventSubscriber] = [:]
  let started = Moment.now()
  /// Replies on their way to processes of minions.
  var budget = ReplyBudget()
  /// Replies on their way to operators.
  var operatorBudget = OperatorBudget()
  var eventLimit = RateLimit(perMinute: 600)
  /// Lines of the log about what a minion did wrong.
  var complaintLimit = RateLimit(perMinute: 20)
  let fileServer: FileServer
  /// Has the git repositories looked at now; gives what went wrong, by address.
  var gitUpdate: @Sendable (FileServerQuery.Backend) async -> [String: String] = { _ in [:] }
  var files: FileServerQueue?
  var fileRequests: [FileServerQueue.Question] = []
  /// Who answers minions that ask for their pillar.
  var pillarAnswer: PillarAnswer = noPillar
  /// Compiles pillar for operators and for targets.
  var pillars: PillarService?
  /// What targets on pillar are matched against, while one operator's request is decided.
  var pillarSnapshot: PillarSnapshot?
  /// Requests that wait for pillars to be compiled, by operator.
  var waitingForPillars: [String: Int] = [:]

  let fleet: ZMQSocket
  let operatorSocket: ZMQSocket
  private let groupCommit: GroupCommit
  private var pending: (operations: [StoreOperation], then: [AfterCommit]) = ([], [])
  private var committing: [AfterCommit]?
  var acknowledgements: [MinionID: [JobID]] = [:]
  /// Minions of the jobs that were completed last: for results that come again because an acknowledgement was lost.
  var recentJobs: [JobID: Set<MinionID>] = [:]
  static let recentJobsKept = 64
  /// Minions whose grains are newer than the store's: the next batch takes the newest, however many came meanwhile.
  var unsavedGrains: Set<MinionID> = []
  var traffic = TrafficAllowance()
  var lastCommitError: StoreError?
  private var isStopping = false
  private var stopped: CheckedContinuation<Void, Never>?

  init(
    loop: SocketLoop, context: ZMQContext, configuration: MasterConfiguration, store: any Store, keyTable: KeyTable,
    auditLog: sending AuditLog, fileServer: FileServer
  ) throws {
    self.loop = loop
    self.store = store
    self.keyTable = keyTable
    self.auditLog = auditLog
    self.fileServer = fileServer
    self.configuration = configuration
    gate = PolicyGate(roles: configuration.roles) { Glob($0).matches($1) }
    registry = KeyRegistry(try store.minions())
    sessions = SessionTable(heartbeat: Double(configuration.heartbeat))
    operators = Dictionary(try store.operators().map { ($0.publicKey, $0) }, uniquingKeysWith: { first, _ in first })
    invitations = Dictionary(try store.invitations().map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first })
    clock = JobClock(newest: try store.jobs(limit: 1).first?.id)
    groupCommit = GroupCommit(store: store)
    fleet = try ZMQSocket(.router, in: context)
    operatorSocket = try ZMQSocket(.router, in: context)
  }

  /// Binds the sockets and begins.
  func start(keys: CurveKeyPair) throws {
    keyTable.setFleet(Set(registry.accepted.compactMap { CurveKey($0.publicKey) }))
    keyTable.setOperators(Set(operators.keys.compactMap { CurveKey($0) }))
    try recoverJobs()
    var options = SocketOptions()
    options.curveServer = (keys, "fleet")
    options.maximumMessageSize = Int64(MinionMessage.maximumSize)
    try fleet.apply(options)
    try listen(fleet, on: "tcp://\(configuration.interface):\(configuration.fleetPort)", setting: "fleet_port")
    options.curveServer = (keys, "operators")
    options.maximumMessageSize = Int64(OperatorRequest.maximumSize)
    try operatorSocket.apply(options)
    try bindOperators()
    files = FileServerQueue(fileServer) { [weak self] replies in
      Task { await self?.send(replies) }
    }
    loop.add(fleet) { [weak self] message in self?.assumeIsolated { $0.receivedFromFleet(message) } }
    loop.add(operatorSocket) { [weak self] message in self?.assumeIsolated { $0.receivedFromOperator(message) } }
    loop.every(.seconds(1)) { [weak self] in self?.assumeIsolated { $0.tick() } }
    loop.every(.seconds(60)) { [weak self] in
      self?.assumeIsolated {
        $0.eventLimit.newMinute()
        $0.complaintLimit.newMinute()
      }
    }
    loop.every(.seconds(3600)) { [weak self] in self?.assumeIsolated { $0.prune() } }
    loop.afterEachTurn { [weak self] in self?.assumeIsolated { $0.flush() } }
    prune()
    flush()
    tellUnknownNames()
  }

  private func tellUnknownNames() {
    for problem in configuration.sealProblems(operators: operators.values.map(\.name)) { log.warning("\(problem)") }
  }

  /// The TCP port of the fleet socket, also when the system chose it.
  var fleetPort: Int { fleet.lastEndpoint.split(separator: ":").last.flatMap { Int($0) } ?? configuration.fleetPort }

  /// The port that invitations name, once the system has chosen one for 0.
  func setEnrolPort(_ port: Int) { configuration.enrolPort = port }

  private func listen(_ socket: ZMQSocket, on endpoint: String, setting: String) throws {
    do { try socket.bind(endpoint) } catch { throw ListenError(error, setting: setting) }
  }

  private func bindOperators() throws {
    let path = "\(configuration.runDirectory)/operators.sock"
    // A socket that a killed master left behind would make bind fail.
    unlink(path)
    let former = umask(0o077)
    defer { umask(former) }
    try operatorSocket.bind("ipc://\(path)")
    if configuration.operatorPort > 0 {
      try listen(
        operatorSocket, on: "tcp://\(configuration.interface):\(configuration.operatorPort)", setting: "operator_port")
    }
  }

  // MARK: Durability

  /// Puts operations into the next batch.
  func commit(_ operations: [StoreOperation], then: @escaping AfterCommit = { _, _ in }) {
    pending.operations += operations
    pending.then.append(then)
  }

  func flush() {
    submitFileRequests()
    sendAcknowledgements()
    flushWatchers()
    guard committing == nil else { return }
    saveGrains()
    guard !pending.then.isEmpty else {
      if isStopping { finishStop() }
      return
    }
    let batch = pending
    pending = ([], [])
    committing = batch.then
    groupCommit.commit(batch.operations) { [weak self] error in
      Task { await self?.committed(error) }
    }
  }

  private func saveGrains() {
    guard !unsavedGrains.isEmpty else { return }
    commit(unsavedGrains.compactMap { id in registry[id]?.grains.map { .saveGrains(id, $0) } })
    unsavedGrains = []
  }

  private func committed(_ error: StoreError?) {
    let callbacks = committing ?? []
    committing = nil
    if let error { log.error("\(error)") }
    lastCommitError = error
    for callback in callbacks { callback(self, error) }
    flush()
  }

  // MARK: Time

  private func tick() {
    let now = Moment.now()
    traffic.prune(now: now)
    cutOffOverdue(now)
    cutOffOperators(now)
    for id in sessions.silent(now: now) { minionLeft(id, reason: "silent", now: now) }
    for (id, job) in jobs {
      if job.isBatched || now >= job.stored.expires { advance(id, now: now) }
      // Whether a host that has not come back counts as away changes with time alone.
      if isSettling(now) != isSettling(now + -1) { progressed(id) }
    }
  }

  /// Just after a start nobody has had the time to come back: absent minions count as coming, not as away.
  func isSettling(_ now: Moment) -> Bool { now - started < 20 }

  private func prune() {
    commit([.pruneJobs(before: Moment.now() + -Double(configuration.keepJobs))])
    let now = Moment.now()
    for (digest, invitation) in invitations where invitation.expires + 86_400 < now {
      invitations[digest] = nil
      commit([.removeInvitation(digest: digest)])
    }
  }

  // MARK: End

  /// Commits what is pending and closes the sockets. Minions keep what is not acknowledged.
  func stop() async {
    await withCheckedContinuation { continuation in
      stopped = continuation
      isStopping = true
      loop.remove(fleet)
      loop.remove(operatorSocket)
      flush()
    }
    loop.stop()
  }

  private func finishStop() {
    stopped?.resume()
    stopped = nil
  }

  /// Takes what may change while running from a configuration read again: roles, nodegroups, retention.
  func reload(_ new: MasterConfiguration) {
    if let pillars {
      Task { await pillars.reload(new.pillar, nodegroups: new.nodegroups) }
    }
    configuration.roles = new.roles
    configuration.nodegroups = new.nodegroups
    configuration.sealTo = new.sealTo
    configuration.keepJobs = new.keepJobs
    configuration.files = new.files
    fileServer.reload(new.files)
    gate = PolicyGate(roles: new.roles) { Glob($0).matches($1) }
    log.info("configuration read again")
    tellUnknownNames()
  }
}
