import Operator
import Testing
import Value

@Suite struct TableOutputTests {
  private func table(_ outcomes: [MinionOutcome], width: Int = 0) -> String {
    OutputRenderer.render(outcomes, as: .table, width: width)
  }

  @Test func keysOfMapsAreColumns() {
    #expect(
      table([
        MinionOutcome(id: "web1", state: "returned", value: ["os": "Debian", "num_cpus": 2]),
        MinionOutcome(id: "web10", state: "returned", value: ["os": "日本", "num_cpus": 16, "roles": ["a", "b"]]),
        MinionOutcome(id: "web2", state: "queued", reason: "offline since 11:02"),
      ]) == """
        minion  os      num_cpus  roles
        ------  ------  --------  ---------
        web1    Debian         2
        web10   日本          16  ["a","b"]

        web2: queued, offline since 11:02

        3 hosts: 2 returned, 1 queued (offline)

        """)
  }

  @Test func otherAnswersStandBesideTheirHost() {
    #expect(
      table([
        MinionOutcome(id: "web1", state: "returned", value: "a\nb\tc\u{1b}"),
        MinionOutcome(id: "web2", state: "returned", value: nil),
      ]) == #"""
        minion  answer
        ------  ----------
        web1    a\nb c\x1b
        web2    None

        2 hosts: 2 returned

        """#)
  }

  @Test func mapsOfMapsGiveARowEach() {
    #expect(
      table([
        MinionOutcome(
          id: "web1", state: "returned",
          value: ["/": ["used": 10, "capacity": "50%"], "/home": ["used": 200, "capacity": "1%"]])
      ]) == """
        minion  name   used  capacity
        ------  -----  ----  --------
        web1    /        10  50%
        web1    /home   200  1%

        """)
  }

  @Test func theWidestColumnsAreCutToTheTerminal() {
    let text = table(
      [
        MinionOutcome(
          id: "web1", state: "returned",
          value: [
            "a": "short", "b": .string(String(repeating: "x", count: 50)),
            "c": .string(String(repeating: "y", count: 30)),
          ])
      ], width: 50)
    #expect(
      text == """
        minion  a      b                  c
        ------  -----  -----------------  ----------------
        web1    short  xxxxxxxxxxxxxxxx…  yyyyyyyyyyyyyyy…

        """)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 50 })
  }
}
