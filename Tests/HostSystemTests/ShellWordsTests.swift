import Testing

@testable import HostSystem

@Suite struct ShellWordsTests {
  @Test(
    arguments: [
      ("", []), ("   \t\n ", []), ("a", ["a"]), ("  a   b ", ["a", "b"]), ("'a b' c", ["a b", "c"]),
      ("a'b'c", ["abc"]), ("''", [""]), ("\"\"", [""]), ("a '' b", ["a", "", "b"]), ("\"a b\"", ["a b"]),
      (#""a \"b\" c""#, [#"a "b" c"#]), (#"'a \"b'"#, [#"a \"b"#]), (#"a\ b"#, ["a b"]), (#"\'a"#, ["'a"]),
      (#""\n""#, [#"\n"#]), (#""\$HOME \` \\""#, [#"$HOME ` \"#]), ("$HOME * | ; #x", ["$HOME", "*", "|", ";", "#x"]),
      ("a\\\nb", ["ab"]), ("\"a\\\nb\"", ["ab"]), ("'a\nb'", ["a\nb"]), ("ä 'ö ü'", ["ä", "ö ü"]),
      (#"--opt="two words""#, ["--opt=two words"]), ("\"it's\"", ["it's"]),
    ] as [(String, [String])])
  func splits(_ line: String, _ words: [String]) throws { #expect(try ShellWords.split(line) == words) }

  @Test(
    arguments: [
      ("'a", .unclosed("'")), ("a \"b", .unclosed("\"")), ("\"a\\", .unclosed("\"")), ("a\\", .trailingBackslash),
    ] as [(String, ShellWordsError)])
  func refuses(_ line: String, _ error: ShellWordsError) {
    #expect(throws: error) { try ShellWords.split(line) }
  }
}
