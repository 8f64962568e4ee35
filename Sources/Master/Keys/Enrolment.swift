public import Store
public import Wire

/// Decides on a host that asks to join.
public struct Enrolment: Sendable {
  /// Seconds that a host's clock may be off.
  public static let toleratedSkew = 300.0

  public struct Asking: Sendable {
    public var key: String
    public var request: EnrolRequest
    /// SHA-256 of the invitation's secret, when one came.
    public var invitationDigest: [UInt8]?
    public var address: String

    public init(key: String, request: EnrolRequest, invitationDigest: [UInt8]?, address: String) {
      self.key = key
      self.request = request
      self.invitationDigest = invitationDigest
      self.address = address
    }
  }

  public struct Decision: Sendable {
    public var verdict: EnrolReply.Verdict
    /// For the person at the host.
    public var message: String
    /// To be committed before the answer goes out.
    public var operations: [StoreOperation] = []
    /// What to tell operators: an event tag, or nil.
    public var eventTag: String?
  }

  /// - Parameter invitation: the one that the digest names, if there is one.
  /// - Parameter globMatches: whether a glob (first) covers an id (second).
  public static func decide(
    _ asking: Asking, registry: KeyRegistry, invitation: StoredInvitation?, now: Moment,
    globMatches: (String, String) -> Bool
  ) -> Decision {
    let id = asking.request.id
    let skew = asking.request.clock - now
    if abs(skew) > toleratedSkew {
      return refusal(
        "this host's clock is \(Int(abs(skew))) s \(skew > 0 ? "ahead of" : "behind") the master's; set it "
          + "(timedatectl set-ntp true) and join again")
    }
    if let known = registry[key: asking.key] {
      if let decision = decide(onKnown: known, asking, hasInvitation: asking.invitationDigest != nil) {
        return decision
      }
    }
    var minion = StoredMinion(
      publicKey: asking.key, id: id, status: .pending, firstSeen: registry[key: asking.key]?.firstSeen ?? now,
      lastSeen: now, address: asking.address, version: asking.request.version)
    if registry[id] != nil {
      guard !registry.isFull else { return tooMany }
      minion.status = .denied
      return Decision(
        verdict: .refused,
        message: "the id '\(id)' belongs to another key. If this host replaces the old one, run "
          + "`brine keys revoke \(id)` on the master and join again; else join with another id (--id NAME)",
        operations: [.saveMinion(minion)], eventTag: "key/denied/\(id)")
    }
    guard asking.invitationDigest != nil else {
      guard !registry.isFull else { return tooMany }
      return Decision(
        verdict: .pending,
        message: waiting(id),
        operations: [.saveMinion(minion)], eventTag: "key/pending/\(id)")
    }
    guard var invitation else {
      return refusal("the master does not know this invitation; make a new one there with `brine keys invite`")
    }
    guard invitation.expires > now else {
      return refusal("the invitation expired at \(invitation.expires); make a new one with `brine keys invite`")
    }
    guard invitation.usesLeft > 0 else {
      return refusal("the invitation has been used as often as it may; make a new one with `brine keys invite`")
    }
    guard globMatches(invitation.idGlob, id.text) else {
      return refusal("the invitation is for ids like '\(invitation.idGlob)', not '\(id)'; join with --id NAME")
    }
    invitation.usesLeft -= 1
    minion.status = .accepted
    return Decision(
      verdict: .accepted, message: "accepted as '\(id)'",
      operations: [.saveInvitation(invitation), .saveMinion(minion)], eventTag: "key/accepted/\(id)")
  }

  /// For a key that was seen before; nil when it is decided like a new one.
  private static func decide(onKnown known: StoredMinion, _ asking: Asking, hasInvitation: Bool) -> Decision? {
    switch known.status {
    case .accepted where known.id == asking.request.id:
      return Decision(verdict: .accepted, message: "accepted as '\(known.id)' already")
    case .accepted:
      return refusal(
        "this host's key is known as '\(known.id)'. To rename it, run `brine keys revoke \(known.id)` on the master, "
          + "delete minion.key here, and join again")
    case .rejected, .revoked:
      return refusal(
        "this host's key was \(known.status.rawValue). To let the host in again, delete minion.key here and join "
          + "with a new invitation, or run `brine keys accept \(known.id)` on the master")
    case .pending where known.id == asking.request.id && !hasInvitation:
      // Asked again: nothing new to keep.
      return Decision(verdict: .pending, message: waiting(known.id))
    case .pending, .denied:
      return nil
    }
  }

  private static func waiting(_ id: MinionID) -> String {
    "the key waits for an operator: run `brine keys accept \(id)` on the master"
  }

  private static let tooMany = refusal(
    "\(KeyRegistry.maximumPending) keys wait for an operator already; join with an invitation (`brine keys invite`)")

  private static func refusal(_ message: String) -> Decision { Decision(verdict: .refused, message: message) }
}
