import Master
import Store
import Targeting
import Testing
import Wire

/// The gate fails closed: what is not granted is refused.
@Suite struct PolicyGateTests {
  private static let nothing = Role(name: "nothing", targets: [], functions: [])
  private static let deploy = Role(name: "deploy", targets: ["web*"], functions: ["pkg.*", "service.restart"])
  private static let keys = Role(name: "keys", targets: [], functions: [], mayManageKeys: true)
  private static let people = Role(name: "people", targets: [], functions: [], mayManageOperators: true)
  private static let auditor = Role(name: "auditor", targets: [], functions: [], seesAllJobs: true)
  private static let reader = Role(name: "reader", targets: [], functions: [], mayReadPillar: true)
  private let gate = PolicyGate(roles: [nothing, deploy, keys, people, auditor, reader]) { Glob($0).matches($1) }

  private func person(_ role: String, name: String = "ben") -> StoredOperator {
    StoredOperator(name: name, role: role, publicKey: "key", sealingKey: [], added: Moment(microseconds: 0))
  }

  private func allows(_ action: OperatorRequest.Action, _ role: String) -> Bool {
    do {
      try gate.check(action, by: person(role))
      return true
    } catch {
      #expect(error.code == .forbidden)
      #expect(error.message.hasPrefix("ben "))
      return false
    }
  }

  private static let target = TargetSpecification(kind: "glob", expression: "*")
  private static let job = JobID(microseconds: 0)
  private static func run(_ function: String) -> OperatorRequest.Action {
    .run(JobRequest(target: target, function: function))
  }

  /// Each kind of request, and the roles besides admin that it is open to.
  private static let rights: [(OperatorRequest.Action, Set<String>)] = [
    (run("pkg.upgrade"), ["deploy"]), (run("service.restart"), ["deploy"]), (run("service.stop"), []),
    (run("cmd.run"), []), (run("pkg"), []), (run("xpkg.upgrade"), []), (run(""), []),
    (.events(globs: ["*"]), ["auditor"]), (.listKeys, ["keys"]), (.showKey("web1"), ["keys"]),
    (.invite(idGlob: "*", uses: 1, seconds: 60), ["keys"]), (.decideKeys(.accept, globs: ["*"]), ["keys"]),
    (.decideKeys(.reject, globs: ["*"]), ["keys"]), (.decideKeys(.revoke, globs: ["*"]), ["keys"]),
    (.listOperators, ["people"]),
    (.addOperator(name: "eve", role: "admin", publicKey: "k", sealingKey: []), ["people"]),
    (.removeOperator("anna"), ["people"]), (.verifyAuditLog, ["people"]), (.rotatePillarKey, ["reader"]),
    (.removePillarKey("x"), ["reader"]), (.resealPillar("x"), ["reader"]), (.fileServer(.update(.all)), []),
    (.fileServer(.environments), []),
  ]

  @Test func pillarIsForThoseWhoMayReadIt() throws {
    let id = try #require(MinionID("web1"))
    for role in ["nothing", "deploy", "keys", "people", "auditor"] {
      #expect(!allows(.showPillar(PillarQuery(minion: id)), role))
    }
    #expect(allows(.showPillar(PillarQuery(minion: id)), "reader"))
    #expect(allows(.showPillar(PillarQuery(minion: id)), "admin"))
  }

  @Test func whatNeedsARightIsRefusedWithoutIt() {
    for (action, roles) in Self.rights {
      for role in ["nothing", "deploy", "keys", "people", "auditor", "reader"] {
        #expect(allows(action, role) == roles.contains(role), "\(role): \(action)")
      }
      #expect(allows(action, "admin"), "\(action)")
    }
  }

  /// What is bounded by the second half of the gate (minions, owners) or tells nothing.
  private static let open: [OperatorRequest.Action] = [
    .status, .match(target), .listJobs(limit: 1, activeOnly: false), .showJob(job), .jobResults(job), .watchJob(job),
    .cancelJob(job), .grains(target, keys: []), .endStream(1), .read([1]), .pillarKey,
  ]

  @Test func everyKindOfRequestIsDecided() {
    let decided = Self.rights.map(\.0) + Self.open
    let kinds = Set(decided.map { OperatorRequest(number: 0, action: $0).kind })
    // `showPillar`, 30, has a test of its own.
    #expect(kinds == Set(1...20).union(31...34).union([40]))
    for action in Self.open { #expect(allows(action, "nothing"), "\(action)") }
  }

  @Test func anUnknownRoleMayNothing() {
    for action in Self.rights.map(\.0) + Self.open { #expect(!allows(action, "removed from master.yaml"), "\(action)") }
    #expect(!allows(.status, ""))
    #expect(throws: OperatorRefusal.self) { try gate.check(jobOf: "ben", by: person("removed")) }
    #expect(throws: OperatorRefusal.self) { try gate.check([], allowed: { _ in [] }, by: person("removed")) }
  }

  @Test func theBuiltInRoleCannotBeTakenAway() {
    let weak = Role(name: "admin", targets: [], functions: [])
    #expect(PolicyGate(roles: [weak]) { _, _ in false }.roles["admin"] == .admin)
  }

  // MARK: Minions

  private func targets(_ resolved: [String], _ role: String, allowed: [String]) -> OperatorRefusal? {
    do {
      try gate.check(
        resolved.compactMap { MinionID($0) }, allowed: { _ in Set(allowed.compactMap { MinionID($0) }) },
        by: person(role))
      return nil
    } catch { return error }
  }

  @Test func allResolvedMinionsMustBeAllowed() {
    #expect(targets(["web1", "web2"], "deploy", allowed: ["web1", "web2", "web3"]) == nil)
    let refusal = targets(["web1", "db1", "db2"], "deploy", allowed: ["web1"])
    #expect(refusal == OperatorRefusal(.forbidden, "ben may not touch 2 of the 3 matched (db1, db2)."))
    let many = (1...9).map { "db\($0)" }
    #expect(
      targets(many, "deploy", allowed: ["web1"])?.message
        == "ben may not touch 9 of the 9 matched (db1, db2, db3, db4, db5, …).")
  }

  @Test func anEmptySetIsRefused() {
    #expect(targets(["web1"], "nothing", allowed: [])?.code == .forbidden)
    #expect(targets(["web1"], "deploy", allowed: [])?.code == .forbidden)
    for role in ["nothing", "deploy", "admin"] {
      #expect(targets([], role, allowed: ["web1"])?.code == .noMatch, "\(role)")
    }
  }

  @Test func targetsThatCannotBeEvaluatedAreRefused() {
    struct Unreadable: Error {}
    #expect(throws: OperatorRefusal.self) {
      try gate.check([MinionID("web1")].compactMap { $0 }, allowed: { _ in throw Unreadable() }, by: person("deploy"))
    }
  }

  @Test func theCallerIsAskedWithTheRightRole() throws {
    var asked: [Role] = []
    let web1 = try #require(MinionID("web1"))
    try gate.check(
      [web1],
      allowed: { role in
        asked.append(role)
        return [web1]
      }, by: person("deploy"))
    #expect(asked == [Self.deploy])
  }

  // MARK: Jobs of others

  @Test func jobsBelongToWhoStartedThem() throws {
    try gate.check(jobOf: "ben", by: person("nothing"))
    try gate.check(jobOf: "anna", by: person("auditor"))
    try gate.check(jobOf: "anna", by: person("admin"))
    #expect(throws: OperatorRefusal.self) { try gate.check(jobOf: "anna", by: person("nothing")) }
    #expect(throws: OperatorRefusal.self) { try gate.check(jobOf: "anna", by: person("deploy")) }
    #expect(throws: OperatorRefusal.self) { try gate.check(jobOf: "", by: person("deploy")) }
  }
}
