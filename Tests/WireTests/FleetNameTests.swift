import Testing
import Value
import Wire

/// Names that come from minions and end in paths and tags.
@Suite struct FleetNameTests {
  @Test(arguments: [
    "a", "top.sls", "nginx/init.sls", "a b", "...", "..a", "a..", "%2e%2e/%2e%2e/etc/passwd", "a\\..\\b", "C:\\x", "é",
    "dev-disk\\x2d1.swap", "\u{2025}/etc", "．．/etc", "a\n",
  ])
  func pathsThatMayBe(_ text: String) { #expect(FilePath(text)?.text == text) }

  @Test(arguments: [
    "", "/", "/etc/passwd", "..", ".", "../a", "a/..", "a/../b", "a/./b", "./a", "a//b", "a/", "//a", "a\0b", "\0",
    String(repeating: "a/", count: 2049) + "a", String(repeating: "x", count: 256),
  ])
  func pathsThatMayNotBe(_ text: String) {
    #expect(FilePath(text) == nil)
    #expect(throws: WireError.self) {
      try FleetRequest(FieldReader(["ask": "find", "env": "base", "path": .string(text)]))
    }
  }

  @Test(arguments: ["base", "feature/x", "v1.2", "__env__", "a b"])
  func environmentsThatMayBe(_ text: String) { #expect(EnvironmentName(text)?.text == text) }

  @Test(arguments: [
    "", "..", "../x", "a/../b", "/a", "a/", "a\n", "a\0", "a\u{7f}", String(repeating: "x", count: 129),
  ])
  func environmentsThatMayNotBe(_ text: String) { #expect(EnvironmentName(text) == nil) }

  @Test(arguments: [
    ("app/deployed", true), ("minion/web1/backup/done", true), ("minion/web2/backup/done", false),
    ("minion/web1", false), ("minion", false), ("minion/web1/joined", false), ("minion/web1/left", false),
    ("job/1/complete", false), ("key/accepted/web1", false), ("jobs/mine", true), ("minions/x", true),
  ])
  func tagsOfTheMasterAreNotForMinions(_ text: String, isAllowed: Bool) throws {
    let minion = try #require(MinionID("web1"))
    #expect(try #require(EventTag(text)).isAllowed(for: minion) == isAllowed)
  }

  @Test(arguments: ["", "/", "a//b", "/a", "a/", "a b", "a\n", "é", "a:b", "a*", String(repeating: "x", count: 257)])
  func tagsThatMayNotBe(_ text: String) { #expect(EventTag(text) == nil) }

  @Test(arguments: ["", "0a", String(repeating: "0A", count: 32), String(repeating: "g", count: 64)])
  func digestsThatMayNotBe(_ text: String) { #expect(FileDigest(text) == nil) }

  @Test(
    arguments: [(0, 0), (-1, 10), (0, 524_289), (.min, 1), (0, .max), (5, -5)] as [(Int64, Int64)])
  func chunksAreBounded(_ offset: Int64, _ length: Int64) {
    let fields: ValueMap = [
      "ask": "chunk", "env": "base", "path": "a", "digest": .string(String(repeating: "0", count: 64)),
      "offset": .int(offset), "length": .int(length),
    ]
    #expect(throws: WireError.self) { try FleetRequest(FieldReader(fields)) }
  }

  @Test func dataIsBounded() {
    let large = Value.bytes([UInt8](repeating: 0, count: FleetEvent.maximumData))
    #expect(throws: WireError.self) { try FleetRequest(FieldReader(["ask": "event", "tag": "a", "data": large])) }
    let override: Value = ["a": .bytes([UInt8](repeating: 0, count: 1 << 20))]
    #expect(throws: WireError.self) { try FleetRequest(FieldReader(["ask": "pillar", "override": override])) }
    #expect(throws: WireError.self) {
      try FleetReply(
        FieldReader([
          "is": "file", "digest": .string(String(repeating: "0", count: 64)), "size": 4, "mode": 420,
          "content": .bytes([1]),
        ]))
    }
    #expect(throws: WireError.self) { try MinionMessage(decoding: MinionMessage.read([Int64](0..<5000)).encoded()) }
  }
}
