import Functions
import OrderedCollections
import Testing
import Value

@testable import Modules

@Suite struct GitTextTests {
  @Test(
    arguments: [
      ("https://git.example/a.git", "https://git.example/a.git", nil, nil),
      ("https://me:p%40ss@git.example:8443/a.git", "https://git.example:8443/a.git", "me", "p@ss"),
      ("https://token@git.example/a", "https://git.example/a", "token", nil),
      ("https://a@b:c@git.example/a@b", "https://git.example/a@b", "a@b", "c"),
      ("ssh://git@git.example/a", "ssh://git@git.example/a", nil, nil),
      ("git@git.example:a.git", "git@git.example:a.git", nil, nil), ("/srv/a.git", "/srv/a.git", nil, nil),
    ] as [(String, String, String?, String?)])
  func passwordsAreTakenOutOfAddresses(_ text: String, _ clean: String, _ user: String?, _ password: String?) throws {
    let url = try GitURL(text)
    #expect(url.text == clean)
    #expect(url.user == user)
    #expect(url.password == password)
  }

  @Test(arguments: ["", "-u", "--upload-pack=touch /tmp/x", "https://a\nb", "a\0b"])
  func oddAddressesAreRefused(_ text: String) { #expect(throws: FunctionError.self) { try GitURL(text) } }

  @Test(
    arguments: [
      ("fatal: https://u:p@h/x failed", "fatal: https://<redacted>@h/x failed"),
      ("HTTP://u:p@h and https://x:y@z/", "HTTP://<redacted>@h and https://<redacted>@z/"),
      ("'https://u:p@ss@h'", "'https://<redacted>@h'"), ("ssh://git@h/x https://h/@x", "ssh://git@h/x https://h/@x"),
    ])
  func passwordsAreTakenOutOfTexts(_ text: String, _ clean: String) { #expect(GitText.redacted(text) == clean) }

  @Test(arguments: ["", "-x", "--force", "a\nb"]) func optionsAreNoNames(_ text: String) {
    #expect(throws: FunctionError.self) { try GitText.word(text, "rev") }
  }

  @Test func options() throws {
    #expect(try GitText.options("--a 'b c' --") == ["--a", "b c"])
    #expect(try GitText.options(["--a", "b c"]) == ["--a", "b c"])
    #expect(try GitText.options(.null).isEmpty)
    #expect(throws: FunctionError.self) { try GitText.options("'open") }
  }

  @Test func percents() {
    #expect(GitText.percentEncoded("a b@:/ü") == "a%20b%40%3A%2F%C3%BC")
    #expect(GitText.percentDecoded("a%20b%4") == "a b%4")
  }

  @Test func whatFetchPrints() {
    let output = """
      From /srv/src
         4540aad..465707a  main       -> origin/main
       + 28c0c34...f8695d9 dev        -> origin/dev  (forced update)
       * [new branch]      next       -> origin/next
       * [new tag]         v3         -> v3
       t [tag update]      v1         -> v1
       - [deleted]         (none)     -> origin/gone

      """
    #expect(
      GitFetch.changes(output)
        == [
          "updated branches": [
            "main": ["old": "4540aad", "new": "465707a"], "dev": ["old": "28c0c34", "new": "f8695d9"],
          ],
          "new branches": ["next"], "new tags": ["v3"],
        ])
  }

  @Test(
    arguments: [
      ("HEAD", "remote HEAD (1111111)", GitRemoteRevision.Upstream.leave),
      ("main", "origin/main (1111111)", .branch("origin/main")),
      ("v1", "v1 (3333333)", .none), ("ABCD", "abcd", .none),
    ])
  func remoteRevisions(_ wish: String, _ location: String, _ upstream: GitRemoteRevision.Upstream) {
    let references: OrderedDictionary = [
      "HEAD": "1111111111", "refs/heads/main": "1111111111", "refs/tags/v1": "2222222222",
      "refs/tags/v1^{}": "3333333333",
    ]
    let found = GitRemoteRevision(wish, remote: "origin", references: references, isBare: false)
    #expect(found.location == location)
    #expect(found.upstream == upstream)
    #expect(found.defaultBranch == "main")
    #expect(GitRemoteRevision("none", remote: "o", references: references, isBare: false).commit == nil)
  }
}
