import OrderedCollections
import Testing
import Value

/// The case library: trees whose answers were recorded from Salt 3008.
@Suite(.serialized) struct StateCaseTests {
  @Test(arguments: StateCase.all) func answersAsSalt(_ example: StateCase) async throws {
    let host = try StateCaseHost(example)
    let expected = CaseText.replace(.map(example.expected), host.back).mapValue ?? [:]
    var comparison = CaseComparison()
    for run in example.runs {
      let outcome = await host.call(isTest: run == "test")
      Self.compare(run, outcome, expected, &comparison)
      Self.compareFiles(run, host.files(), expected, &comparison)
    }
    let differences = comparison.differences
    let report = "\(example.name): \(example.data["about"] ?? "")\n  \(differences.joined(separator: "\n  "))"
    guard let reason = KnownDifferences.reasons[example.name] else {
      #expect(differences.isEmpty, "\(report)")
      return
    }
    withKnownIssue("\(reason)", isIntermittent: true) { #expect(differences.isEmpty, "\(report)") }
  }

  private static func compare(
    _ run: String, _ outcome: StateCaseHost.Outcome, _ expected: ValueMap, _ comparison: inout CaseComparison
  ) {
    let isMain = run == "run"
    if let error = isMain
      ? expected["error"] : expected["\(run)_error"] ?? (expected["test"] == nil ? expected["error"] : nil)
    {
      comparison.compareErrors(error, outcome.value, run)
    } else if expected["raised"] != nil {
      // What makes Salt crash is refused here, in one way or the other.
      if outcome.error == nil, outcome.code != 1 { comparison.differ("thrown", outcome.value, run) }
    } else if let data = expected["data"], isMain || expected[run] == nil || expected[run] == "same" {
      comparison.differ(data, outcome.value, run)
    } else {
      var results = isMain ? expected["states"] : expected[run]
      if results == "same" || results == nil { results = expected["states"] }
      if let error = outcome.error { comparison.differ("no error", .string(error), run) }
      comparison.compareStates(results?.listValue ?? [], outcome.value, run)
    }
    if isMain, let code = expected["retcode"], expected["raised"] == nil {
      comparison.differ(code, .integer(outcome.code), "retcode")
    }
  }

  private static func compareFiles(
    _ run: String, _ files: ValueMap, _ expected: ValueMap, _ comparison: inout CaseComparison
  ) {
    let wanted: Value? =
      switch run {
      case "test": expected["test_files"]
      case "second": expected["second_files"] ?? expected["files"]
      default: expected["files"]
      }
    if let wanted { comparison.compareFiles(wanted, files, "files after \(run)") }
  }

  @Test func thereAreCases() { #expect(StateCase.all.count >= 1) }
}
