import Master
import Testing
import Wire

@Suite struct JobClockTests {
  private static let noon = Moment(microseconds: 1_795_521_600_000_000)

  @Test func idsAreTheTime() {
    var clock = JobClock()
    #expect(clock.next(now: Self.noon).text == "20261124120000000000")
  }

  @Test func idsIncreaseThoughTheClockStandsStillOrGoesBack() {
    var clock = JobClock()
    let ids = [0, 0, 0, -3600, -7200, 0.5].map { clock.next(now: Self.noon + $0) }
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
    #expect(ids.last?.text == "20261124120000500000")
  }

  @Test func idsAreGreaterThanTheNewestKept() {
    var clock = JobClock(newest: JobID(microseconds: Self.noon.microseconds))
    #expect(clock.next(now: Self.noon + -86_400).text == "20261124120000000001")
  }
}
