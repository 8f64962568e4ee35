import OrderedCollections
import States
import Testing
import Value

@Suite struct TopFileTests {
  private func matches(
    _ top: String, pillar: ValueMap = [:], options: ValueMap = ["id": "web1"]
  ) async throws -> ValueMap {
    let tree = try StateTree(["top.sls": top, "a.sls": "a: test.nop\n"], pillar: pillar, options: options)
    return try await tree.compiler.topMatches()
  }

  @Test(arguments: [
    ("'*'", "", true), ("'web*'", "", true), ("'db*'", "", false), ("'G@role:web and web1'", "", true),
    ("'not web1'", "", false), ("'role:web'", "grain", true), ("'role:w.b'", "grain_pcre", true),
    ("'web[0-9]'", "pcre", true), ("'db1,web1'", "list", true), ("'a:b:c'", "pillar", true),
    ("'a:b:c'", "pillar_exact", true), ("'a:b:*'", "pillar_exact", false), ("'g1'", "nodegroup", true),
    ("'N@nowhere'", "", false),
  ]) func matcher(_ target: String, _ kind: String, _ isMatch: Bool) async throws {
    let match = kind.isEmpty ? "" : "    - match: \(kind)\n"
    let found = try await matches(
      "base:\n  \(target):\n\(match)    - a\n", pillar: ["a": ["b": "c"]],
      options: ["id": "web1", "nodegroups": ["g1": "web*"]])
    #expect(found == (isMatch ? ["base": ["a"]] : [:]))
  }

  @Test func severalTargetsKeepTheirOrder() async throws {
    let found = try await matches("base:\n  'web*':\n    - b\n    - a\n  '*':\n    - c\n    - a\n")
    #expect(found == ["base": ["b", "a", "c", "a"]])
  }

  @Test func includedTopFile() async throws {
    let tree = try StateTree([
      "top.sls": "include:\n  - more\nbase:\n  '*':\n    - a\n", "more.sls": "base:\n  'web*':\n    - b\n",
    ])
    #expect(try await tree.compiler.topMatches() == ["base": ["a", "b"]])
  }

  @Test(
    arguments: [
      ("merge", ["base": ["a"], "dev": ["d"]]), ("same", ["base": ["a"], "dev": ["d2"]]),
      ("merge_all", ["base": ["a"], "dev": ["d", "d2"]]),
    ] as [(String, ValueMap)]) func merging(_ strategy: String, _ wanted: ValueMap) async throws
  {
    let tree = try StateTree(
      [
        "top.sls": "base:\n  '*': [a]\ndev:\n  '*': [d]\n", "dev:top.sls": "dev:\n  '*': [d2]\n",
      ], options: ["id": "web1", "top_file_merging_strategy": .string(strategy), "default_top": "base"])
    #expect(try await tree.compiler.topMatches() == wanted)
  }

  @Test func environmentOfTheCallIsTheOnlyOne() async throws {
    let tree = try StateTree([
      "top.sls": "base:\n  '*': [a]\ndev:\n  '*': [d]\n", "dev:top.sls": "dev:\n  '*': [d2]\n",
    ])
    let compiler = StateCompiler(context: tree.context, environment: "dev")
    #expect(try await compiler.topMatches() == ["dev": ["d2"]])
  }

  @Test(arguments: [
    (
      "base:\n  '*': a\n", "Malformed topfile: state declarations for matcher '*' in saltenv 'base' are not formed as a"
    ),
    ("base: a\n", "Unable to render top file. No targets found."),
    ("base:\n  '*':\n    - match: glub\n    - a\n", "'glub' is no matcher"),
    ("base:\n  'web1 and (':\n    - a\n", "Unable to match the target 'web1 and ('"),
    ("base:\n  {{ nope }}: [a]\n", "Unable to render top file: Jinja variable 'nope' is undefined"),
  ]) func problem(_ top: String, _ message: String) async throws {
    let error = await #expect(throws: StateProblems.self) { _ = try await matches(top) }
    #expect(error?.problems.first?.message.contains(message) == true, "\(String(describing: error))")
  }

  @Test func highStateRunsWhatMatches() async throws {
    let tree = try StateTree([
      "top.sls": "base:\n  'web*':\n    - app.*\n  'db*':\n    - b\n", "app/one.sls": "one: test.nop\n",
      "app/two.sls": "two: test.nop\n", "b.sls": "b: test.nop\n",
    ])
    let (high, problems) = try await tree.compiler.highState()
    #expect(problems.isEmpty)
    #expect(try tree.compiler.plan(high).get().states.map(\.chunk.id) == ["one", "two"])
    #expect(try tree.compiler.stateNames(high).get() == ["app.one", "app.two"])
  }
}
