import Testing
import Wire

@testable import Master

@Suite struct PillarQueueTests {
  private func id(_ text: String) throws -> MinionID { try #require(MinionID(text)) }

  @Test func aFewRunAndTheOthersFollowInOrder() throws {
    var queue = PillarQueue(width: 2)
    let ids = try (1...5).map { try id("web\($0)") }
    #expect(ids.enumerated().map { queue.entered($0.offset, $0.element) } == [.start, .start, .wait, .wait, .wait])
    #expect(queue.ended(ids[1]) == 2)
    #expect(queue.ended(ids[0]) == 3)
    #expect(queue.entered(9, ids[0]) == .wait)
    #expect(queue.ended(ids[2]) == 4)
    #expect(queue.ended(ids[3]) == 9)
    #expect(queue.ended(ids[4]) == nil)
    #expect(queue.ended(ids[0]) == nil)
    #expect(queue.entered(10, ids[0]) == .start)
  }

  @Test func aMinionHasOnlyAFew() throws {
    var queue = PillarQueue(width: 1, perMinion: 3)
    let (greedy, other) = (try id("greedy"), try id("other"))
    #expect((1...5).map { queue.entered($0, greedy) } == [.start, .wait, .wait, .refuse, .refuse])
    #expect(queue.entered(6, other) == .wait)
    #expect(queue.ended(greedy) == 2)
    #expect(queue.entered(7, greedy) == .wait)
    #expect(queue.entered(8, greedy) == .refuse)
  }

  @Test func aMinionThatAsksWithoutEndHoldsUpItselfAlone() throws {
    var queue = PillarQueue(width: 2)
    let (greedy, first, second) = (try id("greedy"), try id("first"), try id("second"))
    #expect((1...3).map { queue.entered($0, greedy) } == [.start, .wait, .wait])
    #expect(queue.entered(4, first) == .start)
    #expect(queue.entered(5, second) == .wait)
    #expect(queue.ended(first) == 5)
    #expect(queue.ended(greedy) == 2)
    #expect(queue.ended(second) == nil)
    #expect(queue.ended(greedy) == 3)
    #expect(queue.ended(greedy) == nil)
  }

  @Test func allTogetherAreBounded() throws {
    var queue = PillarQueue(width: 1, perMinion: 1, total: 10)
    let decisions = try (0..<20).map { queue.entered($0, try id("m\($0)")) }
    #expect(decisions.count { $0 == .refuse } == 9)
  }

  @Test func nobodyIsForgotten() throws {
    var queue = PillarQueue(width: 2, perMinion: 1)
    let ids = try (0..<5000).map { try id("m\($0)") }
    var running = ids.indices.filter { queue.entered($0, ids[$0]) == .start }
    var ended = 0
    while let ticket = running.popLast() {
      ended += 1
      if let next = queue.ended(ids[ticket]) { running.append(next) }
    }
    #expect(ended == 5000)
  }
}
