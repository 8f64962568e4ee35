import Functions
import Glibc
import HostSystem
import Value
import Wire

extension MinionCore {
  /// Takes up what a former run of this daemon left: results to send, workers that still run, jobs that were begun and
  /// whose worker is gone, and jobs that never began.
  func recover() {
    let now = Moment.now()
    for found in spool.scan({ log.error("\($0)") }) {
      switch found {
      case .done(let id, let expires): done[id] = expires
      case .job(let order, .some):
        held[order.id] = HeldJob(order: order, phase: .finished)
      case .job(let order, nil):
        if JobLock(spool, order.id) == nil {
          log.info("job \(order.id) still runs", metadata: ["fun": "\(order.function)"])
          held[order.id] = HeldJob(order: order, phase: .running)
          runningWorkers += 1
          follow(order.id)
        } else if spool.worker(order.id) != nil {
          held[order.id] = HeldJob(order: order, phase: .running)
          runningWorkers += 1
          workerEnded(order.id, problem: nil)
        } else if now > order.expires {
          held[order.id] = HeldJob(order: order, phase: .finished)
          write(.interrupted, "the minion was stopped before its turn came, and it has expired since", order)
        } else {
          held[order.id] = HeldJob(order: order)
          waiting.append(order.id)
          takenUp.insert(order.id)
          if spool.isCancelled(order.id) { event(order.id, .cancelled) }
        }
      }
    }
    waiting.sort()
    startWaiting()
  }

  func take(_ order: JobOrder, _ now: Moment) {
    let phase = held[order.id]?.phase ?? (done[order.id] == nil ? nil : .acknowledged)
    switch JobAdmission.decide(order, held: phase, heldCount: held.count, now: now) {
    case .alreadyHeld:
      send(.accepted(order.id))
      if phase == .finished { sendResult(order.id) }
    case .refuse(let reason): refuse(order, reason, now)
    case .accept:
      let effect = functions.registry[order.function]?.signature.effect
      do { try spool.journal(order, reserving: effect != .read) } catch {
        log.error("job \(order.id) is refused: \(error)")
        return refuse(order, "the host cannot keep its journal, nothing was done: \(error)", now)
      }
      held[order.id] = HeldJob(order: order)
      send(.accepted(order.id))
      log.info(
        "job \(order.id) from \(order.operatorName)", metadata: ["fun": "\(order.function)"])
      if effect == .read {
        // Cheap reads run in the daemon: no process is started for a ping.
        event(order.id, .turn)
      } else {
        waiting.append(order.id)
        startWaiting()
      }
    }
  }

  /// Refused before anything: said from memory, since the disk may be what is wrong.
  private func refuse(_ order: JobOrder, _ reason: String, _ now: Moment) {
    send(
      .result(JobResult(id: order.id, outcome: .refused, error: reason, exitCode: 1, started: now, ended: now)))
  }

  func startWaiting() {
    while runningWorkers < configuration.maximumWorkers, !waiting.isEmpty {
      let id = waiting.removeFirst()
      guard let job = held[id], job.phase == .waiting else { continue }
      if !runsHere(job.order) { runningWorkers += 1 }
      event(id, .turn)
    }
  }

  func event(_ id: JobID, _ event: HeldJob.Event) {
    guard var job = held[id] else { return }
    let actions = job.on(event)
    held[id] = job
    for action in actions { perform(action, job.order) }
  }

  private func perform(_ action: HeldJob.Action, _ order: JobOrder) {
    switch action {
    case .start: start(order)
    case .sendResult: sendResult(order.id)
    case .forgetResult: forget(order)
    case .kill:
      spool.markCancelled(order.id)
      guard let worker = spool.worker(order.id) else { return }
      let launcher = launcher
      Task { await launcher.end(worker) }
    case .writeResult(let outcome, let reason): write(outcome, reason, order)
    }
  }

  /// Cheap reads run in the daemon. One that was there when the former daemon ended may be what ended it: in a worker it
  /// ends nothing but itself, and is not tried for ever.
  private func runsHere(_ order: JobOrder) -> Bool {
    functions.registry[order.function]?.signature.effect == .read && !takenUp.contains(order.id)
  }

  private func start(_ order: JobOrder) {
    let id = order.id
    let effect = functions.registry[order.function]?.signature.effect
    if runsHere(order) {
      let context = functions
      let limit = configuration.maximumResult
      Task.detached { [weak self] in
        let result = await JobRun.run(order, in: context, maximumResult: limit)
        await self?.finishedHere(result)
      }
      return
    }
    send(.started(id))
    let launcher = launcher
    let progress = followProgress(id)
    // What is not known here is refused by the worker, in the same words.
    Task.detached { [weak self] in
      let problem = await launcher.run(id, changesHost: effect != .inspect && effect != .read)
      progress.cancel()
      await self?.workerEnded(id, problem: problem)
    }
  }

  /// Tells the master how far a long job is.
  private func followProgress(_ id: JobID) -> Task<Void, Never> {
    let spool = spool
    return Task.detached { [weak self] in
      var last: String?
      while (try? await Task.sleep(for: .seconds(1))) != nil {
        guard let line = spool.progress(id), line != last else { continue }
        last = line
        await self?.send(.progress(id, line))
      }
    }
  }

  private func finishedHere(_ result: JobResult) {
    do { try spool.write(result) } catch {
      // The value of a read can be had again; what must not happen is silence.
      log.error("the result of job \(result.id) cannot be kept: \(error)")
      send(.result(result))
    }
    event(result.id, .finished)
  }

  func workerEnded(_ id: JobID, problem: String?) {
    if spool.result(id) == nil, JobLock(spool, id) == nil, spool.order(id) != nil {
      // A worker that the daemon before this one had started was quicker: it is the one that counts.
      return follow(id)
    }
    runningWorkers -= 1
    if let problem { log.error("job \(id): \(problem)") }
    if spool.result(id) != nil {
      event(id, .finished)
    } else {
      let launcher = launcher
      Task { await launcher.endLeftovers(id) }
      event(id, .workerLost)
    }
    startWaiting()
  }

  /// Waits for a worker that is not this daemon's child: its lock becomes free when it ends.
  private func follow(_ id: JobID) {
    let spool = spool
    Task.detached { [weak self] in
      while JobLock(spool, id) == nil { try? await Task.sleep(for: .milliseconds(300)) }
      await self?.workerEnded(id, problem: nil)
    }
  }

  private func write(_ outcome: JobOutcome, _ reason: String, _ order: JobOrder) {
    let now = Moment.now()
    let result = JobResult(id: order.id, outcome: outcome, error: reason, exitCode: 1, started: now, ended: now)
    do {
      try spool.write(result)
      sendResult(order.id)
    } catch {
      log.error("the end of job \(order.id) cannot be kept: \(error)")
      send(.result(result))
    }
  }

  func sendResult(_ id: JobID) {
    guard let result = spool.result(id) else { return }
    send(.result(result))
  }

  private func forget(_ order: JobOrder) {
    do {
      try spool.acknowledge(order)
      held[order.id] = nil
      takenUp.remove(order.id)
      done[order.id] = order.expires
    } catch { log.error("job \(order.id) cannot be put away: \(error)") }
  }
}
