import Master
import Store
import Targeting
import Testing
import Wire

/// Every row of the table in docs/architecture.md, "Enrolment".
@Suite struct EnrolmentTests {
  private static let now = Moment(microseconds: 1_795_521_600_000_000)
  private static let digest: [UInt8] = [1, 2, 3]
  private let web1: MinionID

  init() throws { web1 = try #require(MinionID("web1")) }

  private func known(_ key: String, _ status: StoredMinion.Status, id: MinionID? = nil) -> StoredMinion {
    StoredMinion(
      publicKey: key, id: id ?? web1, status: status, firstSeen: Self.now + -1000, lastSeen: Self.now + -500)
  }

  private func invitation(glob: String = "web*", uses: Int64 = 2, lasting seconds: Double = 60) -> StoredInvitation {
    StoredInvitation(
      digest: Self.digest, idGlob: glob, usesLeft: uses, expires: Self.now + seconds, operatorName: "anna")
  }

  private func decide(
    key: String = "key-a", id: MinionID? = nil, hasInvitation: Bool = false, skew: Double = 0,
    known: [StoredMinion] = [], invitation: StoredInvitation? = nil
  ) -> Enrolment.Decision {
    let request = EnrolRequest(
      id: id ?? web1, invitation: hasInvitation ? [9] : nil, version: "0.1.0", clock: Self.now + skew)
    return Enrolment.decide(
      Enrolment.Asking(
        key: key, request: request, invitationDigest: hasInvitation ? Self.digest : nil, address: "10.0.0.1"),
      registry: KeyRegistry(known), invitation: invitation, now: Self.now, globMatches: { Glob($0).matches($1) })
  }

  private func saved(_ decision: Enrolment.Decision) -> [StoredMinion] {
    decision.operations.compactMap { if case .saveMinion(let minion) = $0 { minion } else { nil } }
  }

  private func expectRefusal(_ decision: Enrolment.Decision, saying words: String...) {
    #expect(decision.verdict == .refused)
    for word in words { #expect(decision.message.contains(word), "\(decision.message)") }
    #expect(decision.operations.isEmpty, "nothing is kept of it")
    #expect(decision.eventTag == nil)
  }

  @Test(arguments: [301.0, -301, 86_400, -1e9])
  func aClockThatIsOffIsRefused(_ skew: Double) {
    let decision = decide(hasInvitation: true, skew: skew, invitation: invitation())
    expectRefusal(decision, saying: skew > 0 ? "ahead of" : "behind", "\(Int(abs(skew))) s", "timedatectl")
  }

  @Test(arguments: [300.0, -300, 0])
  func aClockThatIsNearlyRightIsNot(_ skew: Double) {
    #expect(decide(hasInvitation: true, skew: skew, invitation: invitation()).verdict == .accepted)
  }

  /// The clock is the stranger's to claim: no claim may trap.
  @Test(arguments: [Int64.min, Int64.max, 0, -1])
  func anExtremeClockIsRefused(_ microseconds: Int64) {
    let request = EnrolRequest(
      id: web1, invitation: nil, version: "0.1.0", clock: Moment(microseconds: microseconds))
    let decision = Enrolment.decide(
      Enrolment.Asking(key: "key-a", request: request, invitationDigest: nil, address: ""), registry: KeyRegistry(),
      invitation: nil, now: Self.now, globMatches: { _, _ in true })
    expectRefusal(decision, saying: "this host's clock is")
  }

  @Test func anAcceptedKeyIsAcceptedAgain() {
    let decision = decide(known: [known("key-a", .accepted)])
    #expect(decision.verdict == .accepted)
    #expect(decision.operations.isEmpty)
  }

  @Test func anAcceptedKeyNeedsNoInvitationAndUsesNone() {
    let decision = decide(hasInvitation: true, known: [known("key-a", .accepted)], invitation: invitation())
    #expect(decision.verdict == .accepted)
    #expect(decision.operations.isEmpty)
  }

  @Test func anAcceptedKeyUnderAnotherIDIsRefused() throws {
    let web2 = try #require(MinionID("web2"))
    let decision = decide(
      id: web2, hasInvitation: true, known: [known("key-a", .accepted)], invitation: invitation())
    expectRefusal(decision, saying: "known as 'web1'", "brine keys revoke web1")
  }

  @Test(arguments: [StoredMinion.Status.rejected, .revoked])
  func aKeyThatWasThrownOutStaysOut(_ status: StoredMinion.Status) {
    let decision = decide(hasInvitation: true, known: [known("key-a", status)], invitation: invitation())
    expectRefusal(decision, saying: "was \(status.rawValue)", "brine keys accept web1")
  }

  @Test(arguments: [true, false])
  func anIDOfAnotherKeyIsDeniedAndKept(_ hasInvitation: Bool) {
    let decision = decide(
      key: "key-b", hasInvitation: hasInvitation, known: [known("key-a", .accepted)],
      invitation: hasInvitation ? invitation() : nil)
    #expect(decision.verdict == .refused)
    #expect(decision.message.contains("the id 'web1' belongs to another key"))
    #expect(decision.message.contains("brine keys revoke web1"))
    #expect(saved(decision).map(\.status) == [.denied])
    #expect(saved(decision).map(\.publicKey) == ["key-b"])
    #expect(decision.operations.count == 1, "the invitation is not used up")
    #expect(decision.eventTag == "key/denied/web1")
  }

  @Test func anIDWhoseKeyWasRevokedIsFree() {
    let decision = decide(
      key: "key-b", hasInvitation: true, known: [known("key-a", .revoked)], invitation: invitation())
    #expect(decision.verdict == .accepted)
  }

  @Test func withoutInvitationItWaits() {
    let decision = decide()
    #expect(decision.verdict == .pending)
    #expect(decision.message.contains("brine keys accept web1"))
    #expect(saved(decision).map(\.status) == [.pending])
    #expect(decision.eventTag == "key/pending/web1")
    #expect(saved(decision).first?.address == "10.0.0.1")
    #expect(saved(decision).first?.version == "0.1.0")
    #expect(saved(decision).first?.firstSeen == Self.now)
  }

  @Test func askingAgainKeepsNothingNew() {
    let decision = decide(known: [known("key-a", .pending)])
    #expect(decision.verdict == .pending)
    #expect(decision.operations.isEmpty)
    #expect(decision.eventTag == nil)
  }

  @Test func aWaitingKeyMayComeBackWithAnInvitation() {
    let decision = decide(hasInvitation: true, known: [known("key-a", .pending)], invitation: invitation())
    #expect(decision.verdict == .accepted)
    #expect(saved(decision).map(\.status) == [.accepted])
    #expect(saved(decision).first?.firstSeen == Self.now + -1000, "it was seen first then")
  }

  @Test func aDeniedKeyMayComeBackWhenTheIDIsFree() {
    #expect(decide(key: "key-b", known: [known("key-b", .denied)]).verdict == .pending)
  }

  @Test func atMostAThousandKeysWait() throws {
    let waiting = try (0..<KeyRegistry.maximumPending).map { number in
      let id = try #require(MinionID("host-\(number)"))
      return known("waiting-\(number)", .pending, id: id)
    }
    expectRefusal(decide(known: waiting), saying: "1000 keys wait", "brine keys invite")
    expectRefusal(
      decide(key: "key-b", known: waiting + [known("key-a", .accepted)]), saying: "1000 keys wait")
    // Invited hosts get in all the same.
    #expect(decide(hasInvitation: true, known: waiting, invitation: invitation()).verdict == .accepted)
    #expect(decide(known: Array(waiting.dropLast())).verdict == .pending)
  }

  @Test func anUnknownInvitationIsRefused() {
    expectRefusal(decide(hasInvitation: true), saying: "does not know this invitation")
  }

  @Test func anExpiredInvitationIsRefused() {
    expectRefusal(
      decide(hasInvitation: true, invitation: invitation(lasting: 0)), saying: "expired at 2026-11-24T12:00:00Z")
  }

  @Test func aUsedUpInvitationIsRefused() {
    expectRefusal(
      decide(hasInvitation: true, invitation: invitation(uses: 0)), saying: "used as often as it may")
  }

  @Test func anInvitationForOtherIDsIsRefused() {
    expectRefusal(
      decide(hasInvitation: true, invitation: invitation(glob: "db*")), saying: "for ids like 'db*', not 'web1'", "--id"
    )
  }

  @Test func aValidInvitationLetsInAndIsUsedOnce() {
    let decision = decide(hasInvitation: true, invitation: invitation(uses: 2))
    #expect(decision.verdict == .accepted)
    #expect(decision.message == "accepted as 'web1'")
    #expect(saved(decision).map(\.status) == [.accepted])
    #expect(decision.eventTag == "key/accepted/web1")
    let left = decision.operations.compactMap { if case .saveInvitation(let kept) = $0 { kept.usesLeft } else { nil } }
    #expect(left == [1])
  }
}
