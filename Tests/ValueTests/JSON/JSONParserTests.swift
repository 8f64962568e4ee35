import OrderedCollections
import Testing
import Value

@Suite struct JSONParserTests {
  @Test func readsEveryKindAndKeepsTheOrder() throws {
    let value = try JSONParser.parse(#" {"z":[1,-2,2.5,1e2,true,false,null],"a":{"b":"c"}, "":"" } "#)
    #expect(value == ["z": [1, -2, 2.5, 100.0, true, false, .null], "a": ["b": "c"], "": ""])
    #expect(value.mapValue?.keys.map(\.description) == ["z", "a", ""])
  }

  @Test(arguments: [
    (#""\ud83d\ude00""#, "😀"), (#""\ud83dx""#, "\u{fffd}x"), (#""\ude00\u0041""#, "\u{fffd}A"),
    (#""\ud83d\u0041""#, "\u{fffd}A"), (#""\"\\\/\b\f\n\r\t\u00e9""#, "\"\\/\u{8}\u{c}\n\r\té"), (#""é😀""#, "é😀"),
  ])
  func readsStrings(text: String, string: String) throws {
    #expect(try JSONParser.parse(text) == .string(string))
  }

  @Test func integersBeyond64BitsAreDoubles() throws {
    #expect(try JSONParser.parse("9223372036854775807") == .int(.max))
    #expect(try JSONParser.parse("-9223372036854775808") == .int(.min))
    #expect(try JSONParser.parse("9223372036854775808") == 9_223_372_036_854_775_808.0)
  }

  @Test func theLastOfEqualKeysWins() throws {
    #expect(try JSONParser.parse(#"{"a":1,"b":2,"a":3}"#) == ["a": 3, "b": 2])
  }

  @Test func takesWhatPythonWritesForNumbersThatAreNone() throws {
    #expect(try JSONParser.parse("[Infinity,-Infinity]") == [.double(.infinity), .double(-.infinity)])
    #expect(try JSONParser.parse("NaN").doubleValue?.isNaN == true)
  }

  @Test(arguments: [
    ("", 1, 1, "the text ends where a value is expected"),
    ("{\"a\":1", 1, 7, "expected ',' or '}' after a value"),
    ("{\"a\" 1}", 1, 6, "expected ':' after a key"),
    ("{'a':1}", 1, 2, "expected a key in double quotes"),
    ("{\"a\":1,}", 1, 8, "expected a key in double quotes"),
    ("[1,]", 1, 4, "expected a value"),
    ("\n\n  [1 2]", 3, 6, "expected ',' or ']' after a value"),
    ("[\"é\" x]", 1, 6, "expected ',' or ']' after a value"),
    ("1 1", 1, 3, "unexpected text after the value"),
    ("[01]", 1, 2, "a number does not begin with 0"),
    ("-", 1, 2, "expected a digit"),
    ("1.", 1, 3, "expected a digit after '.'"),
    ("1e+", 1, 4, "expected a digit in the exponent"),
    ("tru", 1, 1, "expected a value"),
    (" \"abc", 1, 2, "a string is not closed"),
    ("\"\\", 1, 2, "unknown escape in a string"),
    ("\"\\x\"", 1, 2, "unknown escape in a string"),
    ("\"\\u12g4\"", 1, 6, "\\u takes four hexadecimal digits"),
    ("\"a\nb\"", 1, 3, "a control character stands in a string: write it as an escape such as \\n"),
  ])
  func pointsAtTheFault(text: String, line: Int, column: Int, message: String) {
    #expect(throws: JSONError(message: message, line: line, column: column)) { try JSONParser.parse(text) }
  }

  @Test func refusesBytesThatAreNotUTF8() {
    #expect(throws: JSONError(message: "a string is not valid UTF-8", line: 1, column: 1)) {
      try JSONParser.parse([0x22, 0xc3, 0x28, 0x22])
    }
  }

  @Test func keepsToItsLimits() throws {
    let limits = ValueLimits(depth: 2, bytes: 20, count: 3)
    #expect(try JSONParser.parse(Array("[[1]]".utf8), limits: limits) == [[1]])
    for text in ["[[[1]]]", "[1,2,3]", String(repeating: " ", count: 21)] {
      #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8), limits: limits) }
    }
    #expect(throws: JSONError.self) { try JSONParser.parse(String(repeating: "[", count: 1_000_000)) }
  }

  @Test func readsBackWhatIsWritten() throws {
    let value: Value = [
      "a": [1, -1, 0.1, 1e300, true, .null, "\u{0}\u{1f}\u{7f}\u{9f}é😀\u{2028}"], "b": ["c": [:], "d": []],
    ]
    #expect(try JSONParser.parse(JSONWriter.compact(value)) == value)
    #expect(try JSONParser.parse(JSONWriter.pretty(value, indent: 2)) == value)
  }
}
