import OrderedCollections
import Sealing
import States
import Store
import Targeting
import Value
import Wire

/// Pillar for minions, for operators who look at it, and for targets on it. It is compiled off the loop.
extension MasterCore {
  /// Requests of one operator that may wait for pillars at once.
  private static let waitingPerOperator = 20

  func use(_ service: PillarService) {
    pillars = service
    pillarAnswer = { request, id, grains in await service.answer(request, id, grains) }
  }

  /// A minion asked for its pillar, and it has errors.
  func pillarFailed(_ id: MinionID, _ summaries: [String]) {
    publish("pillar/\(id)/error", ["minion": .string(id.text), "errors": .strings(summaries)])
  }

  // MARK: Targets

  /// Whether a request can only be decided when the pillars of all minions are known: its target, or the targets of the
  /// operator's role, look at pillar.
  func needsPillars(_ action: OperatorRequest.Action, _ person: StoredOperator) -> Bool {
    let target: TargetSpecification
    switch action {
    case .match(let specification): target = specification
    case .run(let request): target = request.target
    case .grains(let specification, _): target = specification
    case .showPillar: target = TargetSpecification(kind: "list", expression: "")
    default: return false
    }
    let own =
      [target]
      + ((try? gate.role(of: person))?.targets ?? []).map {
        TargetSpecification(kind: TargetKind.compound.rawValue, expression: $0)
      }
    return own.contains(where: usesPillar)
  }

  private func usesPillar(_ specification: TargetSpecification) -> Bool {
    guard let kind = TargetKind(rawValue: specification.kind) else { return false }
    let target = try? Target.parse(
      kind: kind, text: specification.expression, nodegroups: configuration.nodegroups)
    return target?.usesPillar ?? false
  }

  /// Has the pillars compiled, and decides then.
  func decideWithPillars(
    _ action: OperatorRequest.Action, _ stream: StreamKey, _ person: StoredOperator
  ) throws(OperatorRefusal) {
    guard let pillars else { throw OperatorRefusal(.unavailable, "This master compiles no pillar.") }
    let count = waitingForPillars[person.name, default: 0]
    guard count < Self.waitingPerOperator else {
      throw OperatorRefusal(.unavailable, "\(person.name) waits for pillars \(count) times already.")
    }
    waitingForPillars[person.name] = count + 1
    let minions = registry.accepted
    Task { [weak self] in
      let snapshot = await pillars.snapshot(Array(minions))
      await self?.decide(action, stream, person, with: snapshot)
    }
  }

  private func decide(
    _ action: OperatorRequest.Action, _ stream: StreamKey, _ person: StoredOperator, with snapshot: PillarSnapshot
  ) {
    let count = waitingForPillars[person.name, default: 1]
    waitingForPillars[person.name] = count > 1 ? count - 1 : nil
    // Roles and operators may have changed meanwhile.
    guard let present = operators.values.first(where: { $0.publicKey == person.publicKey }) else {
      _ = reply(stream, .refused(OperatorRefusal(.forbidden, "This key is not an operator's any more.")))
      return
    }
    do { try gate.check(action, by: present) } catch { return refuse(error, stream, present) }
    pillarSnapshot = snapshot
    defer { pillarSnapshot = nil }
    decide(action, stream, present)
  }

  /// Reasons by id of the minions whose pillar could not be looked at for the request at hand; null for a target that
  /// does not look at pillar.
  var pillarFailures: Value {
    guard let snapshot = pillarSnapshot, !snapshot.failures.isEmpty else { return .null }
    return snapshot.failureValue
  }

  /// The same as the end of a sentence.
  var pillarHint: String {
    let warning = pillarSnapshot?.warning ?? ""
    return warning.isEmpty ? "" : " \(warning)"
  }

  // MARK: Operators

  func showPillar(_ query: PillarQuery, _ stream: StreamKey, _ person: StoredOperator) throws(OperatorRefusal) {
    let id = query.minion
    guard let pillars, let minion = registry[id], minion.status == .accepted else {
      throw OperatorRefusal(.notFound, "There is no accepted minion \(id).")
    }
    try checkTargets([id], person)
    try auditOrRefuse(
      person.name, "pillar.show",
      ["minion": .string(id.text), "keys": .strings(query.keys), "secrets": .bool(query.opensSecrets)])
    let grains = minion.grains?.grains ?? [:]
    Task { [weak self] in
      let compiled = await pillars.show(
        id, grains: grains, environment: query.environment?.text, opensSecrets: query.opensSecrets)
      await self?.answer(Self.value(compiled, query), stream)
    }
  }

  /// The pillar, or what is wrong with it in full.
  private static func value(_ compiled: CompiledPillar, _ query: PillarQuery) -> OperatorReply.Body {
    guard compiled.problems.isEmpty else {
      return .value(["errors": .strings(compiled.problems.prefix(100).map(\.message))])
    }
    var shown = compiled.pillar
    if !query.keys.isEmpty {
      shown = [:]
      for key in query.keys {
        guard let value = ValuePath.value(at: key, in: .map(compiled.pillar)) else {
          return .refused(OperatorRefusal(.notFound, "The pillar of \(query.minion) has no '\(key)'."))
        }
        shown[.string(key)] = value
      }
    }
    return .value(["pillar": .map(shown)])
  }

  private func answer(_ body: OperatorReply.Body, _ stream: StreamKey) { reply(stream, body) }

  func pillarKeys(_ action: OperatorRequest.Action, _ stream: StreamKey, _ person: StoredOperator)
    throws(OperatorRefusal)
  {
    guard let pillars else { throw OperatorRefusal(.unavailable, "This master compiles no pillar.") }
    switch action {
    case .rotatePillarKey: try auditOrRefuse(person.name, "pillar.rotate-key", [:])
    case .removePillarKey(let id): try auditOrRefuse(person.name, "pillar.remove-key", ["key": .string(id)])
    case .resealPillar: try auditOrRefuse(person.name, "pillar.reseal", [:])
    default: break
    }
    Task { [weak self] in
      let body = await Self.keyAnswer(action, pillars)
      await self?.answer(body, stream)
    }
  }

  private static func keyAnswer(_ action: OperatorRequest.Action, _ pillars: PillarService) async
    -> OperatorReply.Body
  {
    do {
      switch action {
      case .rotatePillarKey: try await pillars.rotateKey()
      case .removePillarKey(let id): try await pillars.removeKey(id)
      case .resealPillar(let text): return .value(["text": .string(try await pillars.reseal(text))])
      default: break
      }
    } catch { return .refused(OperatorRefusal(.badRequest, "\(error)")) }
    let keys = await pillars.keys()
    return .value([
      "key": keys.current.map { .string($0.description) } ?? .null, "keys": .strings(keys.all),
    ])
  }
}
