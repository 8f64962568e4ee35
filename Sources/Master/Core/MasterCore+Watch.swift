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

  private func caughtUp(_ key: StreamKey, _ results: Result<[Value], StoreError>) {
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
      let waiting = watcher.waiting
      watcher.waiting = []
      guard send(waiting, key) else { continue }
      if jobs[watcher.job] == nil {
        watchers[key] = nil
        reply(key, .value(["job": .string(watcher.job.text), "complete": true]))
      } else if watcher.isProgressNews, .now - watcher.lastProgress >= Self.progressInterval {
        watcher.isProgressNews = false
        watcher.lastProgress = .now
        reply(key, .part(["progress": progress(of: watcher.job)]))
      }
    }
  }

  /// Sends outcomes in parts of bounded size.
  ///
  /// - Returns: false when the operator is gone.
  func send(_ outcomes: [Value], _ key: StreamKey) -> Bool {
    var part: [Value] = []
    var bytes = 0
    for (index, outcome) in outcomes.enumerated() {
      part.append(outcome)
      bytes += 200 + (outcome["value"]?.bytesValue?.count ?? 0)
      guard part.count == Self.outcomesPerPart || bytes > Self.bytesPerPart || index == outcomes.count - 1 else {
        continue
      }
      guard reply(key, .part(["outcomes": .list(part)])) else { return false }
      part = []
      bytes = 0
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
    for (key, subscriber) in subscribers where subscriber.wants(tag) { reply(key, .part(event)) }
  }

  /// - Returns: false when the operator is gone; its streams end.
  @discardableResult
  func reply(_ key: StreamKey, _ body: OperatorReply.Body) -> Bool {
    let bytes = OperatorReply(number: key.number, body).encoded()
    if operatorSocket.send(key.routingID, bytes) { return true }
    watchers = watchers.filter { $0.key.routingID != key.routingID }
    subscribers = subscribers.filter { $0.key.routingID != key.routingID }
    return false
  }
}
