import Testing
import Wire

@Suite struct MomentTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (-86_400_000_000, "1969-12-31T00:00:00Z"),
    (951_782_400_000_000, "2000-02-29T00:00:00Z"), (1_795_493_553_123_456, "2026-11-24T04:12:33Z"),
    (-11_676_096_000_000_000, "1600-01-01T00:00:00Z"),
  ])
  func isWrittenAsRFC3339(_ microseconds: Int64, _ text: String) {
    #expect(Moment(microseconds: microseconds).description == text)
  }

  @Test func tablesShowItWithoutZone() {
    let civil = Moment(microseconds: 1_795_493_553_123_456).civil
    #expect(civil.text == "2026-11-24 04:12:33")
    #expect(civil.clock == "04:12:33")
    #expect(civil.microsecond == 123_456)
  }

  @Test func daysAreTheInverse() {
    for day in stride(from: -800_000, through: 800_000, by: 37) {
      let civil = CivilTime(microseconds: Int64(day) * 86_400_000_000)
      #expect(CivilTime.days(year: civil.year, month: civil.month, day: civil.day) == day)
    }
  }

  @Test func secondsAreAddedAndTakenApart() {
    let moment = Moment(microseconds: 1_795_493_553_123_456)
    #expect((moment + 1.5).microseconds == 1_795_493_554_623_456)
    #expect((moment + -0.25) - moment == -0.25)
    #expect(moment < moment + 0.000_001)
    #expect(Moment.now() - moment > -3.2e9)
  }

  /// A peer may claim any clock. Arithmetic with it must not trap: that would end the master.
  @Test(arguments: [Int64.min, Int64.min + 1, -1, 0, 1, Int64.max - 1, Int64.max])
  func extremeClocksAreHarmless(_ microseconds: Int64) {
    let claimed = Moment(microseconds: microseconds)
    let now = Moment(microseconds: 1_795_493_553_123_456)
    #expect((claimed - now > 0) == (claimed > now))
    #expect((now - claimed > 0) == (now > claimed))
    #expect(abs(claimed - now) == abs(now - claimed))
    #expect(claimed + 3600 >= claimed)
    #expect(claimed + -3600 <= claimed)
    #expect(claimed + Double.infinity >= claimed)
    #expect(claimed + 1e300 >= claimed)
    #expect(claimed + -1e300 <= claimed)
    #expect(!claimed.description.isEmpty)
  }
}
