import OrderedCollections
import Value

extension StateRun {
  /// Takes what a call has returned: retries it, lets it watch, or keeps it.
  mutating func finish(_ call: StateCall, _ result: StateReturn, _ actions: inout [StateAction]) {
    let position = call.position
    guard call.mode != .check else {
      isBusy = false
      checks[position] = numbered(result, position)
      if !result.isIdentified { runNumber += 1 }
      pop()
      return
    }
    var result = numbered(result, position)
    if !call.isParallel { runNumber += 1 }
    if let rule = RetryRule(call.chunk), result.isIdentified {
      if rules.isTest {
        result.comment += "  " + rule.forecast
      } else if retry(call, &result, rule, &actions) {
        return
      }
    }
    if call.mode == .run, let isSkipped = watching.removeValue(forKey: position) {
      if isSkipped {
        result.comment += " mod_watch was not run because requisites were skipped by another state"
      } else if result.changes.isEmpty, !result.isTrue("skip_watch") {
        actions.append(.call(watchCall(after: call)))
        return
      }
    }
    if call.isParallel {
      inFlight.remove(position)
      result.extra["__parallel__"] = true
    } else {
      isBusy = false
    }
    settle(position, result)
  }

  /// True when it is tried again; the result gets the comments of all attempts otherwise.
  private mutating func retry(
    _ call: StateCall, _ result: inout StateReturn, _ rule: RetryRule, _ actions: inout [StateAction]
  ) -> Bool {
    let position = call.position
    var record = attempts[position] ?? RetryRecord(startTime: result.startTime, duration: 0, comments: [])
    record.duration += result.duration
    // Salt counts the first try of a parallel state as none, and words it otherwise.
    let limit = call.isParallel ? rule.attempts + 1 : rule.attempts
    let isLast = result.result == rule.until || call.attempt >= limit
    if call.isParallel {
      let attempt = call.attempt - 1
      record.comments.append(attempt == 0 ? result.comment : RetryRule.report(attempt: attempt, of: result))
    } else {
      record.comments.append(isLast ? result.comment : RetryRule.report(attempt: call.attempt, of: result))
    }
    guard isLast else {
      attempts[position] = record
      var next = call
      next.attempt += 1
      actions.append(.sleep(next, seconds: rule.interval, splay: rule.splay))
      return true
    }
    attempts[position] = nil
    result.comment = record.comments.joined(separator: "\n")
    result.duration = record.duration
    if call.attempt > 1 { result.startTime = record.startTime }
    return false
  }

  private func watchCall(after call: StateCall) -> StateCall {
    var next = call
    next.mode = .watch
    next.attempt = 1
    next.companions = []
    next.chunk.data["sfun"] = next.chunk.data["fun"]
    next.chunk.data["fun"] = "mod_watch"
    var watched: ValueMap = [:]
    for need in needs[call.position] where need.requisite == .watch || need.requisite == .watchAny {
      let changed = need.positions.filter { returns[$0]?.changes.isEmpty == false }
      watched[need.requisite.rawValue] = .list(changed.map { .map(states[$0].chunk.data) })
    }
    next.chunk.data["__reqs__"] = .map(watched)
    return next
  }
}
