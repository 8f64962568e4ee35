import Configuration
import Testing

@Suite struct DurationTextTests {
  @Test(arguments: [
    ("0", 0), ("90", 90), ("30s", 30), ("15m", 900), ("1h", 3600), ("2d", 172_800), ("1w", 604_800),
    ("1h30m", 5400), ("1d2h3m4s", 93_784), ("0s", 0), ("007m", 420), ("31536000000", 31_536_000_000),
  ])
  func read(_ text: String, _ seconds: Int) { #expect(DurationText.seconds(text) == seconds) }

  @Test(arguments: [
    "", " ", "s", "h1", "1h30", "1x", "1.5h", "-1", "-1h", "1 h", "٣h", "1H", "99999999999999999999", "1000000001s",
    "31536000001", "1000000000w",
    // Parts that each may be, whose sum goes over what an integer holds.
    String(repeating: "1000000000w", count: 20_000),
  ])
  func refused(_ text: String) { #expect(DurationText.seconds(text) == nil) }

  @Test(arguments: [
    (0, "0s"), (59, "59s"), (60, "1m"), (90, "1m30s"), (3600, "1h"), (86_400, "1d"), (93_784, "1d2h3m4s"),
    (604_800, "7d"),
  ])
  func written(_ seconds: Int, _ text: String) {
    #expect(DurationText.text(seconds) == text)
    #expect(DurationText.seconds(text) == seconds)
  }
}
