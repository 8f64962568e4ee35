import HostSystem
import OrderedCollections
import Store
import Targeting
import Value
import Wire
import ZeroMQ

extension MasterCore {
  private static let subscriptionsPerOperator = 100

  func receivedFromOperator(_ message: ReceivedMessage) {
    guard message.frames.count == 2, !message.isOverlong, let key = message.userID,
      let connection = ConnectionIdentity(message.descriptor)
    else { return }
    let request: OperatorRequest
    do { request = try OperatorRequest(decoding: message.frames[1]) } catch {
      let decision = operatorBudget.asked(0, by: key, from: message.frames[0], over: connection, isWork: true)
      guard decision != .drop else { return }
      if complaintLimit.allows(key) {
        log.warning("an operator's message that cannot be read was refused: \(error)")
      }
      let refusal = OperatorRefusal(.badRequest, "The master cannot read this request (\(error)).")
      let number = OperatorRequest.number(ofUnreadable: message.frames[1])
      reply(StreamKey(routingID: message.frames[0], number: number), .refused(refusal))
      return
    }
    let stream = StreamKey(routingID: message.frames[0], number: request.number)
    guard isAccepted(request, stream, key, connection) else { return }
    guard let person = operators[key] else {
      reply(stream, .refused(OperatorRefusal(.forbidden, "This key is not an operator's any more.")))
      return
    }
    do {
      try gate.check(request.action, by: person)
      if needsPillars(request.action, person) { return try decideWithPillars(request.action, stream, person) }
    } catch { return refuse(error, stream, person) }
    decide(request.action, stream, person)
  }

  /// Whether the operator has room for an answer; takes what it gives back.
  private func isAccepted(
    _ request: OperatorRequest, _ stream: StreamKey, _ key: String, _ connection: ConnectionIdentity
  ) -> Bool {
    var isWork = true
    switch request.action {
    case .read(let tickets):
      isWork = false
      operatorBudget.giveBack(tickets, of: key)
    case .endStream, .events: isWork = false
    default: break
    }
    let decision = operatorBudget.asked(
      request.number, by: key, from: stream.routingID, over: connection, isWork: isWork)
    if decision == .refuse {
      reply(stream, .refused(OperatorRefusal(.unavailable, "Too much that was asked for is unread or unanswered.")))
    }
    return decision == .answer
  }

  /// What the gate has let through so far.
  func decide(_ action: OperatorRequest.Action, _ stream: StreamKey, _ person: StoredOperator) {
    do {
      try auditRead(action, person)
      try answer(action, stream, person)
    } catch { refuse(error, stream, person) }
  }

  func refuse(_ refusal: OperatorRefusal, _ stream: StreamKey, _ person: StoredOperator) {
    if refusal.code == .forbidden {
      // Nothing was done, so nothing waits for the disk: else refusals in numbers would hold up everybody's requests.
      try? auditLog.append(
        who: person.name, what: "refused", details: ["reason": .string(refusal.message)], isDurable: false)
    }
    reply(stream, .refused(refusal))
  }

  private func answer(_ action: OperatorRequest.Action, _ stream: StreamKey, _ person: StoredOperator)
    throws(OperatorRefusal)
  {
    let now = Moment.now()
    switch action {
    case .status: reply(stream, .value(status(now)))
    case .match(let target):
      let (ids, unknown) = try resolve(target)
      if !ids.isEmpty { try checkTargets(ids, person) }
      reply(
        stream,
        .value([
          "minions": .strings(ids.map(\.text)), "unknown": .strings(unknown), "pillar_failures": pillarFailures,
        ]))
    case .run(let request): try run(request, stream, person, now)
    case .listJobs(let limit, let activeOnly): listJobs(limit, activeOnly, stream, person)
    case .showJob(let id): try showJob(id, stream, person)
    case .jobResults(let id), .watchJob(let id):
      try checkWatches(of: person)
      let stored = try visibleJob(id, person)
      reply(
        stream,
        .part([
          "job": .string(id.text), "minions": .strings(stored.minions.map(\.text)),
          "function": .string(stored.request.function),
        ]))
      if case .watchJob = action { watch(id, stream, by: person) } else { results(stored, stream, person, now) }
    case .cancelJob(let id):
      _ = try visibleJob(id, person)
      try auditOrRefuse(person.name, "job.cancel", ["job": .string(id.text)])
      reply(stream, .value(["cancelled": .int(Int64(cancel(id, by: person.name, now: now)))]))
    case .listKeys: reply(stream, .value(.list(registry.all.map { keyValue($0, now) })))
    case .showKey(let id): try showKey(id, stream, now)
    case .invite(let glob, let uses, let seconds): try invite(glob, uses, seconds, stream, person, now)
    case .decideKeys(let decision, let globs): try decide(decision, globs, stream, person, now)
    case .grains(let target, let keys): try grains(target, keys, stream, person, now)
    case .listOperators:
      reply(stream, .value(.list(operators.values.sorted { $0.name < $1.name }.map(Self.operatorValue))))
    case .addOperator(let name, let role, let key, let sealingKey):
      try addOperator(name, role, key, sealingKey, stream, person, now)
    case .removeOperator(let name): try removeOperator(name, stream, person)
    case .verifyAuditLog: try verifyAuditLog(stream)
    case .events(let globs):
      guard subscribers.values.count(where: { $0.operatorName == person.name }) < Self.subscriptionsPerOperator else {
        throw OperatorRefusal(
          .unavailable, "\(person.name) has \(Self.subscriptionsPerOperator) streams of events already.")
      }
      subscribers[stream] = EventSubscriber(globs: globs.map { Glob($0) }, operatorName: person.name)
    case .showPillar(let query): try showPillar(query, stream, person)
    case .fileServer(let query): try fileServer(query, stream, person)
    case .pillarKey, .rotatePillarKey, .removePillarKey, .resealPillar:
      try pillarKeys(action, stream, person)
    case .endStream(let number):
      let key = StreamKey(routingID: stream.routingID, number: number)
      watchers[key] = nil
      subscribers[key] = nil
    case .read: break
    }
  }

  // MARK: Targets

  /// The accepted minions that a target means now, and what a list names that does not exist.
  func resolve(_ specification: TargetSpecification) throws(OperatorRefusal) -> (ids: [MinionID], unknown: [String]) {
    guard let kind = TargetKind(rawValue: specification.kind) else {
      throw OperatorRefusal(.badRequest, "'\(specification.kind)' is no kind of target.")
    }
    do {
      let target = try Target.parse(
        kind: kind, text: specification.expression, nodegroups: configuration.nodegroups)
      var ids: [MinionID] = []
      for minion in registry.accepted where try matches(target, minion) { ids.append(minion.id) }
      let unknown = (target.listedIDs ?? []).filter { name in MinionID(name).flatMap { registry[$0] } == nil }
      return (ids.sorted(), unknown)
    } catch let refusal as OperatorRefusal { throw refusal } catch { throw OperatorRefusal(.badRequest, "\(error)") }
  }

  /// Whether a target means a minion. One whose pillar is not known is not meant by a target on pillar, whatever else
  /// stands in it.
  func matches(_ target: Target, _ minion: StoredMinion) throws -> Bool {
    var subject = TargetSubject(id: minion.id.text, grains: minion.grains?.grains ?? ["id": .string(minion.id.text)])
    if target.usesPillar {
      guard let pillar = pillarSnapshot?.pillars[minion.id] else { return false }
      subject.pillar = pillar
    }
    return try target.matches(subject)
  }

  /// The gate's second half: the resolved minions against the role's targets.
  func checkTargets(_ ids: [MinionID], _ person: StoredOperator) throws(OperatorRefusal) {
    try gate.check(
      ids,
      allowed: { role in
        var allowed: Set<MinionID> = []
        for expression in role.targets {
          let target = try Target.parse(kind: .compound, text: expression, nodegroups: configuration.nodegroups)
          for minion in registry.accepted where try matches(target, minion) { allowed.insert(minion.id) }
        }
        return allowed
      }, by: person)
  }

  // MARK: Jobs

  private func run(_ request: JobRequest, _ stream: StreamKey, _ person: StoredOperator, _ now: Moment)
    throws(OperatorRefusal)
  {
    if !request.batch.isEmpty {
      do { _ = try BatchSize(parsing: request.batch) } catch { throw OperatorRefusal(.badRequest, "\(error)") }
    }
    try checkWatches(of: person)
    let (matched, unknown) = try resolve(request.target)
    let ids = try chosen(request.subset, of: matched)
    guard !ids.isEmpty else {
      let hint = unknown.isEmpty ? "" : " There is no minion \(unknown.prefix(5).joined(separator: ", "))."
      throw OperatorRefusal(.noMatch, "No minion matches '\(request.target.expression)'.\(hint)\(pillarHint)")
    }
    try checkTargets(ids, person)
    let id = clock.next(now: now)
    // "Now or never" leaves the hosts that are there a second to be sent to.
    let expires = now + Double(max(1, request.expires))
    let order = JobOrder(
      id: id, function: request.function, arguments: request.arguments, namedArguments: request.namedArguments,
      operatorName: person.name, expires: request.expires == 0 ? now + 30 : expires, deadline: request.deadline,
      isTest: request.isTest, sealingKeys: sealingKeys(for: person))
    try auditOrRefuse(
      person.name, "job.run",
      [
        "job": .string(id.text), "fun": .string(request.function), "target": request.target.value,
        "minions": .int(Int64(ids.count)), "test": .bool(request.isTest),
      ])
    let stored = StoredJob(
      id: id, created: now, operatorName: person.name, request: request, minions: ids, expires: expires, order: order)
    let failures = pillarFailures
    create(stored) { core, error in
      if let error {
        core.reply(
          stream, .refused(OperatorRefusal(.unavailable, "The job was not started; nothing was done: \(error)")))
        return
      }
      core.reply(
        stream,
        .part([
          "job": .string(id.text), "minions": .strings(ids.map(\.text)), "unknown": .strings(unknown),
          "function": .string(request.function),
          "offline": .strings(ids.filter { core.sessions[$0] == nil }.map(\.text)), "pillar_failures": failures,
        ]))
      core.watchers[stream] = JobWatcher(job: id, operatorName: person.name, isCatchingUp: false)
    }
  }

  /// A random subset of the matched, all when none is asked for.
  private func chosen(_ subset: Int64?, of matched: [MinionID]) throws(OperatorRefusal) -> [MinionID] {
    guard let subset else { return matched }
    guard subset > 0 else { throw OperatorRefusal(.badRequest, "A subset has at least one minion.") }
    return matched.shuffled().prefix(Int(min(subset, Int64(matched.count)))).sorted()
  }

  /// New secrets go to the operator who asked and to those that `seal_to` names.
  private func sealingKeys(for person: StoredOperator) -> ValueMap {
    var keys: ValueMap = [.string(person.name): .bytes(person.sealingKey)]
    for other in operators.values where configuration.sealTo.contains(other.name) {
      keys[other.name] = .bytes(other.sealingKey)
    }
    return keys
  }

  private func visibleJob(_ id: JobID, _ person: StoredOperator) throws(OperatorRefusal) -> StoredJob {
    let stored: StoredJob?
    if let active = jobs[id] {
      stored = active.stored
    } else {
      do { stored = try store.job(id) } catch { throw OperatorRefusal(.unavailable, "\(error)") }
    }
    guard let stored else {
      throw OperatorRefusal(.notFound, "There is no job \(id); `brine jobs list` shows those that are kept.")
    }
    try gate.check(jobOf: stored.operatorName, by: person)
    return stored
  }

  private func results(_ stored: StoredJob, _ stream: StreamKey, _ person: StoredOperator, _ now: Moment) {
    let open: [Value] = (jobs[stored.id]?.minions ?? [:]).filter { !$0.value.isEnded }.sorted { $0.key < $1.key }.map {
      OutcomeValue.open(
        $0.key, $0.value, of: stored, isOnline: sessions[$0.key] != nil, lastSeen: registry[$0.key]?.lastSeen, now)
    }
    let store = store
    watchers[stream] = JobWatcher(
      job: stored.id, operatorName: person.name, isCatchingUp: true, end: .bool(open.isEmpty))
    Task.detached { [weak self] in
      let ended = (try? store.results(of: stored.id).map(OutcomeValue.ended)) ?? []
      await self?.caughtUp(stream, .success(ended + open))
    }
  }

  private func listJobs(_ limit: Int64, _ activeOnly: Bool, _ stream: StreamKey, _ person: StoredOperator) {
    let seesAll = (try? gate.role(of: person).seesAllJobs) ?? false
    let active = jobs.mapValues { job in (open: job.minions.values.count { !$0.isEnded }, stored: job.stored) }
    let store = store
    Task.detached { [weak self] in
      let listed: [StoredJob]
      if activeOnly {
        listed = active.values.map(\.stored).sorted { $0.id > $1.id }
      } else {
        listed = (try? store.jobs(limit: Int(min(max(limit, 1), 10_000)))) ?? []
      }
      let values: [Value] = listed.filter { seesAll || $0.operatorName == person.name }.map { job in
        let counts = (try? store.outcomeCounts(of: job.id)) ?? [:]
        return Self.jobValue(job, counts: counts)
      }
      await self?.replyValue(.list(values), stream)
    }
  }

  private func replyValue(_ value: Value, _ stream: StreamKey) { reply(stream, .value(value)) }

  private func showJob(_ id: JobID, _ stream: StreamKey, _ person: StoredOperator) throws(OperatorRefusal) {
    let stored = try visibleJob(id, person)
    let counts: [JobOutcome: Int]
    do { counts = try store.outcomeCounts(of: id) } catch { throw OperatorRefusal(.unavailable, "\(error)") }
    guard case .map(var value) = Self.jobValue(stored, counts: counts) else { return }
    value["arguments"] = .list(stored.request.arguments)
    value["named_arguments"] = .map(stored.request.namedArguments)
    value["minions"] = .strings(stored.minions.map(\.text))
    reply(stream, .value(.map(value)))
  }

  private static func jobValue(_ job: StoredJob, counts: [JobOutcome: Int]) -> Value {
    let ended = counts.values.reduce(0, +)
    let states = JobOutcome.allCases.compactMap { outcome in
      counts[outcome].map { (Value.string(outcome.rawValue), Value.int(Int64($0))) }
    }
    return [
      "job": .string(job.id.text), "function": .string(job.request.function),
      "target": .string(job.request.target.expression), "target_kind": .string(job.request.target.kind),
      "user": .string(job.operatorName), "created": .string(job.created.description),
      "expires": .string(job.expires.description), "minion_count": .int(Int64(job.minions.count)),
      "outcomes": .map(ValueMap(states, uniquingKeysWith: { _, last in last })),
      "open": .int(Int64(max(0, job.minions.count - ended))),
      "completed": job.completed.map { .string($0.description) } ?? .null, "test": .bool(job.request.isTest),
    ]
  }

  // MARK: Status, grains and audit

  private func status(_ now: Moment) -> Value {
    [
      "minions": .int(Int64(registry.accepted.count)), "online": .int(Int64(sessions.count)),
      "pending": .int(Int64(registry.all.count { $0.status == .pending })),
      "denied": .int(Int64(registry.all.count { $0.status == .denied })),
      "active_jobs": .int(Int64(jobs.count)), "up_since": .string(started.description),
      "store_error": lastCommitError.map { .string($0.message) } ?? .null,
      "audit_fault": auditLog.fault.map(Value.string) ?? .null,
    ]
  }

  private func grains(
    _ target: TargetSpecification, _ keys: [String], _ stream: StreamKey, _ person: StoredOperator, _ now: Moment
  ) throws(OperatorRefusal) {
    let (ids, unknown) = try resolve(target)
    guard !ids.isEmpty else {
      throw OperatorRefusal(.noMatch, "No minion matches '\(target.expression)'.\(pillarHint)")
    }
    try checkTargets(ids, person)
    let top = Set(keys.map { String($0.prefix { $0 != ":" }) })
    for group in stride(from: 0, to: ids.count, by: 100) {
      let part = ids[group..<min(group + 100, ids.count)].compactMap { id -> Value? in
        guard let minion = registry[id] else { return nil }
        var grains = minion.grains?.grains ?? [:]
        if !top.isEmpty { grains = grains.filter { top.contains($0.key.description) } }
        return [
          "id": .string(id.text), "grains": minion.grains == nil ? .null : .map(grains),
          "age": minion.grains.map { .int(Int64(now - $0.received)) } ?? .null,
          "online": .bool(sessions[id] != nil),
          "last_seen": .string((sessions[id]?.lastHeard ?? minion.lastSeen).description),
        ]
      }
      guard reply(stream, .part(["grains": .list(part)])) else { return }
    }
    reply(stream, .value(["unknown": .strings(unknown), "pillar_failures": pillarFailures]))
  }

  private func verifyAuditLog(_ stream: StreamKey) throws(OperatorRefusal) {
    do { reply(stream, .value(try AuditReport.read("\(configuration.stateDirectory)/audit.log").value)) } catch {
      throw OperatorRefusal(.unavailable, "\(error)")
    }
  }

  func audit(_ who: String, _ what: String, _ details: ValueMap) throws(HostError) {
    try auditLog.append(who: who, what: what, details: details)
  }

  /// Reads leave a line too; it need not be on disk before the answer.
  private func auditRead(_ action: OperatorRequest.Action, _ person: StoredOperator) throws(OperatorRefusal) {
    let what: String? =
      switch action {
      case .status: "status"
      case .match: "target.match"
      case .listJobs: "job.list"
      case .showJob: "job.show"
      case .jobResults: "job.results"
      case .watchJob: "job.watch"
      case .listKeys: "key.list"
      case .showKey: "key.show"
      case .grains: "grains.query"
      case .listOperators: "operator.list"
      case .verifyAuditLog: "audit.verify"
      case .events: "events"
      case .pillarKey: "pillar.key"
      case .run, .cancelJob, .invite, .decideKeys, .addOperator, .removeOperator, .endStream, .read, .showPillar,
        .rotatePillarKey, .removePillarKey, .resealPillar, .fileServer:
        nil
      }
    guard let what else { return }
    do { try auditLog.append(who: person.name, what: what, details: [:], isDurable: false) } catch {
      throw OperatorRefusal(.unavailable, "Nothing was done: the audit log cannot be written (\(error)).")
    }
  }

  /// Nothing that cannot be put into the audit log is done.
  func auditOrRefuse(_ who: String, _ what: String, _ details: ValueMap) throws(OperatorRefusal) {
    do { try audit(who, what, details) } catch {
      throw OperatorRefusal(.unavailable, "Nothing was done: the audit log cannot be written (\(error)).")
    }
  }
}
