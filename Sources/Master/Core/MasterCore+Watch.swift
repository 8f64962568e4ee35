import OrderedCollections
import Store
import Targeting
import Value
import Wire

/// Streams to operators: job outcomes and events.
extension MasterCore {
  /// Outcomes in one part, so that no message grows without bound.
  private static let outcomesPerPart = 200
  /// And bytes, before the next part is begun.
  private static let bytesPerPart = 1 << 20
  private static let progressInterval = Duration.milliseconds(100)
  /// Each turn walks all watches, so one operator may not have them without end.
  private static let watchesPerOperator = 1000

  func checkWatches(of person: StoredOperator) throws(OperatorRefusal) {
    guard watchers.values.count(where: { $0.operatorName == person.name }) < Self.watchesPerOperator else {
      throw OperatorRefusal(
        .unavailable, "\(person.name) waits for \(Self.watchesPerOperator) jobs already; `--async` does not wait.")
    }
  }

  /// Sends all ends there are, then each as it comes, then a last word.
  func watch(_ job: JobID, _ key: StreamKey, by person: StoredOperator) {
    watchers[key] = JobWatcher(job: job, operatorName: person.name, isCatchingUp: true)
    let store = store
    Task.detached { [weak self] in
      let results = Result { () throws(StoreError) in try store.results(of: job).map(OutcomeValue.ended) }
      await self?.caughtUp(key, results)
    }
  }

  func caughtUp(_ key: StreamKey, _ results: Result<[Value], StoreError>) {
    guard let watcher = watchers[key] else { return }
    switch results {
    case .success(let values):
      // What ended meanwhile may be in both; the client keeps one of each minion.
      watcher.waiting.insert(contentsOf: values, at: 0)
      watcher.isCatchingUp = false
      flushWatchers()
    case .failure(let error):
      watchers[key] = nil
      reply(key, .refused(OperatorRefusal(.unavailable, "\(error)")))
    }
  }

  func progressed(_ job: JobID) {
    for watcher in watchers.values where watcher.job == job { watcher.isProgressNews = true }
  }

  func flushWatchers() {
    for (key, watcher) in watchers where !watcher.isCatchingUp {
      guard sendWaiting(of: watcher, key) else { continue }
      if let end = watcher.end {
        watchers[key] = nil
        reply(key, .value(["job": .string(watcher.job.text), "complete": end]))
      } else if jobs[watcher.job] == nil {
        watchers[key] = nil
        reply(key, .value(["job": .string(watcher.job.text), "complete": true]))
      } else if watcher.isProgressNews, .now - watcher.lastProgress >= Self.progressInterval {
        watcher.isProgressNews = false
        watcher.lastProgress = .now
        reply(key, .part(["progress": progress(of: watcher.job)]))
      }
    }
  }

  /// Sends outcomes in parts of bounded size, as long as what was sent before is read.
  ///
  /// - Returns: false when there is more to send later, or the operator is gone.
  private func sendWaiting(of watcher: JobWatcher, _ key: StreamKey) -> Bool {
    var sent = 0
    defer { watcher.waiting.removeFirst(sent) }
    while sent < watcher.waiting.count {
      guard operatorBudget.hasRoom(key.routingID) else { return false }
      var part: [Value] = []
      var bytes = 0
      for outcome in watcher.waiting[sent...].prefix(Self.outcomesPerPart) where bytes <= Self.bytesPerPart {
        part.append(outcome)
        bytes += 200 + (outcome["value"]?.bytesValue?.count ?? 0)
      }
      guard reply(key, .part(["outcomes": .list(part)])) else { return false }
      sent += part.count
    }
    return true
  }

  /// Counts by state, and what minions say of how far they are.
  private func progress(of id: JobID) -> Value {
    guard let job = jobs[id] else { return .map([:]) }
    var counts: ValueMap = [:]
    for (minionID, minion) in job.minions {
      let state: String =
        switch minion.phase {
        case .ended: "ended"
        case _ where sessions[minionID] == nil: isSettling(.now()) ? "reconnecting" : "offline"
        case .queued: "queued"
        case .sent, .delivered: "delivered"
        case .running: "running"
        }
      counts[state] = .int((counts[state]?.intValue ?? 0) + 1)
    }
    // Progress lines are for a terminal's one line: the newest few are enough.
    let lines = job.progress.prefix(3).map { (Value.string($0.key.text), Value.string($0.value)) }
    return ["counts": .map(counts), "lines": .map(ValueMap(lines, uniquingKeysWith: { _, last in last }))]
  }

  /// Tells everybody who watches this kind of event.
  func publish(_ tag: String, _ data: Value) {
    guard !subscribers.isEmpty else { return }
    let event: Value = ["tag": .string(tag), "time": .string(Moment.now().description), "data": data]
    for (key, subscriber) in subscribers where subscriber.wants(tag) {
      guard operatorBudget.hasRoom(key.routingID) else {
        subscribers[key] = nil
        reply(
          key, .refused(OperatorRefusal(.unavailable, "The events come faster than they are read; some were lost.")))
        continue
      }
      reply(key, .part(event))
    }
  }

  /// - Returns: false when the operator is gone; its streams end.
  @discardableResult
  func reply(_ key: StreamKey, _ body: OperatorReply.Body) -> Bool {
    let ticket = Int64.random(in: 1 ... .max)
    let bytes = OperatorReply(number: key.number, body, ticket: ticket).encoded()
    guard operatorSocket.send(key.routingID, bytes) else {
      endStreams(of: key.routingID)
      return false
    }
    var isRefusal = false
    if case .refused = body { isRefusal = true }
    operatorBudget.sent(
      ticket, to: key.routingID, number: key.number, bytes: bytes.count, isRefusal: isRefusal, now: .now())
    return true
  }

  private func endStreams(of routingID: [UInt8]) {
    watchers = watchers.filter { $0.key.routingID != routingID }
    subscribers = subscribers.filter { $0.key.routingID != routingID }
  }

  /// Ends connections of operators who do not read, and forgets those that are gone.
  func cutOffOperators(_ now: Moment) {
    let (gone, overdue) = operatorBudget.prune(now: now, isOpen: \.isOpen)
    for routingID in gone { endStreams(of: routingID) }
    for (routingID, connection) in overdue {
      log.warning("a connection of an operator was cut off: it asks and does not read the answers")
      endStreams(of: routingID)
      connection.cutOff()
    }
  }
}
