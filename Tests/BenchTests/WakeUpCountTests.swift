import Testing

@testable import brine_bench

@Suite struct WakeUpCountTests {
  @Test func addsWhatEachThreadDid() {
    var count = WakeUpCount([1: 10, 2: 5])
    count.add([1: 12, 2: 5, 3: 4])
    #expect(count.total == 6)
    count.add([1: 13, 3: 4])
    #expect(count.total == 7)
  }

  /// The sum over the threads that are there went down when one ended; the count does not.
  @Test func aThreadThatEndsTakesNothingOff() {
    var count = WakeUpCount([1: 10, 2: 1000])
    count.add([1: 11])
    #expect(count.total == 1)
  }

  @Test func aNumberUsedAgainBeginsAnew() {
    var count = WakeUpCount([1: 1000])
    count.add([1: 3])
    #expect(count.total == 3)
  }
}
