import Hashing
import OrderedCollections
import Store
import Targeting
import Value
import Wire
import ZeroMQ

extension MasterCore {
  // MARK: Enrolment

  /// Decides on a host that asks to join; the answer goes out when the decision is durable.
  func enrol(_ request: EnrolRequest, key: String, address: String) async -> EnrolReply {
    let now = Moment.now()
    let digest = request.invitation.map { DigestAlgorithm.sha256.digest(of: $0) }
    let decision = Enrolment.decide(
      Enrolment.Asking(key: key, request: request, invitationDigest: digest, address: address), registry: registry,
      invitation: digest.flatMap { invitations[$0] }, now: now, globMatches: { Glob($0).matches($1) })
    let port = Int64(fleetPort)
    let answer = EnrolReply(decision.verdict, decision.message, fleetPort: port)
    guard !decision.operations.isEmpty else { return answer }
    do {
      try audit(
        "enrol", "key.\(decision.verdict.rawValue)",
        ["minion": .string(request.id.text), "key": .string(key), "address": .string(address)])
    } catch { return EnrolReply(.refused, "the master cannot write its audit log: \(error)", fleetPort: port) }
    // Taken into memory at once, so that two who ask at the same time do not both get in; put back if it is not kept.
    let former = (minion: registry[key: key], invitation: digest.flatMap { invitations[$0] })
    apply(decision.operations)
    return await withCheckedContinuation { continuation in
      commit(decision.operations) { core, error in
        if let error {
          core.restore(former.minion, former.invitation, key: key)
          continuation.resume(
            returning: EnrolReply(.refused, "the master cannot keep the decision: \(error)", fleetPort: port))
          return
        }
        if let tag = decision.eventTag {
          if decision.verdict == .refused {
            core.log.critical("a second key claims the id \(request.id)", metadata: ["address": "\(address)"])
          }
          core.publish(tag, ["minion": .string(request.id.text), "address": .string(address)])
        }
        continuation.resume(returning: answer)
      }
    }
  }

  /// Puts back what an enrolment had changed in memory.
  private func restore(_ minion: StoredMinion?, _ invitation: StoredInvitation?, key: String) {
    if let minion {
      apply([.saveMinion(minion)])
    } else {
      registry.remove(key: key)
      if let key = CurveKey(key) { keyTable.removeFleet(key) }
    }
    if let invitation { invitations[invitation.digest] = invitation }
  }

  /// Takes decided operations into memory.
  private func apply(_ operations: [StoreOperation]) {
    for operation in operations {
      switch operation {
      case .saveMinion(let minion):
        registry.save(minion)
        if let key = CurveKey(minion.publicKey) {
          if minion.status == .accepted { keyTable.addFleet(key) } else { keyTable.removeFleet(key) }
        }
      case .saveInvitation(let invitation): invitations[invitation.digest] = invitation
      default: break
      }
    }
  }

  // MARK: Operators' requests

  func invite(
    _ glob: String, _ uses: Int64, _ seconds: Int64, _ stream: StreamKey, _ person: StoredOperator, _ now: Moment
  ) throws(OperatorRefusal) {
    guard (1...100_000).contains(uses) else {
      throw OperatorRefusal(.badRequest, "An invitation is for 1 to 100,000 uses, not \(uses).")
    }
    guard (1...31_536_000).contains(seconds) else {
      throw OperatorRefusal(.badRequest, "An invitation lasts from a second to a year.")
    }
    var generator = SystemRandomNumberGenerator()
    let secret = (0..<20).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let invitation = StoredInvitation(
      digest: DigestAlgorithm.sha256.digest(of: secret), idGlob: glob, usesLeft: uses, expires: now + Double(seconds),
      operatorName: person.name)
    try auditOrRefuse(
      person.name, "key.invite",
      ["id": .string(glob), "uses": .int(uses), "expires": .string(invitation.expires.description)])
    invitations[invitation.digest] = invitation
    commit([.saveInvitation(invitation)]) { core, error in
      if let error {
        core.invitations[invitation.digest] = nil
        core.reply(stream, .refused(OperatorRefusal(.unavailable, "No invitation was made: \(error)")))
      } else {
        core.reply(
          stream,
          .value([
            "secret": .bytes(secret), "expires": .string(invitation.expires.description),
            "enrol_port": .int(Int64(core.configuration.enrolPort)),
          ]))
      }
    }
  }

  func decide(
    _ decision: KeyDecision, _ globs: [String], _ stream: StreamKey, _ person: StoredOperator, _ now: Moment
  ) throws(OperatorRefusal) {
    let patterns = globs.map { Glob($0) }
    let from: Set<StoredMinion.Status> =
      switch decision {
      // By glob only what waits; what was denied or thrown out has to be named in full.
      case .accept: [.pending]
      case .reject: [.pending, .denied]
      case .revoke: [.accepted]
      }
    let exact = Set(globs)
    let isMeant: (StoredMinion) -> Bool = { minion in
      guard patterns.contains(where: { $0.matches(minion.id.text) }) else { return false }
      if from.contains(minion.status) { return true }
      return decision == .accept && minion.status != .accepted && exact.contains(minion.id.text)
    }
    var chosen = registry.all.filter(isMeant)
    if decision == .accept { chosen = try oneKeyPerID(chosen) }
    guard !chosen.isEmpty else {
      let states = from.map(\.rawValue).sorted().joined(separator: " or ")
      throw OperatorRefusal(.noMatch, "No \(states) key matches \(globs.joined(separator: ", ")).")
    }
    let status: StoredMinion.Status =
      switch decision {
      case .accept: .accepted
      case .reject: .rejected
      case .revoke: .revoked
      }
    try auditOrRefuse(
      person.name, "key.\(decision.rawValue)",
      [
        "minions": .strings(chosen.map(\.id.text)), "keys": .strings(chosen.map(\.publicKey)),
      ])
    let changed = chosen.map { minion in
      var minion = minion
      minion.status = status
      return minion
    }
    let operations = changed.map(StoreOperation.saveMinion)
    commit(operations) { core, error in
      if let error {
        core.reply(stream, .refused(OperatorRefusal(.unavailable, "Nothing was changed: \(error)")))
        return
      }
      if decision == .revoke { for minion in changed { core.revoked(minion.id, by: person.name, now) } }
      core.apply(operations)
      for minion in changed { core.publish("key/\(status.rawValue)/\(minion.id)", ["minion": .string(minion.id.text)]) }
      core.reply(stream, .value(["minions": .strings(changed.map(\.id.text)), "status": .string(status.rawValue)]))
    }
  }

  /// Two waiting keys of one id cannot both become it.
  private func oneKeyPerID(_ chosen: [StoredMinion]) throws(OperatorRefusal) -> [StoredMinion] {
    for (id, keys) in Dictionary(grouping: chosen, by: \.id) {
      guard registry[id] == nil else {
        throw OperatorRefusal(
          .badRequest, "The id \(id) has an accepted key; `brine keys revoke \(id)` first if this host replaces it.")
      }
      guard keys.count == 1 else {
        throw OperatorRefusal(
          .badRequest,
          "\(keys.count) keys claim the id \(id); compare them (`brine keys show \(id)`) and reject the false ones.")
      }
    }
    return chosen
  }

  private func revoked(_ id: MinionID, by name: String, _ now: Moment) {
    cutOff(id, reason: "the key was revoked by \(name)")
    for job in jobs.keys where jobs[job]?.minions[id] != nil { jobEvent(job, id, .keyRevoked, now) }
  }

  func showKey(_ text: String, _ stream: StreamKey, _ now: Moment) throws(OperatorRefusal) {
    let found = registry.all.filter { $0.id.text == text }
    guard !found.isEmpty else { throw OperatorRefusal(.notFound, "No key claims the id '\(text)'.") }
    reply(stream, .value(.list(found.map { keyValue($0, now) })))
  }

  func keyValue(_ minion: StoredMinion, _ now: Moment) -> Value {
    let session = minion.status == .accepted ? sessions[minion.id] : nil
    return [
      "id": .string(minion.id.text), "status": .string(minion.status.rawValue), "key": .string(minion.publicKey),
      "fingerprint": .string(CurveKey(minion.publicKey)?.fingerprint ?? ""), "address": .string(minion.address),
      "version": .string(minion.version), "first_seen": .string(minion.firstSeen.description),
      "last_seen": .string((session?.lastHeard ?? minion.lastSeen).description), "online": .bool(session != nil),
      "clock_skew": session.map { .double($0.clockSkew) } ?? .null,
    ]
  }

  // MARK: Operators

  func addOperator(
    _ name: String, _ role: String, _ key: String, _ sealingKey: [UInt8], _ stream: StreamKey,
    _ person: StoredOperator, _ now: Moment
  ) throws(OperatorRefusal) {
    guard MinionID(name) != nil else {
      throw OperatorRefusal(.badRequest, "'\(name)' is no name for an operator: \(MinionID.rule).")
    }
    guard let curveKey = CurveKey(key), sealingKey.count == 32 else {
      throw OperatorRefusal(.badRequest, "That is not an operator's public key.")
    }
    guard gate.roles[role] != nil else {
      let known = gate.roles.keys.sorted().joined(separator: ", ")
      throw OperatorRefusal(.badRequest, "There is no role '\(role)'; master.yaml has \(known).")
    }
    guard !operators.values.contains(where: { $0.name == name }), operators[key] == nil else {
      throw OperatorRefusal(.badRequest, "There is an operator '\(name)', or one with this key, already.")
    }
    try auditOrRefuse(
      person.name, "operator.add", ["operator": .string(name), "role": .string(role), "key": .string(key)])
    let new = StoredOperator(name: name, role: role, publicKey: key, sealingKey: sealingKey, added: now)
    commit([.saveOperator(new)]) { core, error in
      if let error {
        core.reply(stream, .refused(OperatorRefusal(.unavailable, "Nothing was changed: \(error)")))
        return
      }
      core.operators[key] = new
      core.keyTable.setOperators(Set(core.operators.keys.compactMap { CurveKey($0) }))
      core.reply(stream, .value(Self.operatorValue(new)))
      _ = curveKey
    }
  }

  func removeOperator(_ name: String, _ stream: StreamKey, _ person: StoredOperator) throws(OperatorRefusal) {
    guard let old = operators.values.first(where: { $0.name == name }) else {
      throw OperatorRefusal(.notFound, "There is no operator '\(name)'.")
    }
    let admins = operators.values.filter { gate.roles[$0.role]?.mayManageOperators == true }
    guard admins.count > 1 || admins.first?.name != name else {
      throw OperatorRefusal(.badRequest, "\(name) is the last operator who may manage operators.")
    }
    try auditOrRefuse(person.name, "operator.remove", ["operator": .string(name)])
    commit([.removeOperator(name)]) { core, error in
      if let error {
        core.reply(stream, .refused(OperatorRefusal(.unavailable, "Nothing was changed: \(error)")))
        return
      }
      core.operators[old.publicKey] = nil
      core.watchers = core.watchers.filter { $0.value.operatorName != name }
      core.subscribers = core.subscribers.filter { $0.value.operatorName != name }
      core.keyTable.setOperators(Set(core.operators.keys.compactMap { CurveKey($0) }))
      core.reply(stream, .value(["removed": .string(name)]))
    }
  }

  static func operatorValue(_ person: StoredOperator) -> Value {
    [
      "name": .string(person.name), "role": .string(person.role), "key": .string(person.publicKey),
      "added": .string(person.added.description),
    ]
  }
}
