import Testing
import Value

@Suite struct JSONWriterTests {
  @Test func prettyIsLaidOutAsPythonDoes() {
    let value: Value = ["b": [1, ["x": .null], []], "a": [:], "é": "tab\t\"quoted\"\\"]
    #expect(
      JSONWriter.pretty(value) == """
        {
            "b": [
                1,
                {
                    "x": null
                },
                []
            ],
            "a": {},
            "é": "tab\\t\\"quoted\\"\\\\"
        }
        """)
  }

  @Test func compactHasNoSpaces() {
    #expect(JSONWriter.compact(["a": [1, 2.5, true], "b": ["c": .null]]) == #"{"a":[1,2.5,true],"b":{"c":null}}"#)
  }

  @Test(arguments: [
    (1.0, "1.0"), (0.1, "0.1"), (1e15, "1000000000000000.0"), (9.1e15, "9100000000000000.0"),
    (9_007_199_254_740_994.0, "9007199254740994.0"), (-9.9e15, "-9900000000000000.0"), (1e16, "1e+16"),
    (1e22, "1e+22"), (1e-4, "0.0001"), (1e-5, "1e-05"), (-0.0, "-0.0"), (.infinity, "inf"), (-.infinity, "-inf"),
    (.nan, "nan"), (123456.789, "123456.789"),
  ])
  func numbersAreWrittenAsPythonWritesThem(number: Double, text: String) {
    #expect(JSONWriter.text(of: number) == text)
  }

  @Test func whatJSONCannotSayStaysValidJSON() {
    #expect(
      JSONWriter.compact([.double(.nan), .double(.infinity), .double(-.infinity)]) == #"["NaN","Infinity","-Infinity"]"#
    )
    #expect(JSONWriter.compact(.bytes([])) == #""base64:""#)
    #expect(JSONWriter.compact(.bytes([1])) == #""base64:AQ==""#)
    #expect(JSONWriter.compact(.bytes([1, 2])) == #""base64:AQI=""#)
    #expect(JSONWriter.compact(.bytes([0xff, 0xfe, 0xfd])) == #""base64://79""#)
    #expect(
      JSONWriter.compact([1: 1, true: 2, .null: 3, 1.5: 4, .bytes([1]): 5, ["k"]: 6])
        == #"{"1":1,"true":2,"null":3,"1.5":4,"base64:AQ==":5,"[\"k\"]":6}"#)
  }

  @Test func nothingSteersATerminal() {
    // Marks that turn the direction of writing, separators of lines, and their neighbours that do neither.
    #expect(
      JSONWriter.compact("a\u{202e}b\u{061c}\u{200e}\u{200f}\u{2028}\u{2066}\u{2069}\u{feff}")
        == #""a\u202eb\u061c\u200e\u200f\u2028\u2066\u2069\ufeff""#)
    #expect(
      JSONWriter.compact("\u{061b}\u{200d}\u{202f}\u{2065}\u{206a}\u{fefe}ü€😀")
        == "\"\u{061b}\u{200d}\u{202f}\u{2065}\u{206a}\u{fefe}ü€😀\"")
    #expect(JSONWriter.compact("\u{1b}[31m\u{9b}2J\u{7f}\u{0}ü") == #""\u001b[31m\u009b2J\u007f\u0000ü""#)
  }
}
