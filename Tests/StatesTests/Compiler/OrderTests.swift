import States
import Testing

/// The order of states; every expectation was seen in Salt 3008.
@Suite struct OrderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var sls: String
    var order: [String]
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "as written", sls: "b: test.nop\na: test.nop\nc: test.nop\n", order: ["b", "a", "c"]),
    Case(
      name: "require pulls nothing forwards that it need not",
      sls: "a:\n  test.nop:\n    - require:\n      - test: c\nb: test.nop\nc: test.nop\n", order: ["c", "a", "b"]),
    Case(
      name: "order first, last and negative",
      sls: """
        a:
          test.nop:
            - order: last
        b:
          test.nop:
            - order: -1
        c: test.nop
        d:
          test.nop:
            - order: first
        e:
          test.nop:
            - order: 1
        """, order: ["d", "e", "c", "b", "a"]),
    Case(
      name: "names in their order",
      sls: "a:\n  test.nop:\n    - names:\n      - z\n      - y:\n        - foo: 1\n      - x\nb: test.nop\n",
      order: ["a/z", "a/y", "a/x", "b"]),
    Case(
      name: "prereq runs before its target",
      sls: "a: test.succeed_with_changes\nb:\n  test.nop:\n    - prereq:\n      - test: a\n", order: ["b", "a"]),
    Case(
      name: "require_in and watch_in",
      sls: """
        a: test.nop
        b:
          test.nop:
            - require_in:
              - test: a
        c:
          cmd.run:
            - watch_in:
              - test: b
        """, order: ["c", "b", "a"]),
    Case(
      name: "a whole SLS by name, included or included from",
      sls: "x:\n  test.nop:\n    - require:\n      - test: glob*\nglob1: test.nop\nglob2: test.nop\n",
      order: ["glob1", "glob2", "x"]),
  ]

  @Test(arguments: cases) func order(_ item: Case) async throws {
    #expect(try await StateTree(["a.sls": item.sls]).order() == item.order)
  }

  @Test func requisitesArePositions() async throws {
    let tree = try StateTree([
      "a.sls": """
      one: test.succeed_with_changes
      two:
        test.nop:
          - watch:
            - test: one
          - require:
            - one
      three:
        file.managed:
          - name: /tmp/three
          - watch:
            - test: one
          - onchanges_any:
            - test: one
            - test: two
      four:
        test.nop:
          - listen:
            - test: five
          - prereq:
            - test: five
      five: test.succeed_with_changes
      """
    ])
    let states = try await tree.compile("a").get().plan.states
    #expect(states.map(\.chunk.id) == ["one", "two", "three", "four", "five"])
    #expect(states[1].requisites[.watch] == [0])
    #expect(states[1].requisites[.require] == [0])
    // file has no mod_watch here, so watching is requiring.
    #expect(states[2].requisites[.watch] == nil)
    #expect(states[2].requisites[.require] == [0])
    #expect(states[2].requisites[.onchangesAny] == [0, 1])
    #expect(states[3].requisites[.prereq] == [4])
    #expect(states[3].requisites[.listen] == [4])
    #expect(states[4].requisites[.require] == [3])
  }

  @Test func targetOfPrereqStandsTwiceInLowData() async throws {
    let tree = try StateTree([
      "a.sls": "a: test.succeed_with_changes\nb:\n  test.nop:\n    - prereq:\n      - test: a\n"
    ])
    let low = try await tree.compile("a").get().lowChunks
    #expect(low.map(\.id) == ["a", "b", "a"])
    #expect(low[0].data["__prereq__"] == true)
    #expect(low[1].data["__prerequiring__"] == true)
    #expect(low[0].data["order"] == 10_000)
  }

  @Test func numbersOfOrders() async throws {
    let tree = try StateTree([
      "a.sls": "a:\n  test.nop:\n    - names: [x, y]\nb:\n  test.nop:\n    - order: last\n"
    ])
    let low = try await tree.compile("a").get().lowChunks
    #expect(low.map { $0.data["order"] } == [10000.0001, 10000.0002, 1_010_100])
  }

  @Test func entriesOfOneInListAreCarriedAlong() async throws {
    // Salt adds what stands earlier in the same list once more for every later entry.
    let tree = try StateTree([
      "a.sls": """
      x:
        test.nop:
          - watch_in:
            - test: y
            - test: z
      y: test.nop
      z: test.nop
      """
    ])
    let states = try await tree.compile("a").get().plan.states
    #expect(states[1].chunk.data["watch"] == [["test": "x"], ["test": "x"]])
    #expect(states[2].chunk.data["watch"] == [["test": "x"]])
    #expect(states[1].requisites[.watch] == [0])
  }

  @Test func missingListenIsNoErrorOfTheRun() async throws {
    let tree = try StateTree(["a.sls": "a:\n  test.nop:\n    - listen:\n      - test: nowhere\n"])
    let compiled = try await tree.compile("a").get()
    #expect(compiled.missingListens == [MissingListen(module: "test", id: "nowhere")])
    #expect(compiled.missingListens[0].comment == "Referenced state test: nowhere does not exist")
  }

  @Test func longChainCompiles() async throws {
    let count = 3000
    let sls = (0..<count).map { "s\($0):\n  test.nop:\n    - require:\n      - test: s\(($0 + 1) % (count + 1))\n" }
    let tree = try StateTree(["a.sls": sls.joined() + "s\(count): test.nop\n"])
    let order = try await tree.order()
    #expect(order.count == count + 1)
    #expect(order.first == "s\(count)")
    #expect(order.last == "s0")
  }
}
