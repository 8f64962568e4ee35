import Testing

@testable import Master

@Suite struct DeadlineWatchTests {
  @Test(.timeLimit(.minutes(1))) func whatIsLateIsCancelledAndWhatIsNotIsLeftAlone() async {
    let watch = DeadlineWatch()
    let start = ContinuousClock.now
    async let late = watch.run(within: .milliseconds(300)) {
      try? await Task.sleep(for: .seconds(50))
      return 1
    }
    async let quick = watch.run(within: .seconds(50)) { 2 }
    async let slow = watch.run(within: .seconds(50)) {
      try? await Task.sleep(for: .milliseconds(700))
      return 3
    }
    #expect(await late == nil)
    #expect(await quick == 2)
    #expect(await slow == 3)
    #expect(.now - start < .seconds(30))
    // The timer starts again.
    #expect(await watch.run(within: .zero) { try? await Task.sleep(for: .seconds(50)) } == nil)
  }
}
