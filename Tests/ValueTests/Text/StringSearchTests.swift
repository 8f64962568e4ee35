import Testing
import Value

@Suite struct StringSearchTests {
  @Test(
    arguments: [
      ("", "", true), ("abc", "", true), ("", "a", false), ("abc", "abc", true), ("abc", "bc", true),
      ("abc", "bd", false), ("aab", "ab", true), ("ab", "abc", false), ("a\r\nb", "\n", true),
      // Not as characters: an accent after a letter does not hide the letter.
      ("cafe\u{301}", "cafe", true), ("grüße", "üß", true),
    ] as [(String, String, Bool)])
  func aTextIsFoundByItsBytes(text: String, part: String, isFound: Bool) {
    #expect(text.contains(part) == isFound)
    #expect(text.contains(part[...]) == isFound)
    #expect(("<" + text + ">").dropFirst().contains(part) == isFound)
    #expect((text.firstRange(of: part) != nil) == isFound)
  }

  @Test func theRangeIsThatOfTheFirstOccurrence() throws {
    let text = "ü://a://b"
    let range = try #require(text.firstRange(of: "://"))
    #expect(text[..<range.lowerBound] == "ü")
    #expect(text[range.upperBound...] == "a://b")
    let rest = text[range.upperBound...]
    let next = try #require(rest.firstRange(of: "://"))
    #expect(rest[next.upperBound...] == "b")
  }

  @Test(
    arguments: [
      ("a/b/c", "/", ".", "a.b.c"), ("aaa", "aa", "b", "ba"), ("abc", "", "-", "abc"), ("", "a", "b", ""),
      ("//", "/", "", ""), ("a\\ b", "\\ ", " ", "a b"), ("%", "%", "%25", "%25"),
    ] as [(String, String, String, String)])
  func eachOccurrenceIsReplaced(text: String, part: String, replacement: String, expected: String) {
    #expect(text.replacing(part, with: replacement) == expected)
  }

  @Test(
    arguments: [
      ("a, b, c", ", ", Int.max, true, ["a", "b", "c"]), ("a, b, c", ", ", 1, true, ["a", "b, c"]),
      (", a, , b, ", ", ", Int.max, true, ["a", "b"]), (", a, , b, ", ", ", Int.max, false, ["", "a", "", "b", ""]),
      (", a, b", ", ", 1, true, ["a", "b"]), ("", ", ", Int.max, true, []), ("", ", ", Int.max, false, [""]),
      ("a b", "", Int.max, true, ["a b"]), ("a\r\nb", "\r\n", Int.max, true, ["a", "b"]),
      ("a--b", "--", 0, true, ["a--b"]),
    ] as [(String, String, Int, Bool, [String])])
  func aTextIsSplitAsTheStandardLibrarySplits(
    text: String, separator: String, splits: Int, isOmitting: Bool, expected: [String]
  ) {
    let parts = text.split(separator: separator, maxSplits: splits, omittingEmptySubsequences: isOmitting)
    #expect(parts.map(String.init) == expected)
  }
}
