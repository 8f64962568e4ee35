import OrderedCollections
import Store
import Targeting
import Value
import Wire

extension MasterCore {
  /// Takes up the jobs that were not complete when the master stopped.
  func recoverJobs() throws {
    for stored in try store.incompleteJobs() {
      let ended = Dictionary(
        try store.endedMinions(of: stored.id).map { ($0.minion, $0.outcome) }, uniquingKeysWith: { first, _ in first })
      let job = ActiveJob(stored, ended: ended, window: window(of: stored))
      if job.isComplete {
        commit([.completeJob(stored.id, .now())])
        remember(stored)
      } else {
        jobs[stored.id] = job
        if let name = job.cancelledBy { _ = cancel(stored.id, by: name, now: .now()) }
      }
    }
    if !jobs.isEmpty { log.info("\(jobs.count) jobs taken up again") }
  }

  func window(of job: StoredJob) -> Int? {
    guard !job.request.batch.isEmpty else { return nil }
    return (try? BatchSize(parsing: job.request.batch))?.count(of: job.minions.count)
  }

  /// Makes the job durable, then gives its id out and publishes it.
  func create(_ stored: StoredJob, then reply: @escaping AfterCommit) {
    commit([.createJob(stored)]) { core, error in
      if error == nil { core.jobs[stored.id] = ActiveJob(stored, window: core.window(of: stored)) }
      reply(core, error)
      guard error == nil else { return }
      core.publish(
        "job/\(stored.id)/new",
        [
          "job": .string(stored.id.text), "fun": .string(stored.request.function),
          "user": .string(stored.operatorName), "minions": .int(Int64(stored.minions.count)),
        ])
      core.advance(stored.id, now: .now())
    }
  }

  /// Starts what may start and ends what is over.
  func advance(_ id: JobID, now: Moment) {
    guard let job = jobs[id] else { return }
    let order = MasterMessage.job(job.stored.order).encoded()
    for minion in job.stored.minions where job.minions[minion]?.isEnded == false {
      let mayStart = job.mayStart { sessions[$0] != nil }
      if !mayStart, now < job.stored.expires { return }
      let isOnline = sessions[minion] != nil
      let actions = job.on(.tick, from: minion, isOnline: isOnline, mayStart: mayStart, now: now)
      apply(actions ?? [], id, minion, now, order: order)
    }
  }

  func jobEvent(_ id: JobID, _ minion: MinionID, _ event: MinionJob.Event, _ now: Moment) {
    guard let job = jobs[id] else { return }
    var mayStart = true
    if case .minionJoined = event { mayStart = job.mayStart { sessions[$0] != nil } }
    let actions = job.on(event, from: minion, isOnline: sessions[minion] != nil, mayStart: mayStart, now: now)
    apply(actions ?? [], id, minion, now)
    progressed(id)
  }

  private func apply(
    _ actions: [MinionJob.Action], _ id: JobID, _ minion: MinionID, _ now: Moment, order: [UInt8]? = nil
  ) {
    for action in actions {
      switch action {
      case .sendOrder:
        guard let job = jobs[id] else { return }
        let bytes = order ?? MasterMessage.job(job.stored.order).encoded()
        let isSent = send(encoded: bytes, to: minion)
        _ = job.on(.orderSent(isSent), from: minion, isOnline: isSent, mayStart: true, now: now)
      case .sendCancel: send(.cancel(id), to: minion)
      case .record(let outcome, let reason, let isAssumed):
        let result = JobResult(id: id, outcome: outcome, error: reason, exitCode: 1, started: now, ended: now)
        record(StoredResult(minion: minion, result: result, received: now, isAssumed: isAssumed))
      case .commitResult: break
      }
    }
  }

  /// A minion's result: committed first, acknowledged after.
  func received(_ result: JobResult, from minion: MinionID, _ now: Moment) {
    guard let job = jobs[result.id] else { return receivedLate(result, from: minion, now) }
    let event = MinionJob.Event.result(result.outcome)
    guard let actions = job.on(event, from: minion, isOnline: true, mayStart: true, now: now) else {
      return complain("a result for a job that was not published to it was dropped", about: minion)
    }
    guard actions.contains(.commitResult) else { return }
    record(StoredResult(minion: minion, result: result, received: now), acknowledged: true)
  }

  /// A result of a job that is complete: a redelivery, or the truth about an end that was assumed.
  private func receivedLate(_ result: JobResult, from minion: MinionID, _ now: Moment) {
    if recentJobs[result.id] == nil {
      do {
        guard let stored = try store.job(result.id) else {
          // Pruned since: nobody can ask for it any more.
          acknowledgements[minion, default: []].append(result.id)
          return
        }
        remember(stored)
      } catch { return }
    }
    guard recentJobs[result.id]?.contains(minion) == true else {
      return complain("a result for a job that was not published to it was dropped", about: minion)
    }
    record(StoredResult(minion: minion, result: result, received: now), acknowledged: true)
  }

  private func record(_ stored: StoredResult, acknowledged: Bool = false) {
    let id = stored.result.id
    commit([.addResult(stored)]) { core, error in
      guard error == nil else { return }
      if acknowledged { core.acknowledgements[stored.minion, default: []].append(id) }
      core.ended(stored)
    }
  }

  private func ended(_ stored: StoredResult) {
    let id = stored.result.id
    guard jobs[id]?.isNews(of: stored.minion, isAssumed: stored.isAssumed) ?? true else { return }
    jobs[id]?.committed(stored.result.outcome, of: stored.minion)
    for watcher in watchers.values where watcher.job == id && watcher.end == nil {
      watcher.waiting.append(OutcomeValue.ended(stored))
      watcher.isProgressNews = true
    }
    if !subscribers.isEmpty {
      publish(
        "job/\(id)/end/\(stored.minion)",
        [
          "job": .string(id.text), "minion": .string(stored.minion.text),
          "state": .string(stored.result.outcome.rawValue), "exit": .int(stored.result.exitCode),
        ])
    }
    guard let job = jobs[id] else { return }
    if job.isBatched { advance(id, now: .now()) }
    if jobs[id]?.isComplete == true { complete(id) }
  }

  private func complete(_ id: JobID) {
    commit([.completeJob(id, .now())])
    // Watchers are told by `flushWatchers`, once everything they wait for has been sent.
    if let job = jobs.removeValue(forKey: id) { remember(job.stored) }
    publish("job/\(id)/complete", ["job": .string(id.text)])
  }

  private func remember(_ job: StoredJob) {
    if recentJobs.count >= Self.recentJobsKept, let oldest = recentJobs.keys.min() { recentJobs[oldest] = nil }
    recentJobs[job.id] = Set(job.minions)
  }

  /// Cancels on every minion that has not ended.
  func cancel(_ id: JobID, by name: String, now: Moment) -> Int {
    guard let job = jobs[id] else { return 0 }
    if job.cancelledBy == nil {
      job.cancelledBy = name
      commit([.cancelJob(id, by: name)])
    }
    var count = 0
    for minion in job.stored.minions where jobs[id]?.minions[minion]?.isEnded == false {
      jobEvent(id, minion, .cancelRequested(by: name), now)
      count += 1
    }
    return count
  }
}
