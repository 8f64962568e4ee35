import Testing
import Value
import Wire

@Suite struct IdentifierTests {
  @Test(arguments: [
    "a", "7", "web1", "web-1.example.com", "A_b", "x.", "a.b.c", "web1.-_", String(repeating: "x", count: 128),
  ])
  func minionIDsThatMayBe(_ text: String) { #expect(MinionID(text)?.text == text) }

  @Test(arguments: [
    "", ".", "..", "a..b", "a..", ".hidden", "-option", "_x", "a/b", "/etc/passwd", "../../etc", "a b", "a\n", "\0",
    "web1\0", "a:b", "a*", "wéb", "ｗｅｂ", "a\\b", "web1 ", "web\u{301}1", String(repeating: "x", count: 129),
    String(repeating: "é", count: 64),
  ])
  func minionIDsThatMayNotBe(_ text: String) {
    #expect(MinionID(text) == nil)
    #expect(throws: WireError(.badField, "'id' is not a minion id")) {
      try FieldReader(["id": .string(text)]).minionID("id")
    }
  }

  @Test(arguments: [
    "", "2026112404123312345", "202611240412331234567", "2026112404123312345a", "-0261124041233123456",
    "２０２６１１２４０４１２３３１２３４５６", "20261124041233123456\n", "../../etc/passwd/xxxx", " 0261124041233123456",
  ])
  func jobIDsThatMayNotBe(_ text: String) {
    #expect(JobID(text) == nil)
    #expect(throws: WireError(.badField, "'job' is not a job id")) {
      try FieldReader(["job": .string(text)]).jobID("job")
    }
  }

  /// Salt's job ids: UTC, to the microsecond.
  @Test(arguments: [
    (1_795_493_553_123_456, "20261124041233123456"), (0, "19700101000000000000"), (1, "19700101000000000001"),
    (951_782_399_999_999, "20000228235959999999"), (951_782_400_000_000, "20000229000000000000"),
    (4_107_542_399_000_000, "21000228235959000000"), (4_107_542_400_000_000, "21000301000000000000"),
    (253_402_300_799_999_999, "99991231235959999999"),
  ])
  func jobIDsAreTimes(_ microseconds: Int64, _ text: String) throws {
    #expect(JobID(microseconds: microseconds).text == text)
    #expect(try #require(JobID(text)).microseconds == microseconds)
  }

  @Test func jobIDsSortByTime() throws {
    let times: [Int64] = [0, 999_999, 1_000_000, 59_999_999, 951_782_399_999_999, 1_795_493_553_123_456]
    #expect(times.map { JobID(microseconds: $0) }.shuffled().sorted().map(\.microseconds) == times)
  }

  /// Any twenty digits are an id; reading its time must not trap.
  @Test func impossibleDatesAreHarmless() throws {
    for digit in 0...9 {
      let id = try #require(JobID(String(repeating: "\(digit)", count: 20)))
      #expect(Moment(microseconds: id.microseconds).description.isEmpty == false)
    }
  }
}
