import Glibc
import HostSystem
import HostSystemTesting
import Testing
import Wire

@testable import Minion

@Suite struct FileCacheTests {
  private let directory: TemporaryDirectory
  private let cache: FileCache
  private let files = HostFiles()

  init() throws {
    directory = try TemporaryDirectory()
    cache = FileCache(directory: directory.path("cache"))
  }

  private func store(_ text: String) throws -> FileDigest {
    let digest = try #require(FileDigest(of: Array(text.utf8)))
    try cache.store(Array(text.utf8), digest)
    return digest
  }

  private func isLocked(_ digest: FileDigest) throws -> Bool {
    guard let other = try PartialFile.open(cache, digest, size: 5000) else { return true }
    return other.count < 0
  }

  private func path(_ text: String) throws -> FilePath { try #require(FilePath(text)) }

  @Test func contentsHavePaths() throws {
    let digest = try store("one")
    #expect(cache.has(digest))
    #expect(cache.has(digest, size: 3))
    #expect(!cache.has(digest, size: 4))
    let place = try cache.link(try path("a/b/c"), .base, to: digest)
    #expect(place == directory.path("cache/files/base/a/b/c"))
    #expect(try files.readText(place) == "one")
    #expect(cache.known(try path("a/b/c"), .base) == digest)
    #expect(cache.path(of: try path("a/b/c"), .base) == place)
    #expect(cache.known(try path("a/b"), .base) == nil)
    #expect(files.status(directory.path("cache/objects"))?.mode == 0o700)
    #expect(files.status(place)?.mode == 0o600)
    // Again, and with another content.
    #expect(try cache.link(try path("a/b/c"), .base, to: digest) == place)
    let other = try store("two")
    _ = try cache.link(try path("a/b/c"), .base, to: other)
    #expect(try files.readText(place) == "two")
    // Two environments never meet.
    let slash = try #require(EnvironmentName("base/a"))
    #expect(cache.place(of: try path("b/c"), slash) == directory.path("cache/files/base%2Fa/b/c"))
  }

  @Test func aFileBecomesADirectoryAndBack() throws {
    let digest = try store("one")
    _ = try cache.link(try path("a"), .base, to: digest)
    let inner = try cache.link(try path("a/b"), .base, to: digest)
    #expect(try files.readText(inner) == "one")
    #expect(try files.readText(try cache.link(try path("a"), .base, to: digest)) == "one")
  }

  @Test func whatWasWrittenToIsNotThere() throws {
    let digest = try store("one")
    let place = try cache.link(try path("a"), .base, to: digest)
    let descriptor = open(place, O_WRONLY)
    #expect(write(descriptor, "xxx", 3) == 3)
    close(descriptor)
    #expect(!cache.has(digest))
    #expect(cache.known(try path("a"), .base) == nil)
    _ = try store("one")
    #expect(try files.readText(place) == "one")
  }

  @Test func aPartIsGoneOnWith() throws {
    let content = [UInt8]((0..<5000).map { UInt8(truncatingIfNeeded: $0) })
    let digest = try #require(FileDigest(of: content))
    func begin() throws {
      guard var partial = try PartialFile.open(cache, digest, size: 5000) else { throw HostError(.other, "locked") }
      let here = partial.count
      #expect(here == 0)
      try partial.append(Array(content[..<3000]))
      // Another process would have to wait.
      #expect(try isLocked(digest))
    }
    try begin()
    guard var rest = try PartialFile.open(cache, digest, size: 5000) else { throw HostError(.other, "locked") }
    let here = rest.count
    #expect(here == 3000)
    try rest.append(Array(content[3000...]))
    let isWhole = try rest.finish()
    #expect(isWhole)
    #expect(cache.has(digest, size: 5000))
    #expect(files.entriesIfPresent(directory.path("cache/partial")).isEmpty)
  }

  @Test func whatIsNotItsDigestIsBegunAnew() throws {
    let digest = try #require(FileDigest(of: [1, 2, 3]))
    guard var partial = try PartialFile.open(cache, digest, size: 3) else { throw HostError(.other, "locked") }
    try partial.append([1, 2, 4])
    let isWrong = try partial.finish()
    #expect(!isWrong)
    let here = partial.count
    #expect(here == 0)
    try partial.append([1, 2, 3])
    let isWhole = try partial.finish()
    #expect(isWhole)
    #expect(cache.has(digest))
  }

  @Test func whatIsNotUsedGoes() throws {
    let (old, large, new) = (try store("old"), try store(String(repeating: "x", count: 1000)), try store("new"))
    for (digest, name) in [(old, "old"), (large, "large"), (new, "new")] {
      _ = try cache.link(try path(name), .base, to: digest)
    }
    let now = Moment.now()
    func use(_ name: String, _ daysAgo: Int) throws {
      let target = try #require(files.linkTarget(directory.path("cache/files/base/\(name)")))
      let time = timespec(tv_sec: Int(now.microseconds / 1_000_000) - daysAgo * 86_400, tv_nsec: 0)
      utimensat(AT_FDCWD, target, [time, timespec(tv_sec: 1_000_000_000, tv_nsec: 0)], 0)
    }
    try use("old", 40)
    try use("large", 10)
    cache.prune(maximumAge: 30 * 86_400, maximumSize: 0, now: now)
    #expect(files.entriesIfPresent(directory.path("cache/files/base")) == ["large", "new"])
    // Not again within the hour, and then by size: what was used just now stays.
    cache.prune(maximumAge: 30 * 86_400, maximumSize: 3, now: now + 60)
    #expect(cache.has(large))
    try use("large", 10)
    cache.prune(maximumAge: 30 * 86_400, maximumSize: 3, now: now + 3700)
    #expect(files.entriesIfPresent(directory.path("cache/files/base")) == ["new"])
    #expect(!cache.has(large))
  }
}
