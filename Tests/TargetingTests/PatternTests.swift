import Targeting
import Testing

@Suite struct PatternTests {
  @Test(arguments: [
    ("web", "web1", true), ("eb", "web1", false), ("", "anything", true), ("", "", true), ("a*$", "", true),
    ("web$", "web\n", true), ("web\\Z", "web\n", false), ("x{,2}y", "xxy", true), ("x{,2}y", "xxxy", false),
    ("[[:alpha:]]", "a", false), ("[[:alpha:]]", ":]", true), ("[^]a]b", "xb", true), ("\\u00e9", "é", true),
    ("\\d+$", "٣", true), ("\\w+$", "größe", true), (".$", "😀", true), ("(?i)WEB", "web", true),
    ("a|b", "cb", false), ("(?P<n>a)(?P=n)", "aa", true), ("a\\\\Z", "a\\Z", true),
  ]) func matchesAsPythonDoes(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try Pattern(pattern).matches(text) == expected)
  }

  @Test func letterCase() throws {
    #expect(try Pattern("DEB", ignoresCase: true).matches("Debian"))
    #expect(try !Pattern("DEB").matches("Debian"))
  }

  @Test func manyTasksShareOnePattern() async throws {
    let pattern = try Pattern("web[0-9]+$")
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { try (0..<2_000).filter { try pattern.matches($0 % 2 == 0 ? "web\($0)" : "db\($0)") }.count }
      }
      return try await group.reduce(0, +)
    }
    #expect(counts == 8_000)
  }
}
