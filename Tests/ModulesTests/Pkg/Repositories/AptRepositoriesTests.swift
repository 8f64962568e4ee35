import Functions
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct AptRepositoriesTests {
  static let list = "/etc/apt/sources.list"
  static let stanza = "/etc/apt/sources.list.d/x.sources"

  static func request(_ name: String, _ named: ValueMap = [:]) throws -> AptRepositoryRequest {
    let signature = PkgRepoStates.managed.signature
    var words = named
    words["name"] = .string(name)
    return try AptRepositoryRequest(
      name, Arguments(binding: CallArguments([], named: words), to: signature), isEnabledByDefault: true)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var what: String
    var path = list
    var before: String
    var name: String
    var named: ValueMap = [:]
    var after: String
    var testDescription: String { what }
  }

  static let cases = [
    Case(
      what: "a new one goes to the end, the rest stays as it is", before: "# mine\ndeb   http://a  s m\n\njunk [\n",
      name: "deb http://b s m", after: "# mine\ndeb   http://a  s m\n\njunk [\ndeb http://b s m\n"),
    Case(
      what: "one that means the same is left alone", before: "deb  http://a/ s n m",
      name: "deb http://a s m n", after: "deb  http://a/ s n m"),
    Case(
      what: "it is disabled", before: "deb http://a s m\n", name: "deb http://a s m", named: ["disabled": true],
      after: "# deb http://a s m\n"),
    Case(what: "it is enabled", before: "#deb http://a s m\n", name: "deb http://a s m", after: "deb http://a s m\n"),
    Case(
      what: "components in place of those in the name", before: "deb http://a s m #c\n", name: "deb http://a s m",
      named: ["comps": "m, n"], after: "deb http://a s m n #c\n"),
    Case(
      what: "architectures and a comment", before: "", name: "deb http://a s m",
      named: ["architectures": ["amd64"], "comments": ["a", "b"], "trusted": "yes"],
      after: "deb [arch=amd64 trusted=yes] http://a s m #a b\n"),
    Case(
      what: "no other is left", before: "deb http://a s m\n# c\ndeb http://b s m\n", name: "deb http://b s m",
      named: ["clean_file": true, "file": .string(list)], after: "deb http://b s m\n"),
    Case(
      what: "nothing is to clean", before: "# c\ndeb http://b s m\n", name: "deb http://b s m",
      named: ["clean_file": true, "file": .string(list)], after: "# c\ndeb http://b s m\n"),
    Case(
      what: "lines are joined", before: "deb http://a s m\n#x\ndeb http://a/ s n\ndeb http://a t m\n",
      name: "deb http://a s m n", named: ["consolidate": true], after: "deb http://a s m n\n#x\ndeb http://a t m\n"),
    Case(
      what: "a stanza is made", path: stanza, before: "", name: "deb [arch=amd64 lang=de,en signed-by=/k] http://a s m",
      named: ["file": .string(stanza)],
      after:
        "Types: deb\nURIs: http://a\nSuites: s\nComponents: m\nArchitectures: amd64\nLanguages: de en\nSigned-By: /k\n"),
    Case(
      what: "a stanza is changed, what is not meant stays", path: stanza,
      before: "# c\nTypes: deb\nX-Mine: y\nURIs: http://a/\nSuites: s\nComponents: n\n m\nEnabled: no\n\n# end\n",
      name: "deb http://a s m", after: "# c\nTypes: deb\nX-Mine: y\nURIs: http://a\nSuites: s\nComponents: m\n\n# end\n"
    ),
    Case(
      what: "a stanza of several is left alone when it is so", path: stanza,
      before: "Types: deb deb-src\nURIs: http://a\nSuites: s t\nComponents: m\n", name: "deb http://a t m",
      after: "Types: deb deb-src\nURIs: http://a\nSuites: s t\nComponents: m\n"),
  ]

  @Test(arguments: cases) func puts(_ fact: Case) throws {
    var repositories = AptRepositories(fact.before.isEmpty ? [] : [AptSourceFile(fact.before, path: fact.path)])
    let request = try Self.request(fact.name, fact.named)
    try repositories.put(request)
    let file = try #require(repositories.files.first)
    #expect((file.isChanged ? file.text : file.original) == fact.after)
    // Once more changes nothing.
    var again = AptRepositories([AptSourceFile(fact.after, path: fact.path)])
    try again.put(request)
    #expect(again.changedPaths.isEmpty)
  }

  @Test func movesToAnotherFile() throws {
    var repositories = AptRepositories([
      AptSourceFile("deb http://a s m\ndeb http://b s m\n", path: Self.list),
      AptSourceFile("deb http://c s m\n", path: "/etc/apt/sources.list.d/c.list"),
    ])
    try repositories.put(
      try Self.request("deb http://a s m n", ["file": "/etc/apt/sources.list.d/c.list"]))
    #expect(repositories.files.map(\.text) == ["deb http://b s m\n", "deb http://c s m\ndeb http://a s m n\n"])
  }

  @Test func doesNotGuessAboutStanzasOfSeveral() throws {
    var repositories = AptRepositories([
      AptSourceFile("Types: deb\nURIs: http://a\nSuites: s t\nComponents: m\n", path: Self.stanza)
    ])
    let request = try Self.request("deb http://a s m", ["disabled": true])
    #expect(throws: FunctionError.self) { try repositories.put(request) }
    #expect(repositories.changedPaths.isEmpty)
  }

  @Test(
    arguments: [
      ("deb http://a s m n\ndeb http://b s m\n", "deb http://a s m", "deb http://a s n\ndeb http://b s m\n"),
      ("deb http://a s m\ndeb http://b s m\n", "deb http://a/ s m", "deb http://b s m\n"),
      ("# deb http://a s m\n", "deb http://a s m", ""), ("deb file:/r ./\n", "deb file:/r ./", ""),
      ("deb [arch=i386] http://a s m\n", "deb http://a s m", nil), ("deb http://a s m\n", "deb http://a s x", nil),
      ("deb http://a s m\n", "deb-src http://a s m", nil),
    ] as [(String, String, String?)])
  func deletes(_ before: String, _ name: String, _ after: String?) throws {
    var repositories = AptRepositories([AptSourceFile(before, path: Self.list)])
    let changed = repositories.delete(try #require(AptRepositoryLine(name)))
    #expect(changed == (after == nil ? [] : [Self.list]))
    #expect(repositories.files.first?.text == after ?? before)
  }

  @Test func deletesASuiteOfAStanza() throws {
    let text = "Types: deb\nURIs: http://a\nSuites: s t\nComponents: m\n\nTypes: deb\nURIs: http://b\nSuites: ./\n"
    var repositories = AptRepositories([AptSourceFile(text, path: Self.stanza)])
    _ = repositories.delete(try #require(AptRepositoryLine("deb http://a s m")))
    #expect(repositories.files[0].text == text.replacing("s t", with: "t"))
    _ = repositories.delete(try #require(AptRepositoryLine("deb http://a t m")))
    #expect(repositories.files[0].text == "Types: deb\nURIs: http://b\nSuites: ./\n")
    _ = repositories.delete(try #require(AptRepositoryLine("deb http://b ./")))
    #expect(repositories.superfluousPaths == [Self.stanza])
  }

  @Test(
    arguments: [
      ("deb http://a s m\ndeb http://evil s m", [:]), ("deb http://a s", [:]), ("deb http://a ./ m", [:]),
      ("deb [signed-by=k.gpg] http://a s m", [:]), ("ppa:a/b", [:]), ("nonsense", [:]),
      ("deb http://a s m", ["file": "/etc/passwd"]),
      ("deb http://a s m", ["file": "/etc/apt/sources.list.d/../x.list"]),
      ("deb http://a s m", ["file": "/etc/apt/sources.list.d/x y.list"]),
      ("deb http://a s m", ["file": "/etc/apt/sources.list.d/x"]), ("deb http://a s m", ["clean_file": true]),
      ("deb http://a s m", ["comps": ["m\nn"]]), ("deb http://a s m", ["comps": "m n"]),
      ("deb http://a s m", ["architectures": "amd64] http://evil x y #"]),
      ("deb http://a s m", ["comments": "x\ndeb http://evil s m"]), ("deb http://a s m", ["dist": "s t"]),
      ("deb http://a s m", ["signedby": "/k x"]), ("deb http://a s m", ["uri": "http://x\u{2028}y"]),
      ("deb http://a s#x m", ["dist": "x#y"]),
    ] as [(String, ValueMap)])
  func refuses(_ name: String, _ named: ValueMap) {
    let error = #expect(throws: FunctionError.self) { try Self.request(name, named) }
    #expect(error?.code == .badArguments)
  }
}
