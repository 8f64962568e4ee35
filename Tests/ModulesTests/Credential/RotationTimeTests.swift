import Testing

@testable import Modules

@Suite struct RotationTimeTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2014-04-07T17:30:00Z", 1_396_891_800), ("2000-02-29T23:59:59Z", 951_868_799),
      ("1969-12-31T23:59:59Z", -1), ("2100-03-01T00:00:00Z", 4_107_542_400), ("2038-01-19T03:14:08Z", 2_147_483_648),
    ] as [(String, Int64)])
  func writesAndReads(_ text: String, _ seconds: Int64) {
    #expect(RotationTime.text(seconds) == text)
    #expect(RotationTime.parse(text) == seconds)
  }

  @Test(
    arguments: [
      ("2014-04-07", 1_396_828_800), ("2014-04-07 17:30", 1_396_891_800), ("2014-04-07T19:30:00+02:00", 1_396_891_800),
      ("2014-04-07T12:00:00-0530", 1_396_891_800), ("2014-04-07T17:30:00.123456Z", 1_396_891_800),
      ("2014-04-07T17:30:00", 1_396_891_800),
    ] as [(String, Int64)])
  func readsWhatPeopleWrite(_ text: String, _ seconds: Int64) { #expect(RotationTime.parse(text) == seconds) }

  @Test(arguments: [
    "", "yesterday", "2014", "2014-13-01", "2014-02-29", "2014-04-31", "2014-04-07T25:00:00Z", "2014-04-07T17:30:00Zx",
    "2014-4-7", "07.04.2014", "2014-04-07T17", "2014-04-07T17:30:00+2", "2014-04-07X17:30",
  ])
  func refusesTheRest(_ text: String) { #expect(RotationTime.parse(text) == nil) }
}
