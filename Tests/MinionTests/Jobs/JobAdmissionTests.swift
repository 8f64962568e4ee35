import Minion
import Testing
import Wire

@Suite struct JobAdmissionTests {
  private static let now = Moment(microseconds: 1_795_521_600_000_000)

  private func decide(expiresIn seconds: Double = 60, held: HeldJob.Phase? = nil, count: Int = 0) -> JobAdmission {
    let order = JobOrder(id: JobID(microseconds: 1), function: "test.ping", expires: Self.now + seconds)
    return JobAdmission.decide(order, held: held, heldCount: count, now: Self.now)
  }

  @Test func aNewOrderIsTaken() {
    #expect(decide() == .accept)
    #expect(decide(expiresIn: 0) == .accept, "the last moment counts")
  }

  @Test(arguments: [HeldJob.Phase.waiting, .running, .finished, .acknowledged])
  func anOrderThatIsHeldIsNotTakenAgain(_ phase: HeldJob.Phase) {
    #expect(decide(held: phase) == .alreadyHeld)
    #expect(decide(expiresIn: -60, held: phase) == .alreadyHeld, "expiry does not matter any more")
    #expect(decide(held: phase, count: JobAdmission.maximumHeld) == .alreadyHeld)
  }

  @Test func anExpiredOrderIsRefused() {
    #expect(decide(expiresIn: -5) == .refuse("it came 5 s after it had expired, by this host's clock"))
    #expect(decide(expiresIn: -0.1) == .refuse("it came 0 s after it had expired, by this host's clock"))
    let order = JobOrder(id: JobID(microseconds: 1), function: "f", expires: Moment(microseconds: .min))
    #expect(JobAdmission.decide(order, held: nil, heldCount: 0, now: Self.now) != .accept)
  }

  @Test func theJournalIsBounded() {
    #expect(decide(count: JobAdmission.maximumHeld - 1) == .accept)
    #expect(decide(count: JobAdmission.maximumHeld) == .refuse("10000 jobs wait on this host already"))
  }
}
