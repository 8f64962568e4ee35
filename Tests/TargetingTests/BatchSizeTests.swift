import Targeting
import Testing

@Suite struct BatchSizeTests {
  static let sizes: [(String, Int, Int)] = [
    ("10", 100, 10), ("10", 3, 3), ("1", 0, 1), ("25%", 100, 25), ("25%", 10, 3), ("25%", 1, 1), ("25%", 0, 1),
    ("10%", 30, 3), ("100%", 7, 7), ("33%", 3, 1), ("34%", 3, 2), ("2.5%", 1000, 25), ("0.5%", 10, 1),
    ("12.3456%", 10_000, 1235), ("7%", 100, 7), ("1%", 10_000, 100),
  ]

  @Test(arguments: sizes) func countsHosts(_ text: String, _ total: Int, _ count: Int) throws {
    #expect(try BatchSize(parsing: text).count(of: total) == count)
  }

  @Test(arguments: [
    "", "0", "-1", "+1", "0%", "101%", "100.5%", "%", "%10", "10%%", "1e3", "ten", " 10", "2.", ".5%", "1.5",
    "1.23456%", "99999999999999999999", "٣",
  ]) func refuses(_ text: String) throws {
    let error = try #require(throws: TargetError.self) { try BatchSize(parsing: text) }
    #expect(error.code == .badBatchSize)
  }

  @Test func reshowsWhatWasWritten() throws {
    for text in ["10", "25%", "2.5%", "0.0001%"] { #expect(try BatchSize(parsing: text).description == text) }
  }
}
