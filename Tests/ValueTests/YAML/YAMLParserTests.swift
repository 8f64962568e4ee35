import OrderedCollections
import Testing
import Value

@Suite struct YAMLParserTests {
  @Test func nodesKnowTheirPlace() throws {
    let node = try YAMLParser.parse("a:\n  - x\n  - {k: 'v'}\n")
    let list = try #require(node["a"])
    #expect((list.line, list.column) == (2, 3))
    let map = try #require(list.elements?.last)
    #expect((map.line, map.column) == (3, 5))
    let entry = try #require(map.entries?.first)
    #expect((entry.value.line, entry.value.column) == (3, 9))
    #expect(entry.value.scalar == "v")
    #expect(entry.value.tag == "tag:yaml.org,2002:str")
  }

  @Test func aStateFileIsReadInItsOrder() throws {
    let text = """
      # patch
      openssl:
        pkg.latest:
        - pkgs: [openssl, libssl3]
        - require:
          - cmd: ready
      /etc/x: {file.managed: [{mode: 0644}, {contents: "a\\tb"}]}
      """
    let value = try YAMLParser.value(of: text)
    #expect(value.mapValue?.keys.map(\.description) == ["openssl", "/etc/x"])
    #expect(value["openssl"]?["pkg.latest"] == [["pkgs": ["openssl", "libssl3"]], ["require": [["cmd": "ready"]]]])
    #expect(value["/etc/x"] == ["file.managed": [["mode": 644], ["contents": "a\tb"]]])
  }

  @Test(
    arguments: [
      ("", .null), ("---\n...\n", .null), ("a:", ["a": .null]), ("? a", ["a": .null]), ("=: 1", ["=": 1]),
      ("'<<': 1", ["<<": 1]),
      ("%YAML 1.1\n---\n[1]", [1]), ("\u{feff}a: 1", ["a": 1]),
      ("x: &x {a: 1}\ny: *x", ["x": ["a": 1], "y": ["a": 1]]),
      ("a: {<<: {b: 1, c: 2}, b: 3}", ["a": ["c": 2, "b": 3]]),
      ("<<: {a: 1}\n<<: {b: 2}", ["a": 1, "b": 2]),
      ("{<<: [{a: 1}, {b: 2}], c: 3}", ["b": 2, "a": 1, "c": 3]),
    ] as [(String, Value)])
  func readsAsSaltDoes(text: String, value: Value) throws {
    #expect(try YAMLParser.value(of: text) == value)
  }

  @Test(arguments: [
    ("a: 1\n'a': 2", 2, 1, "the key 'a' is there twice: at line 1 and at line 2"),
    ("1: a\ntrue: b", 2, 1, "the key 'true' is there twice: at line 1 and at line 2"),
    ("z: {<<: [{a: 1}, {a: 2}]}", 1, 11, "the key 'a' is there twice: in line 1"),
    ("{[1]: 2}", 1, 2, "a key is a plain value, not a list"),
    ("a: {{ pillar }}", 1, 5, "a key is a plain value, not a map"),
    ("a\n---\nb", 2, 1, "a second document begins here; expected a single one"),
    ("a: &x 1\nb: &x 2", 2, 4, "the anchor '&x' is there already, at line 1"),
    ("a: &a [*a]", 1, 8, "'*a' stands within what it refers to"),
    ("a: *b", 1, 4, "nothing above is named '&b'"),
    ("<<: 1", 1, 5, "'<<' takes a map or a list of maps"),
    ("a:\n  - b\n\t- c", 3, 1, "a tab stands where YAML takes only spaces"),
    ("a: 'b\nc: d", 1, 4, "the quote that opens here is not closed"),
    ("base:\n  *:\n    - x", 2, 4, "'*' begins the name of an alias, and none follows"),
    ("a: b: c", 1, 5, "mapping values are not allowed in this context"),
    ("a: @x", 1, 4, "a value cannot begin with '@'"),
    ("a:\n- b\nname", 3, 1, "no ':' follows this key"),
    ("a:\n  b: 1\n c: 2", 3, 2, "expected a key of the map that begins at line 1"),
    ("- a\nb: 1", 2, 1, "expected '- ', as in the list that begins at line 1"),
    ("a: [1, 2\nb: 3", 2, 2, "did not find expected ',' or ']' (it opens at line 1, column 4)"),
    ("é: 1\nb: \u{1}", 2, 4, "control characters are not allowed"),
  ])
  func pointsAtTheFault(text: String, line: Int, column: Int, message: String) {
    let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(text, file: "top.sls") }
    #expect(error?.message == message)
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test func theErrorShowsTheLineAndTheCure() {
    let error = #expect(throws: YAMLError.self) { try YAMLParser.parse("base:\n  a: b: c\n", file: "top.sls") }
    #expect(
      error?.description == """
        top.sls:2:7: mapping values are not allowed in this context
            a: b: c
                ^
        Look for a text with ': ' in it that needs quotes, a missing ':' on the line above, or a wrong indentation.
        """)
  }

  @Test func errorsDoNotSteerTheTerminal() {
    let error = #expect(throws: YAMLError.self) { try YAMLParser.parse("\"\\e[2J\": 1\n\"\\e[2J\": 2") }
    #expect(error?.description.contains("\u{1b}") == false)
  }

  @Test func aliasesCannotBlowUp() {
    var text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<40 {
      text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ","))]\n"
    }
    let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(text) }
    #expect(error?.message == "more than 4000000 values, aliases followed")
  }

  @Test func aliasesCannotGoDeep() {
    let text = (1..<3000).reduce("a0: &a0 [x]\n") { $0 + "a\($1): &a\($1) [*a\($1 - 1)]\n" }
    let error = #expect(throws: YAMLError.self) { try YAMLParser.parse(text) }
    #expect(error?.message == "more than 128 levels deep")
  }

  @Test(arguments: ["[", "{a: ", "- ", "? ", "{? ", "[{"])
  func depthIsBounded(opening: String) {
    #expect(throws: YAMLError.self) { try YAMLParser.parse(String(repeating: opening, count: 20_000)) }
  }

  @Test func keepsToItsLimits() {
    let limits = ValueLimits(depth: 8, bytes: 20, count: 3)
    #expect(throws: YAMLError.self) { try YAMLParser.parse("[1, 2, 3]", limits: limits) }
    #expect(throws: YAMLError.self) { try YAMLParser.parse(String(repeating: " ", count: 21), limits: limits) }
  }
}
