import OrderedCollections
import Store
import Targeting
import Value
import Wire

/// What operators ask about jobs.
extension MasterCore {
  func run(_ request: JobRequest, _ stream: StreamKey, _ person: StoredOperator, _ now: Moment)
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

  func visibleJob(_ id: JobID, _ person: StoredOperator) throws(OperatorRefusal) -> StoredJob {
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

  func results(_ stored: StoredJob, _ stream: StreamKey, _ person: StoredOperator, _ now: Moment) {
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

  func listJobs(_ limit: Int64, _ activeOnly: Bool, _ stream: StreamKey, _ person: StoredOperator) {
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

  func showJob(_ id: JobID, _ stream: StreamKey, _ person: StoredOperator) throws(OperatorRefusal) {
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
}
