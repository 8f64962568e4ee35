import Functions
import Glibc
import Modules
import OrderedCollections
import Testing
import Value

@Suite struct FileStateFactTests {
  @Test func `there are the cases`() { #expect(FileStateCase.all.count >= 300) }

  @Test(arguments: FileStateCase.all)
  func `as in Salt`(_ fact: FileStateCase) async throws {
    // The facts are root's: only root gives files away.
    guard geteuid() == 0 || !fact.isOfOwners else { return }
    let known = FileStateDeviation.all[fact.description] ?? []
    let host = try FileStateHost(fact.files)
    for (index, step) in fact.steps.enumerated() {
      let result = try await host.run(fact.state, step.arguments, isTest: step.isTest)
      let place = "\(fact), step \(index + 1)"
      if !known.contains(.result) {
        #expect(result.result.map(Value.bool) ?? .null == step.result, "\(place): \(result.comment)")
      }
      if !known.contains(.comment) {
        #expect(Self.lines(result.comment) == Self.lines(step.comment), "\(place)")
      }
      if !known.contains(.changes) {
        #expect(Self.unordered(.map(result.changes)) == Self.unordered(step.changes), "\(place)")
      }
      #expect(result.warnings == step.warnings, "\(place)")
      #expect((result.extra["skip_req"] == true) == step.skipsRequisites, "\(place)")
    }
    if !known.contains(.files) {
      #expect(Self.unordered(.map(host.snapshot())) == Self.unordered(.map(fact.after)), "\(fact)")
    }
  }

  /// Lines in any order: Salt's follow that of its sets.
  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).sorted()
  }

  /// Maps and lists without their order, which in Salt is that of the directory.
  private static func unordered(_ value: Value) -> Value {
    switch value {
    case .map(let map):
      let entries = map.map { ($0.key, unordered($0.value)) }.sorted { $0.0.description < $1.0.description }
      return .map(ValueMap(uniqueKeysWithValues: entries))
    case .list(let items): return .list(items.map(unordered).sorted { $0.description < $1.description })
    default: return value
    }
  }
}
