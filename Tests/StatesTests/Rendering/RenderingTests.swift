import Functions
import OrderedCollections
import States
import Testing
import Value

@Suite struct RenderingTests {
  /// The argument `x` of the first state of an SLS.
  private func value(_ files: [String: String], _ sls: String = "a", pillar: ValueMap = [:]) async throws -> Value? {
    let tree = try StateTree(files, pillar: pillar)
    return try await tree.compile(sls).get().plan.states.first?.chunk.data["x"]
  }

  @Test(arguments: [
    ("{{ sls }} {{ slspath }} {{ tpldir }} {{ tplfile }} {{ tpldot }}", "web.sub web web web/sub.sls web"),
    ("{{ slsdotpath }} {{ slscolonpath }} {{ sls_path }}", "web web web"),
    ("{{ grains.role }} {{ pillar['a']['b'] }} {{ opts['id'] }} {{ saltenv }}", "web c web1 base"),
    ("{{ salt['test.echo']('hi') }} {{ salt.test.echo(text='ho') }}", "hi ho"),
    ("{{ 'test.echo' in salt }} {{ 'no.such' in salt }}", "True False"),
    ("{{ show_full_context()['sls'] }}", "web.sub"),
  ]) func variables(_ expression: String, _ wanted: String) async throws {
    let found = try await value(
      ["web/sub.sls": "a:\n  test.nop:\n    - x: {{ '' }}\(expression)\n"], "web.sub", pillar: ["a": ["b": "c"]])
    #expect(found == .string(wanted))
  }

  @Test func importsSeeTheirOwnFolder() async throws {
    let found = try await value([
      "a.sls": "{% from 'lib/map.jinja' import here %}\na:\n  test.nop:\n    - x: {{ here }} {{ tpldir }}\n",
      "lib/map.jinja": "{% set here = tpldir ~ ' ' ~ tplfile ~ ' ' ~ grains.role %}",
    ])
    #expect(found == "lib lib/map.jinja web .")
  }

  @Test func relativeImports() async throws {
    let found = try await value(
      [
        "web/app/init.sls":
          "{% import './one.jinja' as one %}{% import '../two.jinja' as two %}\na:\n  test.nop:\n"
          + "    - x: {{ one.x }} {{ two.x }}\n",
        "web/app/one.jinja": "{% set x = 1 %}", "web/two.jinja": "{% set x = 2 %}",
      ], "web.app")
    #expect(found == "1 2")
  }

  @Test(
    arguments: [
      ("#!json\n{\"a\": {\"test.nop\": [{\"x\": 1}]}}", 1),
      ("#!jinja|json\n{\"a\": {\"test.nop\": [{\"x\": {{ 1 + 1 }} }]}}", 2),
      ("#!yaml\na:\n  test.nop:\n    - x: '{{ 3 }}'\n", "{{ 3 }}"),
      ("#!yaml_jinja\na:\n  test.nop:\n    - x: {{ 4 }}\n", 4),
      ("#!/usr/bin/env salt\na:\n  test.nop:\n    - x: {{ 5 }}\n", 5),
      ("#! jinja | yaml\na:\n  test.nop:\n    - x: {{ 6 }}\n", 6),
    ] as [(String, Value)]) func renderers(_ sls: String, _ wanted: Value) async throws
  {
    #expect(try await value(["a.sls": sls]) == wanted)
  }

  @Test(arguments: ["py", "mako", "pyobjects", "stateconf", "nonsense"]) func refused(_ name: String) {
    let error = #expect(throws: StateProblem.self) { try RenderPipeline.parse("\(name)|yaml") }
    #expect(error?.message == "The renderer \"\(name)\" is not available")
    #expect(error?.hint?.isEmpty == false)
  }

  @Test func emptyStageIsRefused() {
    #expect(throws: StateProblem.self) { try RenderPipeline.parse("jinja||yaml") }
    #expect(throws: StateProblem.self) { try RenderPipeline.parse("") }
  }

  @Test func templatesOfStates() async throws {
    let tree = try StateTree(["web/x.jinja": "{% set y = 7 %}"])
    let text = try await JinjaRenderer().render(
      "{% from './x.jinja' import y %}{{ y }} {{ a }} {{ tplfile }}\n", engine: "jinja", file: "web/conf",
      environment: "base", sls: "", variables: ["a": "b"], context: tree.context)
    #expect(text == "7 b web/conf\n")
    await #expect(throws: FunctionError.self) {
      _ = try await JinjaRenderer().render(
        "x", engine: "mako", file: "f", environment: "base", sls: "", variables: [:], context: tree.context)
    }
  }

  @Test func optionsOfJinja() async throws {
    let tree = try StateTree(
      ["a.sls": "a:\n  test.nop:\n    - x: |\n        {% if true %}\n        b\n        {% endif %}\n"],
      options: ["id": "web1", "jinja_sls_env": ["trim_blocks": true, "lstrip_blocks": true]])
    let states = try await tree.compile("a").get().plan.states
    #expect(states.first?.chunk.data["x"] == "b\n")
  }

  @Test func rendersInParallelDoNotWaitForOneAnother() async throws {
    let tree = try StateTree([:])
    // More than there are threads in the pool, each blocked in a function that needs one.
    try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<40 {
        group.addTask {
          try await JinjaRenderer().render(
            "{{ salt['test.echo'](\(number)) }}", engine: "jinja", file: "f", environment: "base", sls: "",
            variables: [:], context: tree.context)
        }
      }
      var seen: Set<String> = []
      for try await text in group { seen.insert(text) }
      #expect(seen.count == 40)
    }
  }
}
