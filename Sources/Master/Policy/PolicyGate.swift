public import Store
public import Wire

/// The one gate that every operator's request passes before anything is done. It fails closed: an unknown role, an empty
/// set or an expression that cannot be evaluated is a refusal.
public struct PolicyGate: Sendable {
  public let roles: [String: Role]
  /// Whether a glob (first) covers a name (second).
  private let globMatches: @Sendable (String, String) -> Bool

  public init(roles: [Role], globMatches: @escaping @Sendable (String, String) -> Bool) {
    var table = Dictionary(roles.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    table[Role.admin.name] = .admin
    self.roles = table
    self.globMatches = globMatches
  }

  /// Whether the request may be looked at, apart from the minions it names.
  public func check(_ action: OperatorRequest.Action, by person: StoredOperator) throws(OperatorRefusal) {
    let role = try role(of: person)
    switch action {
    case .status, .match, .listJobs, .showJob, .jobResults, .watchJob, .cancelJob, .grains, .endStream, .read,
      .pillarKey:
      return
    case .events:
      guard role.seesAllJobs else { throw refusal(person, "may not watch the events of all") }
    case .run(let request):
      guard role.functions.contains(where: { globMatches($0, request.function) }) else {
        throw refusal(person, "may not run \(request.function) (role '\(role.name)')")
      }
    case .fileServer(let query):
      guard role.functions.contains(where: { globMatches($0, query.name) }) else {
        throw refusal(person, "may not use \(query.name) (role '\(role.name)')")
      }
    case .listKeys, .showKey, .invite, .decideKeys:
      guard role.mayManageKeys else { throw refusal(person, "may not manage keys (role '\(role.name)')") }
    case .showPillar, .rotatePillarKey, .removePillarKey, .resealPillar:
      guard role.mayReadPillar else { throw refusal(person, "may not read pillar (role '\(role.name)')") }
    case .listOperators, .addOperator, .removeOperator, .verifyAuditLog:
      guard role.mayManageOperators else { throw refusal(person, "may not manage operators (role '\(role.name)')") }
    }
  }

  /// Whether the resolved minions are all within the role's targets.
  ///
  /// - Parameter allowed: which of the role's minions there are, evaluated by the caller from `Role.targets`.
  public func check(
    _ resolved: [MinionID], allowed: (Role) throws -> Set<MinionID>, by person: StoredOperator
  ) throws(OperatorRefusal) {
    let role = try role(of: person)
    guard !resolved.isEmpty else { throw OperatorRefusal(.noMatch, "No minion matches.") }
    if role.targets == ["*"] { return }
    let allowedIDs: Set<MinionID>
    do { allowedIDs = try allowed(role) } catch {
      throw refusal(person, "may not: the targets of role '\(role.name)' cannot be evaluated (\(error))")
    }
    let outside = resolved.filter { !allowedIDs.contains($0) }
    guard outside.isEmpty else {
      let names = outside.prefix(5).map(\.text).joined(separator: ", ")
      throw refusal(
        person,
        "may not touch \(outside.count) of the \(resolved.count) matched (\(names)\(outside.count > 5 ? ", …" : ""))")
    }
  }

  /// Whether the operator may see or cancel a job of that operator.
  public func check(jobOf owner: String, by person: StoredOperator) throws(OperatorRefusal) {
    let role = try role(of: person)
    guard role.seesAllJobs || owner == person.name else {
      throw refusal(person, "may not see the jobs of \(owner) (role '\(role.name)')")
    }
  }

  public func role(of person: StoredOperator) throws(OperatorRefusal) -> Role {
    guard let role = roles[person.role] else {
      throw OperatorRefusal(
        .forbidden, "\(person.name) has the role '\(person.role)', which master.yaml does not define.")
    }
    return role
  }

  private func refusal(_ person: StoredOperator, _ what: String) -> OperatorRefusal {
    OperatorRefusal(.forbidden, "\(person.name) \(what).")
  }
}
