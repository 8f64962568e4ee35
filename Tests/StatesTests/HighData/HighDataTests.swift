import OrderedCollections
import States
import Testing
import Value

@Suite struct HighDataTests {
  @Test func shapeIsSalts() async throws {
    let tree = try StateTree([
      "a.sls": "include:\n  - .b\nvim: pkg.installed\nx:\n  test.nop:\n    - foo: 1\n  service:\n    - running\n",
      "b.sls": "bb:\n  test.nop: []\n",
    ])
    let (high, problems) = await tree.compiler.highData(of: ["a"])
    #expect(problems.isEmpty)
    let wanted = """
      vim:
        __sls__: a
        __env__: base
        pkg: [installed, {order: 10001}]
      x:
        service: [running, {order: 10002}]
        test: [{foo: 1}, nop, {order: 10003}]
        __sls__: a
        __env__: base
      bb:
        test: [nop, {order: 10000}]
        __sls__: b
        __env__: base
        __sls_included_from__: [a]
      """
    #expect(.map(high.value) == (try YAMLParser.value(of: wanted)))
  }

  @Test func extendMergesRequisitesAndReplacesArguments() async throws {
    let tree = try StateTree([
      "a.sls": """
      include:
        - b
      extend:
        x:
          test:
            - foo: 2
            - require:
              - test: z
            - succeed_with_changes
      """,
      "b.sls": """
      x:
        test.nop:
          - foo: 1
          - require:
            - test: y
      y: test.nop
      z: test.nop
      """,
    ])
    let states = try await tree.compile("a").get().plan.states
    let chunk = try #require(states.first { $0.chunk.id == "x" }).chunk
    #expect(chunk.function == "succeed_with_changes")
    #expect(chunk.data["foo"] == 2)
    #expect(chunk.data["require"] == [["test": "y"], ["test": "z"]])
  }

  @Test func lowChunksAsDeclaredLeaveExtendOut() async throws {
    let tree = try StateTree([
      "a.sls": "x:\n  test.nop:\n    - require_in:\n      - test: y\ny: test.nop\n"
    ])
    let (high, _) = await tree.compiler.highData(of: ["a"])
    let low = try tree.compiler.lowChunks(high, merging: false).get()
    #expect(low.map(\.id) == ["x", "y"])
    #expect(low[1].data["require"] == nil)
  }

  @Test func useTakesArgumentsOver() async throws {
    let tree = try StateTree([
      "a.sls": """
      x:
        file.managed:
          - name: /x
          - mode: 644
          - user: root
          - require:
            - test: z
      y:
        file.managed:
          - mode: 600
          - use:
            - file: x
      z: test.nop
      """
    ])
    let states = try await tree.compile("a").get().plan.states
    let chunk = try #require(states.first { $0.chunk.id == "y" }).chunk
    #expect(chunk.data["mode"] == 600)
    #expect(chunk.data["user"] == "root")
    #expect(chunk.name == "y")
    #expect(chunk.data["require"] == nil)
  }

  @Test func excludeByIDAndSLS() async throws {
    let tree = try StateTree([
      "a.sls": "include:\n  - b\n  - c\nexclude:\n  - id: x\n  - sls: c\nx: test.nop\ny: test.nop\n",
      "b.sls": "bb: test.nop\n", "c.sls": "cc: test.nop\n",
    ])
    #expect(try await tree.order() == ["bb", "y"])
    let (high, _) = await tree.compiler.highData(of: ["a"], exclude: ["b"])
    #expect(try tree.compiler.plan(high).get().states.map(\.chunk.id) == ["y"])
  }

  @Test func includesByGlobAndFromInit() async throws {
    let tree = try StateTree([
      "a.sls": "include:\n  - web\n", "web/init.sls": "include:\n  - .php\n  - ..tools.*\nweb: test.nop\n",
      "web/php.sls": "php: test.nop\n", "tools/one.sls": "one: test.nop\n", "tools/two.sls": "two: test.nop\n",
    ])
    #expect(try await tree.order() == ["php", "one", "two", "web"])
  }

  @Test func nameOfDevelopmentEnvironment() async throws {
    let tree = try StateTree(["a.sls": "include:\n  - dev: d\nx: test.nop\n", "dev:d.sls": "d: test.nop\n"])
    let states = try await tree.compile("a").get().plan.states
    #expect(states.map(\.chunk.environment) == ["dev", "base"])
  }

  @Test func emptySLSIsNothing() async throws {
    let tree = try StateTree(["a.sls": "include:\n  - b\nx: test.nop\n", "b.sls": "  \n"])
    #expect(try await tree.order() == ["x"])
  }
}
