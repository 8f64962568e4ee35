import Testing
import Value

@Suite struct NearestNameTests {
  private static let names = ["pkg.install", "pkg.installed", "pkg.list_pkgs", "test.ping", "service.restart", "a", ""]

  @Test(arguments: [
    ("pkg.instal", ["pkg.install", "pkg.installed"]), ("tset.ping", ["test.ping"]), ("test.pign", ["test.ping"]),
    ("service.restrat", ["service.restart"]), ("completely.different", []), ("b", []), ("", []),
    ("pkg.list_pkgs", ["pkg.list_pkgs"]), ("pgk.isntall", ["pkg.install"]),
  ])
  func candidates(_ word: String, _ expected: [String]) {
    #expect(NearestName.candidates(for: word, among: Self.names) == expected)
  }

  @Test func atMostThreeAndTheNearestFirst() {
    let found = NearestName.candidates(for: "word", among: ["wordx", "work", "word", "ward", "wore"])
    #expect(found == ["word", "ward", "wordx"])
  }
}
