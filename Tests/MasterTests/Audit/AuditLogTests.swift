import Glibc
import HostSystem
import HostSystemTesting
import Master
import OrderedCollections
import Testing
import Value
import Wire

@Suite struct AuditLogTests {
  private let directory: TemporaryDirectory
  private let files = HostFiles()
  private var path: String { directory.path("audit.log") }

  init() throws { directory = try TemporaryDirectory() }

  /// Opens the log, writes entries, closes it.
  @discardableResult
  private func write(_ entries: String...) throws -> String? {
    let log = try AuditLog(path: path)
    for entry in entries { try log.append(who: "anna", what: entry, details: ["a": 1]) }
    return log.fault
  }

  @Test func theChainGoesOnAfterARestart() throws {
    try write("one", "two")
    #expect(try write("three") == nil)
    let report = try AuditReport.read(path)
    #expect(report.fault == nil)
    #expect(report.value["intact"] == true)
    #expect(report.value["entries"] == 3)
    #expect(report.value["head"] == .string(report.chain.head))
    #expect(report.validBytes == report.totalBytes)
    #expect(files.status(path)?.mode == 0o600)
  }

  @Test func aHalfLineAtTheEndIsRemoved() throws {
    try write("one", "two")
    let whole = try files.readText(path)
    let last = try #require(whole.splitLines().last)
    for length in stride(from: 1, through: last.utf8.count, by: 11) {
      // The writer died within its third line, which was never acted upon.
      try files.write(path, text: whole + last.prefix(length))
      #expect(try write() == nil)
      #expect(try files.readText(path) == whole, "\(length) bytes of a line")
    }
    #expect(try write("three") == nil)
    #expect(try AuditReport.read(path).chain.count == 3)
  }

  @Test func aChangedLineIsToldAtOpening() throws {
    try write("one", "two", "three")
    let changed = try files.readText(path).replacing("\"two\"", with: "\"owt\"")
    try files.write(path, text: changed)
    #expect(try write() == "line 3 does not follow line 2: one of them was changed")
    #expect(try AuditReport.read(path).value["intact"] == false)
    #expect(try files.readText(path) == changed, "evidence is left as it is")
  }

  @Test func aRemovedLineIsToldAtOpening() throws {
    try write("one", "two", "three")
    var lines = try files.readText(path).splitLines()
    lines.remove(at: 1)
    try files.write(path, text: lines.joined(separator: "\n") + "\n")
    #expect(try write() == "line 2 has the number 3: a line is missing or was added")
  }

  @Test func aHalfLineInTheMiddleIsAFault() throws {
    try write("one", "two")
    var lines = try files.readText(path).splitLines()
    lines[0] = String(lines[0].dropLast(10))
    try files.write(path, text: lines.joined(separator: "\n") + "\n")
    #expect(try write() == "line 1 is not JSON")
  }

  @Test func anEndlessLineIsAFaultAndNotRead() throws {
    try files.write(path, [UInt8](repeating: UInt8(ascii: "x"), count: 5 << 20))
    #expect(try write() == "line 1 has no end")
  }

  @Test func longLinesAcrossChunksAreWhole() throws {
    let log = try AuditLog(path: path)
    let text = Value.string(String(repeating: "é", count: 90_000))
    for number in 0..<3 { try log.append(who: "anna", what: "\(number)", details: ["text": text]) }
    #expect(try AuditReport.read(path).fault == nil)
    #expect(try AuditReport.read(path).chain.count == 3)
  }

  @Test func aDiskThatIsFullIsAnError() throws {
    let log = try AuditLog(path: "/dev/full")
    #expect(throws: HostError.self) { try log.append(who: "anna", what: "job.run", details: [:]) }
  }

  @Test func aLinkIsNotFollowed() throws {
    try files.write(directory.path("elsewhere"), text: "")
    try #require(symlink(directory.path("elsewhere"), path) == 0)
    #expect(throws: HostError.self) { try AuditLog(path: path) }
  }
}
