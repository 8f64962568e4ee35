import Testing
import Value

@Suite struct YAMLWriterTests {
  @Test func blockStyleAsSalts() {
    let value: Value = [
      "web1": [
        "pkgs": ["nginx", "libssl3"], "empty": [], "none": .null, "nested": [["a": 1, "b": [1, 2]], [[true]]],
      ],
      "text": "one\n  two\n", "mode": "0644", 8080: "12:30", "ratio": 1e16,
    ]
    #expect(
      YAMLWriter.write(value) == """
        web1:
          pkgs:
          - nginx
          - libssl3
          empty: []
          none: null
          nested:
          - a: 1
            b:
            - 1
            - 2
          - - - true
        text: |
          one
            two
        mode: '0644'
        8080: '12:30'
        ratio: 1.0e+16

        """)
  }

  static let awkward: [String] = [
    "", " ", " a", "a ", "- a", "-", "-a", "---", "--- a", "...", "?", "? a", "?a", ":", ":a", "a:", "a: b", "a:b", "#",
    "a #b",
    "a#b", "it's", "\"", "'", "*", "&a", "!a", "%", "@", "`", "|", ">", "[a", "{a", "a]", "a,b", ",", "a\nb", "a\nb\n",
    "a\n\n",
    "\na", " a\nb", "a\n b", "\ta\nb", "a\n\tb", "a\tb", "\n", "\n\n", " \n", "a \nb ", "a\r\nb", "\u{1b}[31m",
    "\u{85}", "\u{a0}",
    "\u{2028}", "\u{feff}", "é", "😀", "\u{fffe}", "\u{10ffff}", "\u{202e}abc", "null", "~", "<<", "=", "\\", "\\n",
    "a\n---\nb",
    "# a\nb", "- a\n- b", "key: |\n  x", "%TAG\nx", "\u{0}", "a\n...\n",
  ]

  @Test(arguments: awkward)
  func isReadBackTheSame(text: String) throws {
    let value: Value = [
      "text": .string(text), "list": [.string(text), [.string(text)], ["k": .string(text)]], .string("key" + text): 1,
    ]
    #expect(try YAMLParser.value(of: YAMLWriter.write(value)) == value)
    #expect(try YAMLParser.value(of: YAMLWriter.write(.string(text))) == .string(text))
  }

  @Test func everyKindIsReadBackTheSame() throws {
    let value: Value = [
      .null: .null, true: false, 1.5: 1e-7, .bytes([1]): .bytes([0, 255]), .double(.infinity): .double(-.infinity),
      .string(String(repeating: "k", count: 2000)): ["a": [[], [:], [[]]]],
      "ints": [.int(.min), .int(.max), 0, -1],
    ]
    #expect(try YAMLParser.value(of: YAMLWriter.write(value)) == value)
  }
}
