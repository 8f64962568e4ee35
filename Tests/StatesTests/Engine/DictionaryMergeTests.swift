import OrderedCollections
import Testing
import Value

@testable import States

/// As `slsutil.merge` of Salt 3008 answered.
@Suite struct DictionaryMergeTests {
  static let first: ValueMap = ["a": ["x": 1, "l": [1, 2]], "b": [1], "c": "first"]
  static let second: ValueMap = ["a": ["y": 2, "l": [2, 3]], "b": [1, 4], "d": "second"]

  static let cases: [(DictionaryMerge, Bool, ValueMap)] = [
    (.recurse, false, ["a": ["x": 1, "l": [2, 3], "y": 2], "b": [1, 4], "c": "first", "d": "second"]),
    (.smart, true, ["a": ["x": 1, "l": [1, 2, 3], "y": 2], "b": [1, 4], "c": "first", "d": "second"]),
    (.overwrite, false, ["a": ["y": 2, "l": [2, 3]], "b": [1, 4], "c": "first", "d": "second"]),
    (.list, false, ["a": [["x": 1, "l": [1, 2]], ["y": 2, "l": [2, 3]]], "b": [[1], [1, 4]], "c": "first"]),
    (.none, true, ["a": ["x": 1, "l": [2, 3], "y": 2], "b": [1, 4], "c": "first", "d": "second"]),
  ]

  @Test(arguments: cases) func merges(_ strategy: DictionaryMerge, _ joins: Bool, _ expected: ValueMap) {
    #expect(strategy.merge(Self.first, Self.second, joiningLists: joins) == expected)
  }
}
