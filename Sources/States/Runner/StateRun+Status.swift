extension StateRun {
  /// One thing that a requisite says; Salt's words.
  private struct Facts: OptionSet {
    let rawValue: Int
    static let fail = Facts(rawValue: 1)
    static let change = Facts(rawValue: 2)
    static let met = Facts(rawValue: 4)
    static let pre = Facts(rawValue: 8)
    static let premet = Facts(rawValue: 16)
    static let onfail = Facts(rawValue: 32)
    static let onchanges = Facts(rawValue: 64)
    static let onchangesmet = Facts(rawValue: 128)
    static let skip = Facts(rawValue: 256)
  }

  /// What all requisites of a state say together.
  func status(_ position: Int, isCheck: Bool) -> RequisiteStatus {
    var all: Facts = []
    for var need in needs[position] {
      if isCheck { need.positions.removeAll { !counts($0, for: position, need.requisite, isCheck: true) } }
      all.formUnion(facts(need))
    }
    if all.contains(.fail) { return .fail }
    if all.contains(.skip) {
      if !all.isDisjoint(with: [.onchangesmet, .premet]) { return .skip }
      if all.contains(.change) { return .skipWatch }
    }
    if all.contains(.pre) { return all.contains(.premet) ? .met : .noPrerequisiteChange }
    if all.contains(.onfail), !all.contains(.onchangesmet) { return .noFailure }
    if all.contains(.onchanges), !all.contains(.onchangesmet) { return .noChange }
    if all.contains(.change) { return .change }
    return all.contains(.onfail) ? .noFailure : .met
  }

  private func facts(_ need: Need) -> Facts {
    var facts: Facts = []
    for position in need.positions where states.indices.contains(position) {
      guard let result = need.requisite == .prereq ? checks[position] : returns[position] else { continue }
      facts.formUnion(fact(need.requisite, result))
    }
    switch need.requisite {
    case .requireAny, .watchAny, .onchangesAny, .onfailAny, .onfail:
      if !facts.isDisjoint(with: [.met, .change]) { facts.remove(.fail) }
      if facts.contains(.onchangesmet) { facts.subtract([.onchanges, .fail]) }
      if facts.contains(.met) { facts.remove(.onfail) }
    case .onfailAll:
      if facts.contains(.onfail) { facts.remove(.met) }
    case .require, .watch, .prereq, .onchanges, .listen: break
    }
    return facts
  }

  private func fact(_ requisite: Requisite, _ result: StateReturn) -> Facts {
    let skip: Facts = result.isTrue("skip_req") ? .skip : []
    switch requisite {
    case .onfail, .onfailAny, .onfailAll:
      if result.result == true { return skip.union(.onfail) }
    case .onchanges, .onchangesAny:
      return skip.union(result.result == false || result.changes.isEmpty ? .onchanges : .onchangesmet)
    case .prereq:
      if result.result == false { return skip.union(.fail) }
      return skip.union(result.result == nil ? .premet : .pre)
    case .watch, .watchAny:
      if result.result == false { return skip.union(.fail) }
      if !result.changes.isEmpty { return skip.union(.change) }
    case .require, .requireAny, .listen:
      if result.result == false { return skip.union(.fail) }
    }
    return result.didRun ? skip.union(.met) : skip
  }

  /// `One or more requisite failed: sls.id, …` with each that failed, once.
  func failureComment(_ position: Int) -> String {
    var names: [String] = []
    for need in needs[position] {
      for other in need.positions where states.indices.contains(other) {
        // Salt looks only at the check of a state that has one, and then may name none.
        guard checks[other]?.result == false || returns[other]?.result == false else { continue }
        let name = "\(states[other].chunk.sls).\(states[other].chunk.id)"
        if !names.contains(name) { names.append(name) }
      }
    }
    return "One or more requisite failed: \(names.joined(separator: ", "))"
  }
}
