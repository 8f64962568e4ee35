import Operator
import Testing
import Value

/// The formats that programs read.
@Suite struct MachineOutputTests {
  private let outcomes = [
    MinionOutcome(id: "web10", state: "failed", error: "exit code 1", seconds: 0.5),
    MinionOutcome(id: "web2", state: "returned", value: ["a": [1, "x\u{1b}"]], seconds: 1.25),
    MinionOutcome(id: "web3", state: "queued", reason: "offline since 11:02"),
  ]

  @Test func jsonIsOneObject() {
    #expect(
      OutputRenderer.render(outcomes, as: .json) == #"""
        {
            "web2": {
                "a": [
                    1,
                    "x\u001b"
                ]
            },
            "web3": {
                "state": "queued",
                "error": null,
                "reason": "offline since 11:02"
            },
            "web10": {
                "state": "failed",
                "error": "exit code 1",
                "reason": ""
            }
        }

        """#)
    #expect(OutputRenderer.render([], as: .json) == "{}\n")
  }

  @Test func jsonlIsAnObjectALine() {
    #expect(
      OutputRenderer.render(outcomes, as: .jsonl, function: "test.x") == #"""
        {"minion":"web2","function":"test.x","state":"returned","return":{"a":[1,"x\u001b"]},"seconds":1.25,"error":null,"reason":""}
        {"minion":"web3","function":"test.x","state":"queued","return":null,"seconds":null,"error":null,"reason":"offline since 11:02"}
        {"minion":"web10","function":"test.x","state":"failed","return":null,"seconds":0.5,"error":"exit code 1","reason":""}

        """#)
  }

  @Test func yamlIsReadBackTheSame() throws {
    let text = OutputRenderer.render(outcomes, as: .yaml)
    #expect(text.hasPrefix("web2:\n  a:\n  - 1\n  - \"x\\x1b\"\nweb3:\n  state: queued\n  error: null\n"))
    #expect(try YAMLParser.value(of: text)["web2"] == ["a": [1, "x\u{1b}"]])
  }

  @Test func rawIsALineAHost() {
    #expect(
      OutputRenderer.render(outcomes, as: .raw) == #"""
        {"web2":{"a":[1,"x\u001b"]}}
        {"web3":{"state":"queued","error":null,"reason":"offline since 11:02"}}
        {"web10":{"state":"failed","error":"exit code 1","reason":""}}

        """#)
  }

  @Test func longValuesAreWhole() {
    let text = String(repeating: "x", count: 100_000)
    let outcome = MinionOutcome(id: "web1", state: "returned", value: .string(text))
    for format in [OutputFormat.json, .jsonl, .yaml, .raw, .folded, .nested] {
      #expect(OutputRenderer.render([outcome], as: format, width: 80).contains(text))
    }
  }

  @Test func quietSaysNothing() { #expect(OutputRenderer.render(outcomes, as: .quiet) == "") }

  @Test func tenThousandHostsAreFoldedAtOnce() {
    let outcomes = (1...10_000).map { MinionOutcome(id: "web\($0)", state: "returned", value: ["up": true]) }
    #expect(
      OutputRenderer.render(outcomes, as: .folded)
        == "web[1-10000] (10000):\n    up: True\n\n10000 hosts: 10000 returned\n")
  }
}
