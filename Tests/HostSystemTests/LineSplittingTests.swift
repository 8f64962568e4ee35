import HostSystem
import Testing

@Suite struct LineSplittingTests {
  @Test(
    arguments: [
      ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("a\r\nb\r\n", ["a", "b"]),
      ("a\n\nb\n\n", ["a", "", "b", ""]), ("a\rb\n", ["a\rb"]), ("\u{85}\u{2028}\n", ["\u{85}\u{2028}"]),
    ] as [(String, [String])])
  func lines(_ text: String, _ lines: [String]) { #expect(text.splitLines() == lines) }

  @Test(arguments: [("", ""), ("  ", ""), (" a b \t\n", "a b"), ("a", "a")])
  func trimming(_ text: String, _ trimmed: String) { #expect(text.trimmed() == trimmed) }

  @Test func fieldsStandBetweenRunsOfWhiteSpace() {
    #expect("  a\t b  c\n".fields() == ["a", "b", "c"])
    #expect("".fields().isEmpty)
  }
}
