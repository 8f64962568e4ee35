import Functions
import HostSystem
import HostSystemTesting
import TestSupport
import Testing

@testable import Modules

@Suite struct ZipDirectoryTests {
  private let root: TemporaryDirectory
  init() throws { root = try TemporaryDirectory() }

  /// A zip of empty files, as its directory describes them.
  static func zip(_ entries: [(path: String, mode: UInt32, flags: UInt16)], comment: String = "") -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
    for entry in entries {
      let name = Array(entry.path.utf8)
      let start = bytes.count
      bytes += number(0x0403_4B50, 4) + number(20, 2) + number(Int(entry.flags), 2) + number(0, 18)
      bytes += number(name.count, 2) + number(0, 2) + name
      directory += number(0x0201_4B50, 4) + number(3 << 8 | 20, 2) + number(20, 2) + number(Int(entry.flags), 2)
      directory += number(0, 18) + number(name.count, 2) + number(0, 8) + number(Int(entry.mode) << 16, 4)
      directory += number(start, 4) + name
    }
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(entries.count, 2) + number(entries.count, 2)
      + number(directory.count, 4) + number(bytes.count, 4) + number(comment.utf8.count, 2) + Array(comment.utf8)
    return bytes + directory + end
  }

  private func read(_ bytes: [UInt8]) throws -> ZipDirectory {
    try HostFiles().write(root.path("x.zip"), bytes)
    return try ZipDirectory(root.path("x.zip"), HostFiles())
  }

  @Test func entriesAreRead() throws {
    let bytes = Self.zip(
      [("d/", 0o40755, 0), ("d/f", 0o100644, 1), ("l", 0o120777, 0), ("p", 0o010644, 0)], comment: "PK\u{5}\u{6} note")
    let entries = try read(bytes).entries
    #expect(entries.map(\.path) == ["d/", "d/f", "l", "p"])
    #expect(entries.map(\.isDirectory) == [true, false, false, false])
    #expect(entries.map(\.isEncrypted) == [false, true, false, false])
    #expect(entries.map(\.isLink) == [false, false, true, false])
    #expect(entries.map(\.isSpecial) == [false, false, false, true])
  }

  @Test func whatIsNoZipIsRefused() throws {
    let whole = Self.zip([("a", 0o100644, 0), ("b", 0o100644, 0)])
    for bytes in [[], Array("no zip".utf8), Array(whole.dropLast()), Array(whole.dropFirst(40))] {
      #expect(throws: StateRefusal.self) { try read(bytes) }
    }
    #expect(throws: (any Error).self) { try ZipDirectory("/none.zip", HostFiles()) }
  }

  @Test func twoEndsAreRefused() throws {
    let hidden = Self.zip([("../../etc/passwd", 0o100644, 0)]).suffix(22)
    let comment = String(decoding: hidden, as: UTF8.self) + "more"
    #expect(throws: StateRefusal.self) { try read(Self.zip([("a", 0o100644, 0)], comment: comment)) }
  }

  /// Damaged ones are read or refused, and never more than that.
  @Test func damagedOnesDoNoHarm() throws {
    let whole = Self.zip([("some/path", 0o100644, 0), ("b", 0o120777, 0)], comment: "c")
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let bytes = generator.mutated(whole, favouring: [0, 0xFF, 0x50, 0x4B])
      if let found = try? read(bytes) { #expect(found.entries.count < 70000) }
    }
  }
}
