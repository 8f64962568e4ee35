import Testing
import Wire

@testable import Master

@Suite struct SessionTableTests {
  private static let start = Moment(microseconds: 1_795_521_600_000_000)
  private let web1: MinionID
  private let web2: MinionID

  init() throws {
    web1 = try #require(MinionID("web1"))
    web2 = try #require(MinionID("web2"))
  }

  private func session(_ routing: UInt8, at seconds: Double = 0) -> Session {
    Session(
      routingID: [routing], lastHeard: Self.start + seconds, connectedSince: Self.start + seconds, version: "0.1.0",
      address: "10.0.0.1", descriptor: -1, clockSkew: 0)
  }

  @Test func theNewestConnectionCounts() {
    var table = SessionTable(heartbeat: 30)
    #expect(table.joined(web1, session(1)) == true)
    #expect(table.joined(web1, session(2, at: 9)) == false, "it was there already")
    #expect(table[web1]?.routingID == [2])
    #expect(table[web1]?.connectedSince == Self.start, "it has been there since the first")
    #expect(table.count == 1)
    #expect(table.left(web1)?.routingID == [2])
    #expect(table.left(web1) == nil)
    #expect(table.joined(web1, session(3, at: 20)) == true)
    #expect(table[web1]?.connectedSince == Self.start + 20)
  }

  /// Two and a half heartbeats (docs/architecture.md, "Liveness").
  @Test func silenceIsNoticed() {
    var table = SessionTable(heartbeat: 30)
    _ = table.joined(web1, session(1))
    _ = table.joined(web2, session(2))
    #expect(table.silent(now: Self.start + 75).isEmpty)
    #expect(table.silent(now: Self.start + 75.1).sorted() == [web1, web2])
    table.heard(web2, now: Self.start + 40)
    #expect(table.silent(now: Self.start + 76) == [web1])
    table.left(web1)
    #expect(table.silent(now: Self.start + 76).isEmpty)
    table.heard(web1, now: Self.start + 77)
    #expect(table[web1] == nil, "hearing from one who left is no session")
  }
}
