import Testing

@testable import Master

@Suite struct RateLimitTests {
  @Test func eachAddressHasItsOwn() {
    var limit = RateLimit(perMinute: 3)
    let answers = (1...5).map { _ in limit.allows("10.0.0.1") }
    #expect(answers == [true, true, true, false, false])
    #expect(limit.allows("10.0.0.2") == true)
    limit.newMinute()
    #expect(limit.allows("10.0.0.1") == true)
  }

  @Test func theLastOneIsKnown() {
    var limit = RateLimit(perMinute: 2)
    let used = (1...2).map { _ in limit.allows("web1") ? limit.isUsedUp("web1") : nil }
    #expect(used == [false, true])
  }

  @Test func theTableIsBounded() {
    var limit = RateLimit(perMinute: 3)
    let allowed = (0..<30_000).count { limit.allows("address \($0)") }
    #expect(allowed == 20_000)
    #expect(limit.allows("address 5") == true, "who is in the table is still served")
    #expect(limit.allows("address 25000") == false)
    limit.newMinute()
    #expect(limit.allows("address 25000") == true)
  }
}
