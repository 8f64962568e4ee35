import OrderedCollections
import Testing
import Value

@testable import Operator

/// The looks are those of Salt 3008 for the same returns.
@Suite struct HighstateOutputTests {
  static let run: Value = [
    "test_|-plain_|-plain_|-nop": [
      "name": "plain", "__id__": "plain", "result": true, "changes": [:], "comment": "Success!", "__run_num__": 0,
      "start_time": "16:15:16.819717", "duration": 0.223, "__sls__": "a",
    ],
    "cmd_|-named_|-echo hi_|-run": [
      "name": "echo hi", "__id__": "named", "result": true,
      "changes": ["pid": 11408, "retcode": 0, "stdout": "hi", "stderr": ""], "comment": "Command \"echo hi\" run",
      "__run_num__": 2, "start_time": "16:15:16.833125", "duration": 7.534, "__sls__": "a",
    ],
    "test_|-bad_|-bad_|-fail_without_changes": [
      "name": "bad", "__id__": "bad", "result": false, "changes": [:], "comment": "Failure!\nTwice.", "__run_num__": 1,
      "start_time": "16:15:16.831128", "duration": 1000.385, "__sls__": "a",
    ],
    "file_|-f_|-/f_|-managed": [
      "name": "/f", "__id__": "f", "result": .null, "changes": ["newfile": "/f"], "comment": "The file would change",
      "__run_num__": 3, "start_time": "16:15:17.1", "duration": 1, "__sls__": "a", "warnings": ["'x' is odd"],
    ],
  ]

  private func shown(_ value: Value, _ style: StateOutputStyle = StateOutputStyle(), state: String = "failed") -> String
  {
    OutputRenderer.render(
      [MinionOutcome(id: "local", state: state, value: value)], as: .highstate, states: style)
  }

  @Test func blocksAndSummary() {
    #expect(
      shown(Self.run) == """
        local:
        ----------
                  ID: plain
            Function: test.nop
              Result: True
             Comment: Success!
             Started: 16:15:16.819717
            Duration: 0.223 ms
             Changes:  \u{20}
        ----------
                  ID: bad
            Function: test.fail_without_changes
              Result: False
             Comment: Failure!
                      Twice.
             Started: 16:15:16.831128
            Duration: 1000.385 ms
             Changes:  \u{20}
        ----------
                  ID: named
            Function: cmd.run
                Name: echo hi
              Result: True
             Comment: Command "echo hi" run
             Started: 16:15:16.833125
            Duration: 7.534 ms
             Changes:  \u{20}
                      ----------
                      pid:
                          11408
                      retcode:
                          0
                      stderr:
                      stdout:
                          hi
        ----------
                  ID: f
            Function: file.managed
                Name: /f
              Result: None
             Comment: The file would change
             Started: 16:15:17.1
            Duration: 1.0 ms
             Changes:  \u{20}
                      ----------
                      newfile:
                          /f
            Warnings: 'x' is odd

        Summary for local
        ------------
        Succeeded: 3 (unchanged=1, changed=2)
        Failed:    1
        Warnings:  1
        ------------
        Total states run:     4
        Total run time:   1.009 s

        """)
  }

  @Test func oneLineForWhatIsWell() {
    let text = shown(Self.run, StateOutputStyle(detail: .mixed))
    #expect(
      text.contains(
        "  Name: plain - Function: test.nop - Result: Clean - Started: 16:15:16.819717 - Duration: 0.223 ms\n"))
    #expect(text.contains("  Name: /f - Function: file.managed - Result: Differs - "))
    #expect(text.contains("          ID: bad\n"))
    let changes = shown(Self.run, StateOutputStyle(detail: .changes, isVerbose: false))
    #expect(!changes.contains("plain"))
    #expect(changes.contains("        Name: echo hi\n"))
  }

  @Test func compileErrors() {
    #expect(
      shown(["No matching sls found for 'nosuch' in env 'base'"]) == """
        local:
            Data failed to compile:
        ----------
            No matching sls found for 'nosuch' in env 'base'

        """)
  }

  @Test func otherAnswersAreNested() {
    #expect(shown(["a": 1], state: "returned") == "local:\n    ----------\n    a:\n        1\n")
    #expect(shown([:], state: "returned") == "local:\n    ----------\n")
  }

  @Test(
    arguments: [
      ["x": ["result": true]], ["a_|-b_|-c": ["result": true]], ["a_|-b_|-c_|-d": 1],
      ["a_|-b_|-c_|-d": ["changes": [:]]],
      [1, 2], "text", [:],
    ] as [Value])
  func whatIsNoStateRun(value: Value) {
    #expect(StateReport(value) == nil)
  }

  @Test(arguments: [Double.nan, .infinity, -1e300, 1e300])
  func hostileDurations(duration: Double) {
    let value: Value = ["a_|-b_|-c_|-d": ["result": true, "duration": .double(duration), "comment": "\u{1b}[2J"]]
    let text = shown(value)
    #expect(text.contains("Total run time:"))
    #expect(!text.contains("\u{1b}"))
  }
}
