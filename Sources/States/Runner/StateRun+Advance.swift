import OrderedCollections
import Value

extension StateRun {
  /// Goes on until a call is out that must come back first, or nothing is left.
  mutating func advance(_ actions: inout [StateAction]) {
    startQueued(&actions)
    while !isBusy, !isFinished {
      if let task = stack.last {
        guard step(task, &actions) else { return }
      } else if let index = postponed.firstIndex(where: { isReady($0) }), !isStopped {
        push(.visit(postponed.remove(at: index)))
      } else if nextOnAgenda < agenda.count, !isStopped {
        push(.visit(agenda[nextOnAgenda]))
        nextOnAgenda += 1
      } else if !inFlight.isEmpty {
        return
      } else if !isListening {
        isListening = true
        isStopped = false
        addListeners()
      } else {
        reportMissingListens()
        isFinished = true
        actions.append(.finish)
      }
    }
  }

  mutating func push(_ task: Task) {
    stack.append(task)
    isOnStack.insert(task)
  }

  mutating func pop() {
    if let task = stack.popLast() { isOnStack.remove(task) }
  }

  /// One step of the task on top; false when it must wait for a parallel state.
  private mutating func step(_ task: Task, _ actions: inout [StateAction]) -> Bool {
    switch task {
    case .check(let position):
      guard checks[position] == nil, returns[position] == nil else {
        if checks[position] == nil { checks[position] = returns[position] }
        pop()
        return true
      }
      guard let isReady = prepare(position, isCheck: true) else { return true }
      guard isReady else { return false }
      check(position, &actions)
    case .visit(let position):
      guard returns[position] == nil, !inFlight.contains(position) else {
        pop()
        return true
      }
      guard let isReady = prepare(position, isCheck: false) else { return true }
      guard isReady else {
        // Salt goes on with others, too, while one waits for a parallel state.
        pop()
        postponed.append(position)
        return true
      }
      pop()
      visit(position, &actions)
    }
    return true
  }

  /// Sees to it that all that a state looks at has a return.
  ///
  /// - Returns: true when so; false when a parallel one is still running; nil when something else was put on the stack, or
  ///   the state was refused.
  private mutating func prepare(_ position: Int, isCheck: Bool) -> Bool? {
    var isWaiting = false
    for need in needs[position] {
      for other in need.positions where counts(other, for: position, need.requisite, isCheck: isCheck) {
        if need.requisite == .prereq {
          guard checks[other] == nil else { continue }
          return demand(.check(other), for: position)
        }
        guard returns[other] == nil else { continue }
        if inFlight.contains(other) {
          isWaiting = true
        } else if let index = postponed.firstIndex(of: other) {
          guard isReady(other) else {
            isWaiting = true
            continue
          }
          postponed.remove(at: index)
          return demand(.visit(other), for: position)
        } else {
          return demand(.visit(other), for: position)
        }
      }
    }
    return !isWaiting
  }

  /// A state that is tried out for others that have it as `prereq` does not wait for those.
  func counts(_ other: Int, for position: Int, _ requisite: Requisite, isCheck: Bool) -> Bool {
    guard states.indices.contains(other) else { return false }
    return !(isCheck && requisite == .require && prerequiring[position]?.contains(other) == true)
  }

  private mutating func demand(_ task: Task, for position: Int) -> Bool? {
    guard isOnStack.contains(task) else {
      push(task)
      return nil
    }
    // The compiler refuses cycles; this is the bound should one get through.
    pop()
    var result = StateReturn(
      name: name(position), result: false, comment: "Recursive requisite found")
    result.startTime = now
    record(position, numbered(result, position))
    return nil
  }

  private func isReady(_ position: Int) -> Bool {
    needs[position].allSatisfy { need in
      need.requisite == .prereq || need.positions.allSatisfy { returns[$0] != nil }
    }
  }

  /// One more parallel state may start.
  var hasRoom: Bool { rules.maximumParallel == 0 || inFlight.count - queued.count < rules.maximumParallel }

  func isParallel(_ position: Int) -> Bool { states[position].chunk.data["parallel"] == true }

  func name(_ position: Int) -> Value { states[position].chunk.data["name"] ?? .null }

  private mutating func startQueued(_ actions: inout [StateAction]) {
    while !queued.isEmpty, hasRoom { actions.append(.call(queued.removeFirst())) }
  }
}
