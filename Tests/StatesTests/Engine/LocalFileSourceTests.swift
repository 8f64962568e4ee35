import Glibc
import OrderedCollections
import Testing
import Value

@testable import States

@Suite struct LocalFileSourceTests {
  private let host: TreeHost
  private let source: LocalFileSource

  init() throws {
    host = try TreeHost([
      "one/a.sls": "1", "one/web/init.sls": "1", "two/a.sls": "2", "two/b.sls": "2", "dev/d.sls": "d", "secret": "s",
      "any/prod/x.sls": "x",
    ])
    let base = host.base
    source = LocalFileSource(
      FileRoots(
        [
          "base": [.string("\(base)/one"), .string("\(base)/two")], "dev": .string("\(base)/dev"),
          "__env__": [.string("\(base)/any/__env__")],
        ], fallback: "/nonexistent"))
    _ = symlink("\(base)/secret", "\(base)/one/out")
    _ = symlink("../two/b.sls", "\(base)/one/sideways")
    _ = symlink("a.sls", "\(base)/one/in")
    _ = symlink("..", "\(base)/one/web/up")
    _ = symlink("/etc", "\(base)/one/etc")
  }

  @Test func theFirstRootWins() async throws {
    #expect(try await source.localPath(of: "a.sls", environment: "base") == "\(host.base)/one/a.sls")
    #expect(try await source.localPath(of: "b.sls", environment: "base") == "\(host.base)/two/b.sls")
    #expect(try await source.localPath(of: "d.sls", environment: "dev") == "\(host.base)/dev/d.sls")
    #expect(try await source.localPath(of: "x.sls", environment: "prod") == "\(host.base)/any/prod/x.sls")
    #expect(try await source.localPath(of: "web", environment: "base") == nil)
    #expect(try await source.environments() == ["base", "dev"])
  }

  @Test(arguments: [
    "", "/etc/passwd", "../secret", "web/../../secret", "out", "sideways", "etc/passwd", "a.sls\0x", "web//init.sls",
    "a/./../../secret",
  ])
  func nothingOutsideIsGiven(_ path: String) async throws {
    #expect(try await source.localPath(of: path, environment: "base") == nil)
  }

  @Test func listsSortedAndWithoutLoops() async throws {
    #expect(
      try await source.files(below: "", environment: "base") == ["a.sls", "b.sls", "in", "web/init.sls"])
    #expect(try await source.files(below: "web/", environment: "base") == ["web/init.sls"])
    #expect(try await source.directories(below: "", environment: "base") == ["web", "web/up"])
    #expect(try await source.files(below: "", environment: "gone") == [])
  }

  @Test func fallsBackToTheUsualDirectory() {
    #expect(FileRoots(nil, fallback: "/srv/salt")["base"] == ["/srv/salt"])
    #expect(FileRoots(["base": ["relative", "/x"]], fallback: "/srv/salt")["base"] == ["/x"])
  }
}
