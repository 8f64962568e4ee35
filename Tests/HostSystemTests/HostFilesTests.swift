import Glibc
import HostSystem
import HostSystemTesting
import Testing

@Suite struct HostFilesTests {
  private let directory: TemporaryDirectory
  /// The test's directory as the root of a host.
  private let files: HostFiles

  init() throws {
    directory = try TemporaryDirectory()
    files = HostFiles(root: directory.path)
  }

  private func code(_ body: () throws -> Void) -> HostError.Code? {
    do { try body() } catch { return (error as? HostError)?.code }
    return nil
  }

  // MARK: Writing

  @Test func aFileIsThereWhole() throws {
    try files.write("/a", text: "one\n")
    try files.write("/a", text: "two\n")
    #expect(try files.readText("/a") == "two\n")
    #expect(try HostFiles().readText(directory.path("a")) == "two\n", "below the root")
    #expect(try files.entries("/") == ["a"], "no temporary file is left")
  }

  @Test func modesAreAsAsked() throws {
    try files.write("/new", text: "")
    #expect(files.status("/new")?.mode == 0o644)
    for mode: UInt32 in [0o600, 0o755, 0o4755, 0o1777, 0o400] {
      try files.write("/new", text: "x", mode: mode)
      #expect(files.status("/new")?.mode == mode)
    }
    // Without one the mode of the file that is there is kept.
    try files.write("/new", text: "y", mode: 0o640)
    try files.write("/new", text: "z")
    #expect(files.status("/new")?.mode == 0o640)
  }

  @Test(.enabled(if: getuid() == 0))
  func ownersAreKeptOrSet() throws {
    try files.write("/a", text: "x", mode: 0o4755, owner: (12_345, 54_321))
    #expect(files.status("/a")?.uid == 12_345)
    #expect(files.status("/a")?.gid == 54_321)
    #expect(files.status("/a")?.mode == 0o4755, "giving it away does not take setuid from it")
    try files.write("/a", text: "y")
    #expect(files.status("/a")?.uid == 12_345)
  }

  /// A secret file is nobody else's to read at any time, also before it has its name.
  @Test func theTemporaryFileIsPrivate() async throws {
    let watcher = Task.detached { [files] in
      var modes: Set<UInt32> = []
      while !Task.isCancelled {
        for name in files.entriesIfPresent("/") where name.contains(".brine-") {
          if let status = files.status("/\(name)") { modes.insert(status.mode) }
        }
        await Task.yield()
      }
      return modes
    }
    for _ in 0..<30 { try files.write("/secret", [UInt8](repeating: 1, count: 200_000), mode: 0o600) }
    watcher.cancel()
    // What the watcher happened to see of them.
    #expect(await watcher.value.isSubset(of: [0o600]))
  }

  @Test func aLinkIsReplacedAndNotFollowed() throws {
    try files.write("/target", text: "mine", mode: 0o600)
    try #require(symlink("target", files.resolve("/link")) == 0)
    try files.write("/link", text: "new")
    #expect(try files.readText("/target") == "mine")
    #expect(files.status("/link", followingLinks: false)?.kind == .file)
  }

  @Test func aFailedWriteLeavesTheOldFile() throws {
    try files.makeDirectory("/busy/inside")
    #expect(code { try files.write("/busy", text: "x") } == .isDirectory)
    #expect(code { try files.write("/missing/a", text: "x") } == .notFound)
    try files.write("/plain", text: "x")
    #expect(code { try files.write("/plain/a", text: "x") } == .notDirectory)
    #expect(try files.entries("/") == ["busy", "plain"])
  }

  // MARK: Reading

  @Test func readsAreBounded() throws {
    try files.write("/a", [UInt8](repeating: 1, count: 1000))
    #expect(try files.read("/a", limit: 1000).count == 1000)
    #expect(code { _ = try files.read("/a", limit: 999) } == .tooLarge)
    #expect(code { _ = try HostFiles().read("/dev/zero", limit: 1 << 20) } == .tooLarge, "an endless file")
    try files.write("/empty", text: "")
    #expect(try files.read("/empty", limit: 0).isEmpty)
  }

  @Test func aPipeDoesNotHoldUp() throws {
    try #require(mkfifo(files.resolve("/pipe"), 0o600) == 0)
    #expect(try files.read("/pipe").isEmpty, "nobody writes, nobody waits")
    #expect(files.status("/pipe")?.kind == .pipe)
  }

  @Test func errorsNameThePath() {
    #expect(code { _ = try files.read("/missing") } == .notFound)
    #expect(code { _ = try files.read("/") } == .isDirectory)
    let error = #expect(throws: HostError.self) { try files.read("/missing") }
    #expect(error?.description == "cannot read /missing: No such file or directory")
  }

  @Test func linesAreRead() throws {
    try files.write("/a", text: "  one \r\ntwo\n\nlast")
    #expect(files.linesIfPresent("/a") == ["  one ", "two", "", "last"])
    #expect(files.firstLine("/a") == "one")
    #expect(files.linesIfPresent("/missing").isEmpty)
    #expect(files.firstLine("/missing") == nil)
    try files.write("/a", text: "\n")
    #expect(files.linesIfPresent("/a") == [""])
    #expect(files.firstLine("/a") == nil)
    try files.write("/a", [0x61, 0xFF, 0x62, 0x0A])
    #expect(files.firstLine("/a") == "a\u{FFFD}b")
  }

  // MARK: Status and trees

  @Test func linksAreToldApart() throws {
    try files.write("/a", text: "12345")
    try #require(symlink("a", files.resolve("/link")) == 0)
    try #require(symlink("nowhere", files.resolve("/broken")) == 0)
    #expect(files.status("/link")?.kind == .file)
    #expect(files.status("/link")?.size == 5)
    #expect(files.status("/link", followingLinks: false)?.kind == .link)
    #expect(files.linkTarget("/link") == "a")
    #expect(files.linkTarget("/a") == nil)
    #expect(files.status("/broken") == nil)
    #expect(!files.exists("/broken"))
    #expect(files.status("/broken", followingLinks: false)?.kind == .link)
    #expect(files.isFile("/link") && !files.isDirectory("/link"))
    try #require(symlink("loop", files.resolve("/loop")) == 0)
    #expect(code { _ = try files.read("/loop") } == .invalid)
  }

  @Test func executablesAreFiles() throws {
    try files.write("/run", text: "", mode: 0o755)
    try files.write("/data", text: "", mode: 0o644)
    try files.makeDirectory("/dir")
    #expect(files.isExecutable("/run"))
    #expect(!files.isExecutable("/data"))
    #expect(!files.isExecutable("/dir"))
  }

  @Test func treesAreRemovedWithoutFollowingLinks() throws {
    try files.makeDirectory("/tree/a/b", mode: 0o700)
    #expect(files.status("/tree")?.mode == 0o700)
    try files.write("/tree/a/file", text: "")
    try files.makeDirectory("/kept")
    try files.write("/kept/file", text: "mine")
    try #require(symlink("../kept", files.resolve("/tree/link")) == 0)
    try files.removeTree("/tree")
    #expect(!files.exists("/tree"))
    #expect(try files.readText("/kept/file") == "mine")
    try files.removeTree("/tree")
    try files.remove("/missing")
    #expect(code { try files.remove("/kept") } != nil, "a directory is no file")
    #expect(code { try files.makeDirectory("/kept/file/x") } == .exists, "a file stands in its way")
    try files.makeDirectory("/kept")
  }

  @Test func renamingReplaces() throws {
    try files.write("/a", text: "a")
    try files.write("/b", text: "b")
    try files.rename("/a", to: "/b")
    #expect(try files.entries("/") == ["b"])
    #expect(try files.readText("/b") == "a")
    #expect(code { try files.rename("/a", to: "/c") } == .notFound)
    #expect(code { _ = try files.entries("/nothing") } == .notFound)
    #expect(files.entriesIfPresent("/nothing").isEmpty)
  }
}
