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
}
