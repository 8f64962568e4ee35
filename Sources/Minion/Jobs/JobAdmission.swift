public import Wire

/// Whether an order that came is taken: each id once, none after its time.
public enum JobAdmission: Sendable, Hashable {
  case accept
  /// It is held already: say so again, run nothing.
  case alreadyHeld
  case refuse(String)

  /// - Parameter held: the phase of the job if this host has it in its journal.
  public static func decide(_ order: JobOrder, held: HeldJob.Phase?, heldCount: Int, now: Moment) -> JobAdmission {
    if held != nil { return .alreadyHeld }
    if now > order.expires {
      return .refuse("it came \(Int(now - order.expires)) s after it had expired, by this host's clock")
    }
    // A journal that grows without bound would fill the disk; the master sends again what is refused for nobody.
    if heldCount >= maximumHeld { return .refuse("\(heldCount) jobs wait on this host already") }
    return .accept
  }

  public static let maximumHeld = 10_000
}
