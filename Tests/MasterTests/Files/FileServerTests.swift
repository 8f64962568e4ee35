import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value
import Wire

@testable import Master

/// What the file server gives out, and what not.
@Suite struct FileServerTests {
  private let directory: TemporaryDirectory
  private let files = HostFiles()

  init() throws {
    directory = try TemporaryDirectory()
    for (path, text) in [
      ("one/top.sls", "top of one\n"), ("one/web/init.sls", "web\n"), ("two/top.sls", "top of two\n"),
      ("two/only-two", "two\n"), ("env-dev/dev.sls", "dev\n"), ("outside/secret", "secret\n"),
    ] { try write(path, text) }
    try files.makeDirectory(directory.path("one/empty"))
    // As old as files of a tree are: what was just written is looked at each time.
    for path in ["one/top.sls", "one/web/init.sls", "two/top.sls", "two/only-two"] { age(path) }
  }

  private func write(_ path: String, _ text: String) throws {
    let full = directory.path(path)
    try files.makeDirectory(String(full[..<(full.lastIndex(of: "/") ?? full.endIndex)]))
    try files.write(full, text: text)
  }

  private func age(_ path: String) { utimensat(AT_FDCWD, directory.path(path), [timespec(), timespec()], 0) }

  private var roots: OrderedDictionary<String, [String]> {
    ["base": [directory.path("one"), directory.path("two")], "__env__": [directory.path("env-__env__")]]
  }

  private func server(_ change: (inout FileServerSettings) -> Void = { _ in }) -> FileServer {
    var settings = FileServerSettings(roots: roots)
    change(&settings)
    return FileServer(settings)
  }

  private func find(_ path: String, _ environment: String = "base", known: FileDigest? = nil, in server: FileServer)
    throws -> FleetReply?
  {
    let request = FileFindRequest(
      environment: try #require(EnvironmentName(environment)), path: try #require(FilePath(path)), known: known)
    return server.answer(.find(request)) {}
  }

  private func text(_ path: String, _ environment: String = "base", in server: FileServer) throws -> String? {
    guard case .file(let file)? = try find(path, environment, in: server) else { return nil }
    return file.content.map { String(decoding: $0, as: UTF8.self) }
  }

  private func list(
    _ kind: FileKind, _ environment: String = "base", below: String? = nil, in server: FileServer
  ) throws -> [FileEntry] {
    let request = FileListRequest(
      environment: try #require(EnvironmentName(environment)), kind: kind, below: below.flatMap { FilePath($0) })
    guard case .listing(let listing)? = server.answer(.list(request), retry: {}) else {
      throw FleetRefusal(.failed, "no list")
    }
    return listing.entries
  }

  @Test func theFirstRootWins() throws {
    let server = server()
    #expect(try text("top.sls", in: server) == "top of one\n")
    #expect(try text("only-two", in: server) == "two\n")
    #expect(try text("dev.sls", "dev", in: server) == "dev\n")
    #expect(try find("dev.sls", "other", in: server) == .absent)
    #expect(server.answer(.environments) {} == .environments([.base]))
    #expect(try list(.files, in: server).map(\.path.text) == ["only-two", "top.sls", "web/init.sls"])
    #expect(try list(.files, below: "web", in: server).map(\.path.text) == ["web/init.sls"])
    #expect(try list(.directories, in: server).map(\.path.text) == ["empty", "web"])
    #expect(try list(.files, "nowhere", in: server).isEmpty)
  }

  @Test func theContentIsNotSentToWhoHasIt() throws {
    let server = server()
    guard case .file(let file)? = try find("top.sls", in: server) else { throw FleetRefusal(.failed, "no file") }
    #expect(file.content == Array("top of one\n".utf8))
    #expect(file.digest == FileDigest(of: Array("top of one\n".utf8)))
    #expect(file.mode == 0o644)
    guard case .file(let again)? = try find("top.sls", known: file.digest, in: server) else {
      throw FleetRefusal(.failed, "no file")
    }
    #expect(again.content == nil)
    // Of the same length, at another time.
    try write("one/top.sls", "TOP OF ONE\n")
    #expect(try text("top.sls", in: server) == "TOP OF ONE\n")
    guard case .file(let new)? = try find("top.sls", known: file.digest, in: server) else {
      throw FleetRefusal(.failed, "no file")
    }
    #expect(new.content == Array("TOP OF ONE\n".utf8))
  }

  @Test func listingsTellTheDigestsThatAreKnown() throws {
    let server = server()
    #expect(try list(.files, in: server).allSatisfy { $0.digest == nil && $0.size != nil })
    // The time of change, which no one can set, is to be old too.
    usleep(150_000)
    _ = try find("top.sls", in: server)
    #expect(try list(.files, in: server).filter { $0.digest != nil }.map(\.path.text) == ["top.sls"])
  }

  @Test func linksStayInTheirRoot() throws {
    symlink(directory.path("outside/secret"), directory.path("one/absolute"))
    symlink("../outside/secret", directory.path("one/relative"))
    symlink("..", directory.path("one/up"))
    symlink("web", directory.path("one/within"))
    symlink(directory.path("one/web/init.sls"), directory.path("one/absolute-within"))
    symlink("loop", directory.path("one/loop"))
    symlink("/proc/self/environ", directory.path("one/environ"))
    symlink("..", directory.path("one/web/parent"))
    mkfifo(directory.path("one/pipe"), 0o600)
    let server = server()
    for path in [
      "absolute", "relative", "up/outside/secret", "loop", "environ", "pipe", "web", "web/init.sls/x",
      "%2e%2e/outside/secret",
      "..\\outside\\secret",
    ] {
      #expect(try find(path, in: server) == .absent, "\(path)")
    }
    // Out and in again: what it names is served anyway.
    #expect(try text("up/one/top.sls", in: server) == "top of one\n")
    #expect(try text("within/init.sls", in: server) == "web\n")
    #expect(try text("absolute-within", in: server) == "web\n")
    #expect(try text("web/parent/top.sls", in: server) == "top of one\n")
    #expect(
      try list(.files, in: server).map(\.path.text) == [
        "absolute-within", "only-two", "top.sls", "web/init.sls", "within/init.sls",
      ])
    #expect(
      try list(.symlinks, in: server).map { "\($0.path) \($0.target ?? "")" }.filter { !$0.contains("absolute") } == [
        "web/parent ..", "within web", "within/parent ..",
      ])
    let without = self.server {
      $0.followsLinks = false
      $0.ignoresLinks = true
    }
    #expect(try list(.files, in: without).map(\.path.text) == ["only-two", "top.sls", "web/init.sls"])
    #expect(try list(.symlinks, in: without).isEmpty)
  }

  /// Somebody exchanges a directory for a link out of the root, again and again.
  @Test func exchangedPartsLeadNowhere() throws {
    try write("one/swap/secret", "harmless\n")
    symlink(directory.path("outside"), directory.path("one/trap"))
    let path = directory.path("one")
    let server = server()
    for _ in 0..<300 {
      rename("\(path)/swap", "\(path)/kept")
      rename("\(path)/trap", "\(path)/swap")
      #expect(try text("swap/secret", in: server) == nil)
      rename("\(path)/swap", "\(path)/trap")
      rename("\(path)/kept", "\(path)/swap")
      #expect(try text("swap/secret", in: server) == "harmless\n")
    }
  }

  @Test func whatIsIgnoredIsNotThere() throws {
    try write("one/.git/config", "x")
    try write("one/a.swp", "x")
    let settings = try MasterConfiguration(directory: directory.path).files
    #expect(settings.ignoredGlobs.isEmpty)
    try files.write(
      directory.path("master.yaml"),
      text:
        "file_roots: {base: [\(directory.path("one"))]}\nfile_ignore_glob: ['*.swp']\nfile_ignore_regex: ['/?\\.git($|/)']\n"
    )
    let server = FileServer(try MasterConfiguration(directory: directory.path).files)
    #expect(try find(".git/config", in: server) == .absent)
    #expect(try find("a.swp", in: server) == .absent)
    #expect(try list(.files, in: server).map(\.path.text) == ["top.sls", "web/init.sls"])
    #expect(try list(.directories, in: server).map(\.path.text) == ["empty", "web"])
  }

  @Test func chunksAreOfOneContent() throws {
    let size = 700_000
    try write("one/large", String(repeating: "0123456789", count: size / 10))
    let server = server()
    guard case .file(let file)? = try find("large", in: server) else { throw FleetRefusal(.failed, "no file") }
    #expect(file.size == Int64(size))
    #expect(file.content == nil)
    func chunk(_ offset: Int64, _ length: Int64, _ digest: FileDigest) throws -> FleetReply? {
      server.answer(
        .chunk(
          FileChunkRequest(
            environment: .base, path: try #require(FilePath("large")), digest: digest, offset: offset, length: length))
      ) {}
    }
    #expect(try chunk(3, 5, file.digest) == .chunk(Array("34567".utf8)))
    #expect(try chunk(Int64(size) - 2, 100, file.digest) == .chunk(Array("89".utf8)))
    #expect(try chunk(1 << 40, 100, file.digest) == .chunk([]))
    let other = try #require(FileDigest(of: [1]))
    for (digest, content) in [(other, nil), (file.digest, "something else")] {
      if let content { try write("one/large", content) }
      guard case .refused(let refusal)? = try chunk(0, 10, digest) else { throw FleetRefusal(.failed, "a chunk") }
      #expect(refusal.code == .changed)
    }
  }

  @Test func longListsComeInPages() throws {
    for number in 0..<6000 {
      let path = directory.path("one/many/" + String(repeating: "x", count: 100) + "\(number)")
      if number == 0 { try files.makeDirectory(directory.path("one/many")) }
      close(open(path, O_WRONLY | O_CREAT, 0o644))
    }
    let server = server()
    var request = FileListRequest(environment: .base, kind: .files, below: FilePath("many"))
    var paths: [String] = []
    var pages = 0
    while true {
      guard case .listing(let page)? = server.answer(.list(request), retry: {}) else {
        throw FleetRefusal(.failed, "no page")
      }
      paths += page.entries.map(\.path.text)
      pages += 1
      #expect(MasterMessage.reply(id: 1, ticket: 1, .listing(page)).encoded().count < FileListing.maximumBytes + 1000)
      guard page.hasMore else { break }
      request.after = page.entries.last?.path
    }
    #expect(pages > 1)
    #expect(paths.count == 6000)
    #expect(paths == paths.sorted())
  }

  @Test func aFileIsReadOnceForAllWhoAsk() throws {
    let cache = DigestCache()
    let identity = FileIdentity(stat())
    let retried = RetryCount()
    guard case .yours = cache.claim(identity, orLater: {}) else { throw FleetRefusal(.failed, "not claimed") }
    guard case .parked = cache.claim(identity, orLater: { retried.add() }) else {
      throw FleetRefusal(.failed, "not parked")
    }
    #expect(retried.value == 0)
    let digest = try #require(FileDigest(of: [1]))
    cache.finish(identity, digest)
    #expect(retried.value == 1)
    guard case .known(digest) = cache.claim(identity, orLater: {}) else { throw FleetRefusal(.failed, "not known") }
  }
}
