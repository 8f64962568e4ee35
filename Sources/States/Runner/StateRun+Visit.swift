import OrderedCollections
import Value

extension StateRun {
  /// Runs a state, or passes it over, as its requisites say.
  mutating func visit(_ position: Int, _ actions: inout [StateAction]) {
    let status = status(position, isCheck: false)
    switch status {
    case .met: begin(position, .run, &actions)
    case .change, .skipWatch:
      watching[position] = status == .skipWatch
      begin(position, .run, &actions)
    case .fail:
      guard var result = checks[position] else {
        record(position, notRun(position, false, failureComment(position)))
        return
      }
      // It was tried for those that have it as `prereq`; what it would have changed did not happen.
      result.changes = [:]
      result.startTime = nil
      result.name = name(position)
      record(position, numbered(result, position))
    case .noPrerequisiteChange, .noFailure, .noChange, .skip:
      record(position, notRun(position, true, status.comment))
    }
  }

  /// Asks a state in test mode what it would do, for those that have it as `prereq`.
  mutating func check(_ position: Int, _ actions: inout [StateAction]) {
    let status = status(position, isCheck: true)
    switch status {
    case .met, .change, .skipWatch: begin(position, .check, &actions)
    case .fail, .noPrerequisiteChange, .noFailure, .noChange, .skip:
      let isFailed = status == .fail
      let result = notRun(position, !isFailed, isFailed ? failureComment(position) : status.comment)
      checks[position] = result
      pop()
      record(position, result)
    }
  }

  private mutating func begin(_ position: Int, _ mode: StateCall.Mode, _ actions: inout [StateAction]) {
    var call = StateCall(position: position, chunk: states[position].chunk, mode: mode)
    if position >= listenersStart { call.mode = .watch }
    call.companions = mode == .run ? companions(of: position) : []
    guard mode == .run, isParallel(position) else {
      isBusy = true
      actions.append(.call(call))
      return
    }
    call.isParallel = true
    numbers[position] = runNumber
    runNumber += 1
    order.append(position)
    if hasRoom { actions.append(.call(call)) } else { queued.append(call) }
    inFlight.insert(position)
  }

  /// Later states of the module that may be done together with this one: those that wait for nothing any more.
  private func companions(of position: Int) -> [LowChunk] {
    guard !rules.aggregateModules.isEmpty, isAggregating(position) else { return [] }
    let module = states[position].chunk.module
    return states.indices.dropFirst(position + 1).filter { other in
      states[other].chunk.module == module && isAggregating(other) && returns[other] == nil
        && prerequiring[other] == nil
        && needs[other].allSatisfy { $0.requisite != .prereq && $0.positions.allSatisfy { returns[$0] != nil } }
    }
    .prefix(500).map { states[$0].chunk }
  }

  private func isAggregating(_ position: Int) -> Bool {
    let chunk = states[position].chunk
    guard let isWanted = rules.aggregateModules[chunk.module] else { return false }
    switch chunk.data["aggregate"] {
    case .bool(let flag): return flag
    case .list(let modules): return modules.contains(.string(chunk.module))
    default: return isWanted
    }
  }

  func notRun(_ position: Int, _ result: Bool, _ comment: String) -> StateReturn {
    var outcome = StateReturn(name: name(position), result: result, comment: comment, startTime: now)
    outcome.didRun = false
    return numbered(outcome, position)
  }

  /// The return with its number and place; `record` counts on.
  func numbered(_ result: StateReturn, _ position: Int) -> StateReturn {
    var result = result
    result.runNumber = numbers[position] ?? runNumber
    result.id = states[position].chunk.id
    result.sls = states[position].chunk.data["__sls__"] ?? .null
    return result
  }

  mutating func record(_ position: Int, _ result: StateReturn) {
    runNumber += 1
    settle(position, result)
  }

  /// Keeps the return without counting on; stops the run where it is to stop at a failure.
  mutating func settle(_ position: Int, _ result: StateReturn) {
    if returns[position] == nil, numbers[position] == nil { order.append(position) }
    returns[position] = result
    guard !rules.isTest, result.result == false else { return }
    guard states[position].chunk.data["failhard"]?.boolValue ?? rules.isFailHard else { return }
    isStopped = true
    stack = []
    isOnStack = []
    postponed = []
    // What has not begun leaves no trace.
    let dropped = Set(queued.map(\.position))
    inFlight.subtract(dropped)
    order.removeAll(where: dropped.contains)
    queued = []
  }
}
