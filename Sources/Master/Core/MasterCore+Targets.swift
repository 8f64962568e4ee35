import OrderedCollections
import Store
import Targeting
import Value
import Wire

/// What a target means, and whether an operator may use it.
extension MasterCore {
  /// The accepted minions that a target means now, and what a list names that does not exist.
  func resolve(_ specification: TargetSpecification) throws(OperatorRefusal) -> (ids: [MinionID], unknown: [String]) {
    guard let kind = TargetKind(rawValue: specification.kind) else {
      throw OperatorRefusal(.badRequest, "'\(specification.kind)' is no kind of target.")
    }
    do {
      let target = try Target.parse(
        kind: kind, text: specification.expression, nodegroups: configuration.nodegroups)
      var ids: [MinionID] = []
      for minion in registry.accepted where try matches(target, minion) { ids.append(minion.id) }
      let unknown = (target.listedIDs ?? []).filter { name in MinionID(name).flatMap { registry[$0] } == nil }
      return (ids.sorted(), unknown)
    } catch let refusal as OperatorRefusal { throw refusal } catch { throw OperatorRefusal(.badRequest, "\(error)") }
  }

  /// Whether a target means a minion. One whose pillar is not known is not meant by a target on pillar, whatever else
  /// stands in it.
  func matches(_ target: Target, _ minion: StoredMinion) throws -> Bool {
    var subject = TargetSubject(id: minion.id.text, grains: minion.grains?.grains ?? ["id": .string(minion.id.text)])
    if target.usesPillar {
      guard let pillar = pillarSnapshot?.pillars[minion.id] else { return false }
      subject.pillar = pillar
    }
    return try target.matches(subject)
  }

  /// The gate's second half: the resolved minions against the role's targets.
  func checkTargets(_ ids: [MinionID], _ person: StoredOperator) throws(OperatorRefusal) {
    try gate.check(
      ids,
      allowed: { role in
        var allowed: Set<MinionID> = []
        for expression in role.targets {
          let target = try Target.parse(kind: .compound, text: expression, nodegroups: configuration.nodegroups)
          for minion in registry.accepted where try matches(target, minion) { allowed.insert(minion.id) }
        }
        return allowed
      }, by: person)
  }
}
