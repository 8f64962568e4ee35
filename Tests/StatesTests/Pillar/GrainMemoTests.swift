import OrderedCollections
import Testing
import Value

@testable import States

@Suite struct GrainMemoTests {
  @Test func resultsAreThoseOfEqualGrains() {
    let memo = GrainMemo<String, Int>()
    memo.keep(1, for: "a", .grains(["os"]), ["os": "Debian", "id": "web1"])
    #expect(memo.result(for: "a", ["os": "Debian", "id": "web2", "x": 1]) == 1)
    #expect(memo.result(for: "a", ["os": "Ubuntu"]) == nil)
    #expect(memo.result(for: "a", [:]) == nil)
    #expect(memo.result(for: "b", ["os": "Debian"]) == nil)
    memo.keep(2, for: "a", .grains(["os"]), [:])
    #expect(memo.result(for: "a", ["id": "x"]) == 2)
  }

  /// One grain decided which file was imported, and that one reads another grain.
  @Test func whatWasReadOnAnyWayCounts() {
    let memo = GrainMemo<String, Int>()
    memo.keep(1, for: "a", .grains(["os"]), ["os": "Debian"])
    memo.keep(2, for: "a", .grains(["os", "kind"]), ["os": "Ubuntu", "kind": "web"])
    #expect(memo.result(for: "a", ["os": "Ubuntu", "kind": "db"]) == nil)
    #expect(memo.result(for: "a", ["os": "Ubuntu", "kind": "web"]) == 2)
  }

  @Test func whatIsAnotherOneForEachIsNotKept() {
    let memo = GrainMemo<String, Int>()
    memo.keep(1, for: "a", .everything, [:])
    memo.keep(1, for: "a", .grains(["id"]), ["id": "web1"])
    #expect(memo.result(for: "a", ["id": "web1"]) == nil)
  }
}
