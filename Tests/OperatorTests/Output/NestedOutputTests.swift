import Operator
import Testing
import Value

@Suite struct NestedOutputTests {
  private func nested(_ outcomes: [MinionOutcome]) -> String { OutputRenderer.render(outcomes, as: .nested) }

  @Test func scalarsStandUnderTheirHost() {
    #expect(
      nested([
        MinionOutcome(id: "web10", state: "returned", value: "two\nlines"),
        MinionOutcome(id: "web2", state: "returned", value: true),
      ]) == "web2:\n    True\nweb10:\n    two\n    lines\n")
  }

  /// The text that Salt 3008 prints for the same answer.
  @Test func collectionsLookAsInSalt() {
    let answer: Value = [
      "foo": ["bar": "baz", "list": ["Hello", "two\nlines", ["a": 1], [1, 2]]], "empty": [:], "n": 1.5, "none": .null,
    ]
    #expect(
      nested([MinionOutcome(id: "web1", state: "returned", value: answer)]) == """
        web1:
            ----------
            empty:
                ----------
            foo:
                ----------
                bar:
                    baz
                list:
                    - Hello
                    - two
                      lines
                    |_
                      ----------
                      a:
                          1
                    |_
                      - 1
                      - 2
            n:
                1.5
            none:
                None

        """)
  }

  @Test func whatDidNotReturnSaysWhy() {
    #expect(
      nested([
        MinionOutcome(id: "web1", state: "failed", error: "exit code 1\u{1b}[0m"),
        MinionOutcome(id: "web2", state: "queued", reason: "offline since 11:02"),
      ]) == #"""
        web1:
            failed: exit code 1\x1b[0m
        web2:
            queued, offline since 11:02

        """#)
  }
}
