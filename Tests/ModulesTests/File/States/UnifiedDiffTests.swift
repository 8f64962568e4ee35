import Testing

@testable import Modules

@Suite struct UnifiedDiffTests {
  @Test func `as Python's difflib, also where frequent lines are left out`() throws {
    let cases = FileStateCase.differences
    #expect(cases.count >= 40)
    for (old, new, diff) in cases { #expect(UnifiedDiff.text(Array(old.utf8), Array(new.utf8)) == diff) }
  }

  @Test func `equal texts have none`() { #expect(UnifiedDiff.text(Array("a\n".utf8), Array("a\n".utf8)) == "") }

  @Test func `what Unicode takes for the same is two contents`() {
    let (old, new) = (Array("e\u{301}\n".utf8), Array("\u{e9}\n".utf8))
    #expect(UnifiedDiff.text(old, new) == "--- \n+++ \n@@ -1 +1 @@\n-e\u{301}\n+\u{e9}\n")
  }

  @Test func `two large texts without an end in sight are given up`() {
    // Half of all lines is the same line, and fewer than 200 lines would not set it aside.
    let old = (0..<199).map { $0 % 2 == 0 ? "x\n" : "\($0)\n" }.joined()
    #expect(!UnifiedDiff.text(Array(old.utf8), Array(old.dropFirst(4).utf8)).isEmpty)
    let many = String(repeating: "\n", count: UnifiedDiff.lineLimit)
    #expect(UnifiedDiff.text(Array(many.utf8), Array("\(many)x".utf8)) == UnifiedDiff.tooLarge)
  }

  @Test(arguments: [
    ("a\r\nb\rc\n", TextLines.Breaks.newlines, ["a\r\n", "b\rc\n"]), ("a\r\nb\rc\n", .bytes, ["a\r\n", "b\r", "c\n"]),
    ("a\u{2028}b\u{85}c\u{0B}d", .text, ["a\u{2028}", "b\u{85}", "c\u{0B}", "d"]), ("", .text, []),
    ("a\u{2028}b", .bytes, ["a\u{2028}b"]),
  ])
  func `lines as Python cuts them`(_ text: String, _ breaks: TextLines.Breaks, _ lines: [String]) {
    #expect(TextLines.split(text, at: breaks) == lines)
  }

  @Test(arguments: [
    ([UInt8]("text\n".utf8), false), ([0x00, 0x61], true), (Array("caf\u{e9}".utf8), false), ([], false),
    ([0xFF, 0xFE, 0xFD, 0x61], true), (Array(repeating: 0x01, count: 10), true),
    ([0x61, 0x62, 0x63, 0xE9, 0x64], false),
    (Array("abc\u{20AC}".utf8.dropLast()), false),
  ])
  func `binary contents`(_ bytes: [UInt8], _ isBinary: Bool) { #expect(ContentDifference.isBinary(bytes) == isBinary) }
}
