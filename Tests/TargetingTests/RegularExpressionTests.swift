import Targeting
import Testing

/// What Python 3.11's `re` gives is what these expect.
@Suite struct RegularExpressionTests {
  struct Replacement: Sendable {
    var pattern: String
    var template: String
    var text: String
    var expected: String
    var count: Int
    var options: RegularExpression.Options = []
    var limit = 0
  }

  static let replacements: [Replacement] = [
    .init(pattern: #"\s+"#, template: "__", text: "lets replace spaces", expected: "lets__replace__spaces", count: 2),
    .init(pattern: "x*", template: "-", text: "abxd", expected: "-a-b--d-", count: 5),
    .init(pattern: "", template: "-", text: "ab", expected: "-a-b-", count: 3),
    .init(pattern: "", template: "-", text: "", expected: "-", count: 1),
    .init(pattern: "b|x*", template: "-", text: "abc", expected: "-a--c-", count: 4),
    .init(pattern: "(a)(b)?", template: #"[\1\2]"#, text: "ab a", expected: "[ab] [a]", count: 2),
    .init(pattern: "(?P<k>[a-z]+)=(?P<v>.*)", template: #"\g<v>=\g<k>"#, text: "a=1", expected: "1=a", count: 1),
    .init(pattern: "(.)", template: #"\g<1>0\g<0>"#, text: "ab", expected: "a0ab0b", count: 2),
    .init(pattern: "a", template: #"\n\t\\\."#, text: "a", expected: "\n\t\\\\.", count: 1),
    .init(pattern: "a", template: #"\0\101"#, text: "a", expected: "\u{0}A", count: 1),
    .init(pattern: "^", template: "# ", text: "a\nb\n", expected: "# a\n# b\n# ", count: 3, options: .multiline),
    .init(pattern: "$", template: "!", text: "a\nb\n", expected: "a\nb!\n!", count: 2),
    .init(pattern: "$", template: "!", text: "a\nb\n", expected: "a!\nb!\n!", count: 3, options: .multiline),
    .init(pattern: "^a.*c$", template: "x", text: "ab\nc", expected: "x", count: 1, options: .dotAll),
    .init(pattern: "É", template: "e", text: "éÉ", expected: "ee", count: 2, options: .ignoreCase),
    .init(pattern: "a b # c", template: "x", text: "ab", expected: "x", count: 1, options: .verbose),
    .init(pattern: "a", template: "b", text: "aaaa", expected: "bbaa", count: 2, limit: 2),
    .init(pattern: #"\Z"#, template: "!", text: "a\n", expected: "a\n!", count: 1),
    .init(pattern: "€", template: "e", text: "1€ 2€", expected: "1e 2e", count: 2),
    .init(pattern: "(?<=a)b", template: "c", text: "ab b", expected: "ac b", count: 1),
  ]

  @Test(arguments: replacements) func replaces(_ test: Replacement) throws {
    let expression = try RegularExpression(test.pattern, options: test.options)
    let result = try expression.replacing(in: test.text, with: test.template, count: test.limit)
    #expect(result.text == test.expected)
    #expect(result.count == test.count)
  }

  @Test func searchAndMatchDifferInTheStart() throws {
    let expression = try RegularExpression("(b)(c)?")
    let match = try #require(try expression.firstMatch(in: "ab"))
    #expect(match.range == 1..<2)
    #expect(match.text == "b")
    #expect(match[1] == "b")
    #expect(match[2] == nil)
    #expect(match[3] == nil)
    #expect(try expression.firstMatch(in: "ab", anchored: true) == nil)
    #expect(try expression.firstMatch(in: "ab", from: 1, anchored: true) != nil)
    #expect(try expression.firstMatch(in: "ab", from: 2) == nil)
  }

  @Test func namedGroups() throws {
    let match = try #require(try RegularExpression("(?P<user>[^@]+)@(?P<host>.+)").firstMatch(in: "é@b"))
    #expect(match["user"] == "é")
    #expect(match["host"] == "b")
    #expect(match["other"] == nil)
    #expect(match.groups == [0..<4, 0..<2, 3..<4])
  }

  @Test func wholeMatch() throws {
    #expect(try RegularExpression("a|ab").matchesWhole("ab"))
    #expect(try !RegularExpression("a").matchesWhole("a\n"))
  }

  @Test func matchesAreFoundFarIntoALongText() throws {
    let text = String(repeating: "é", count: 5000) + "needle" + String(repeating: "x", count: 3000) + "needle"
    #expect(try RegularExpression("needle").matches(in: text).map(\.range.lowerBound) == [10_000, 13_006])
    #expect(try RegularExpression("(?<=é)needle").matches(in: text).count == 1)
  }

  @Test func splits() throws {
    #expect(try RegularExpression(",").split("a,b,") == ["a", "b", ""])
    #expect(try RegularExpression("(,)|;").split("a,b;c") == ["a", ",", "b", nil, "c"])
    #expect(try RegularExpression(",").split("a,b,c", limit: 1) == ["a", "b,c"])
    #expect(try RegularExpression("x").split("abc") == ["abc"])
  }

  @Test func escapes() throws {
    #expect(RegularExpression.escaped("a.b-c é/=") == #"a\.b\-c\ é/="#)
    #expect(try RegularExpression(RegularExpression.escaped("[(*#\n~&")).matchesWhole("[(*#\n~&"))
  }

  @Test(arguments: [
    (#"\2"#, "invalid group reference 2"), (#"\g<nope>"#, "unknown group name 'nope'"), (#"\q"#, #"bad escape \q"#),
    (#"\g"#, "missing <"), (#"\g<1"#, "missing >, unterminated name"), (#"\g<>"#, "missing group name"),
    (#"\777"#, "octal escape value"), ("\\", "bad escape (end of pattern)"),
  ]) func refusesBadTemplates(_ template: String, _ message: String) throws {
    let expression = try RegularExpression("(a)")
    let error = #expect(throws: RegularExpressionError.self) {
      _ = try expression.replacing(in: "a", with: template)
    }
    #expect(error?.code == .badTemplate)
    #expect(error?.message.contains(message) == true)
  }

  @Test(arguments: [("a(b", 4), ("a**", 3), ("[a", 3)]) func saysWhereAPatternIsWrong(
    _ pattern: String, _ column: Int
  ) {
    let error = #expect(throws: RegularExpressionError.self) { _ = try RegularExpression(pattern) }
    #expect(error?.code == .badPattern)
    #expect(error?.pattern == pattern)
    #expect(error?.column.map { abs($0 - column) <= 1 } == true)
  }

  @Test func endlessBacktrackingIsAnError() throws {
    let text = String(repeating: "a", count: 64)
    let error = #expect(throws: RegularExpressionError.self) {
      _ = try RegularExpression("(a+)+b").firstMatch(in: text + "c" + "b")
    }
    #expect(error?.code == .limit)
  }

  @Test func aManyTimesRepeatedGroupIsNot() throws {
    let text = String(repeating: "ab", count: 20_000)
    #expect(try RegularExpression("(?:a|b)*").matchesWhole(text))
  }
}
