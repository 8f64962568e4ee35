import Testing
import Wire

@Suite struct OperatorRefusalTests {
  /// The exit codes that scripts rely on (docs/cli.md).
  @Test(
    arguments: [
      (OperatorRefusal.Code.badRequest, 2), (.notFound, 2), (.noMatch, 3), (.forbidden, 5), (.unavailable, 6),
    ] as [(OperatorRefusal.Code, Int32)])
  func exitCodes(_ code: OperatorRefusal.Code, _ exit: Int32) {
    #expect(OperatorRefusal(code, "no").exitCode == exit)
  }

  @Test func onlyReturnedIsSuccess() {
    #expect(JobOutcome.allCases.filter(\.isSuccess) == [.returned])
  }
}
