import Operator
import Testing
import Value

@Suite struct FoldedOutputTests {
  private func folded(_ outcomes: [MinionOutcome], color: Bool = false) -> String {
    OutputRenderer.render(outcomes, as: .folded, color: color)
  }

  @Test func equalAnswersStandTogetherAndFailuresLast() {
    var outcomes = (1...40).map {
      MinionOutcome(id: $0 < 10 ? "web0\($0)" : "web\($0)", state: "returned", value: true)
    }
    outcomes += [
      MinionOutcome(id: "db2", state: "queued", reason: "offline since 11:02, expires 12:02"),
      MinionOutcome(id: "db1", state: "returned", value: true),
      MinionOutcome(id: "db3", state: "failed", error: "apt-get exited with 100:\nE: no lock"),
      MinionOutcome(id: "app1", state: "returned", value: false),
    ]
    #expect(
      folded(outcomes) == """
        db1,web[01-40] (41): True
        app1: False
        db3: failed: apt-get exited with 100:
            E: no lock
        db2: queued, offline since 11:02, expires 12:02

        44 hosts: 42 returned, 1 failed, 1 queued (offline)

        """)
  }

  @Test func failuresWithTheSameReasonFold() {
    let outcomes = [
      MinionOutcome(id: "web1", state: "expired", reason: "offline since 11:02"),
      MinionOutcome(id: "web2", state: "expired", reason: "offline since 11:02"),
      MinionOutcome(id: "web3", state: "running", reason: "for 40 s"),
      MinionOutcome(id: "web4", state: "cancelled"),
      MinionOutcome(id: "web5", state: "failed", value: ["retcode": 2], error: "exit code 2"),
    ]
    #expect(
      folded(outcomes) == """
        web[1-2] (2): expired: offline since 11:02
        web4: cancelled
        web5: failed: exit code 2
            retcode: 2
        web3: running, for 40 s

        5 hosts: 1 failed, 1 cancelled, 2 expired, 1 running

        """)
  }

  @Test func mapsAndListsStandBelowTheirHosts() {
    let answer: Value = [
      "openssl": ["old": "3.0.1", "new": "3.0.2"], "notes": "one\ntwo", "units": ["nginx", ["a": 1, "b": [:]], [[]]],
      "none": .null, "empty": "",
    ]
    #expect(
      folded([
        MinionOutcome(id: "web1", state: "returned", value: answer),
        MinionOutcome(id: "web2", state: "returned", value: answer),
      ]) == """
        web[1-2] (2):
            openssl:
                old: 3.0.1
                new: 3.0.2
            notes:
                one
                two
            units:
                - nginx
                - a: 1
                  b: {}
                - - []
            none: None
            empty: ''

        2 hosts: 2 returned

        """)
  }

  @Test func equalMapsInDifferentOrdersAreEqual() {
    let text = folded([
      MinionOutcome(id: "web1", state: "returned", value: ["a": 1, "b": 2]),
      MinionOutcome(id: "web2", state: "returned", value: ["b": 2, "a": 1]),
    ])
    #expect(text.hasPrefix("web[1-2] (2):\n    a: 1\n    b: 2\n"))
  }

  @Test func oneHostIsShownPlainly() {
    #expect(folded([MinionOutcome(id: "web1", state: "returned", value: "3.0.2")]) == "web1: 3.0.2\n")
    #expect(folded([MinionOutcome(id: "web1", state: "returned", value: "a\nb\n")]) == "web1:\n    a\n    b\n")
    #expect(
      folded([MinionOutcome(id: "web1", state: "refused", error: "disk full")]) == "web1: refused: disk full\n")
    #expect(folded([]) == "")
  }

  @Test func whatAMinionSendsCannotSteerTheTerminal() {
    let text = folded([
      MinionOutcome(
        id: "web1", state: "returned", value: ["k\u{1b}]0;x\u{7}\n": "\u{1b}[2Jred\u{9b}31m\r\u{202e}\u{7f}"]),
      MinionOutcome(id: "web2", state: "failed", error: "\u{1b}[31mE\u{8}"),
    ])
    #expect(
      text == #"""
        web1:
            k\x1b]0;x\x07\n: \x1b[2Jred\x9b31m\r\u{202e}\x7f
        web2: failed: \x1b[31mE\x08

        2 hosts: 1 returned, 1 failed

        """#)
  }

  @Test func coloursComeOnlyWhenAsked() {
    let outcomes = [
      MinionOutcome(id: "web1", state: "returned", value: true),
      MinionOutcome(id: "web2", state: "failed", error: "no"),
      MinionOutcome(id: "web3", state: "queued", reason: "offline since 11:02"),
      MinionOutcome(id: "web4", state: "queued", reason: "behind a state run"),
    ]
    #expect(
      folded(outcomes, color: true) == """
        \u{1b}[36mweb1:\u{1b}[0m True
        \u{1b}[31mweb2:\u{1b}[0m failed: no
        \u{1b}[33mweb3:\u{1b}[0m queued, offline since 11:02
        \u{1b}[33mweb4:\u{1b}[0m queued, behind a state run

        4 hosts: 1 returned, 1 failed, 2 queued (1 offline)

        """)
    #expect(!folded(outcomes).contains("\u{1b}"))
  }
}
