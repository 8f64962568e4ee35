import Master
import Testing
import Wire

@Suite struct TrafficAllowanceTests {
  /// `#expect` takes no mutating calls.
  private final class Allowance {
    var bucket = TrafficAllowance()
    func take(_ id: MinionID, _ bytes: Int, at now: Moment) -> Bool { bucket.allows(id, bytes: bytes, now: now) }
  }

  private let start = Moment(microseconds: 1_000_000_000)
  private let mebibyte = 1_048_576

  @Test func aBurstIsAllowedOnceAndComesBackWithTime() throws {
    let web1 = try #require(MinionID("web1"))
    let allowance = Allowance()
    for _ in 0..<4 { #expect(allowance.take(web1, 16 * mebibyte, at: start)) }
    #expect(!allowance.take(web1, 1, at: start))
    #expect(allowance.take(web1, 4 * mebibyte, at: start + 1))
    #expect(!allowance.take(web1, mebibyte, at: start + 1))
  }

  @Test func aTinyMessageIsNotForNothing() throws {
    let web1 = try #require(MinionID("web1"))
    let allowance = Allowance()
    let taken = (0..<1_000_000).count { _ in allowance.take(web1, 1, at: start) }
    #expect(taken == 64 * mebibyte / TrafficAllowance.least)
  }

  @Test func oneMinionsFloodIsNotAnothers() throws {
    let web1 = try #require(MinionID("web1"))
    let web2 = try #require(MinionID("web2"))
    let allowance = Allowance()
    #expect(allowance.take(web1, 64 * mebibyte, at: start))
    #expect(!allowance.take(web1, mebibyte, at: start))
    #expect(allowance.take(web2, mebibyte, at: start))
  }

  @Test func whatIsForgottenIsOnlyWhatIsWholeAgain() throws {
    let web1 = try #require(MinionID("web1"))
    let allowance = Allowance()
    #expect(allowance.take(web1, 64 * mebibyte, at: start))
    allowance.bucket.prune(now: start + 1)
    #expect(!allowance.take(web1, 64 * mebibyte, at: start + 1))
    allowance.bucket.prune(now: start + 60)
    #expect(allowance.take(web1, 64 * mebibyte, at: start + 60))
  }

  @Test func aClockThatIsSetBackGivesNothingAndTakesNothing() throws {
    let web1 = try #require(MinionID("web1"))
    let allowance = Allowance()
    #expect(allowance.take(web1, 64 * mebibyte, at: start))
    #expect(!allowance.take(web1, 1, at: start + -100))
  }
}
