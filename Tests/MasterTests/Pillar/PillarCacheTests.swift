import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value
import Wire

@testable import Master

@Suite struct PillarCacheTests {
  private let now = Moment(microseconds: 1_795_521_600_000_000)

  private func isUnknown(_ found: MatchingPillar?) -> Bool { if case nil = found { true } else { false } }

  private func pillar(_ found: MatchingPillar?) -> ValueMap? {
    if case .compiled(let map)? = found { map } else { nil }
  }

  @Test func isBelievedWhileEverythingIsTheSame() throws {
    let directory = try TemporaryDirectory()
    try HostFiles().write(directory.path("a.sls"), text: "a: 1\n")
    let stamp = try #require(PillarStamp.of([directory.path], generation: 0))
    let id = try #require(MinionID("web1"))
    var cache = PillarCache()
    #expect(isUnknown(cache.found(id, grains: "g", stamp: stamp, now: now)))
    _ = cache.store(id, grains: "g", stamp: stamp, now: now, .compiled(["a": 1]), isVolatile: false)
    #expect(pillar(cache.found(id, grains: "g", stamp: stamp, now: now + 3000)) == ["a": 1])
    #expect(isUnknown(cache.found(id, grains: "g", stamp: stamp, now: now + 3601)))
    #expect(isUnknown(cache.found(id, grains: "h", stamp: stamp, now: now)))
    #expect(PillarStamp.of([directory.path], generation: 1) != stamp)
    #expect(PillarStamp.of([directory.path], generation: 0) == stamp)
    try HostFiles().write(directory.path("a.sls"), text: "a: 2\n")
    #expect(PillarStamp.of([directory.path], generation: 0) != stamp)
    _ = cache.store(id, grains: "g", stamp: stamp, now: now, .compiled(["a": 1]), isVolatile: true)
    #expect(pillar(cache.found(id, grains: "g", stamp: stamp, now: now + 59)) == ["a": 1])
    #expect(isUnknown(cache.found(id, grains: "g", stamp: stamp, now: now + 60)))
    _ = cache.store(id, grains: "g", stamp: stamp, now: now, .failed("x"), isVolatile: false)
    guard case .failed("x")? = cache.found(id, grains: "g", stamp: stamp, now: now) else { return #expect(Bool(false)) }
    cache.keep([])
    #expect(cache.count == 0)
  }
}
