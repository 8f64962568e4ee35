import Functions
import OrderedCollections
import Testing
import Value

@testable import States

/// What a minion is told of a fault holds nothing of the files.
@Suite struct PillarProblemTests {
  @Test(arguments: [
    ("a: 1\nk: hunter2: x\n", "what it renders to is not valid YAML at a.sls:2:11"),
    ("a: {{ hunter2 }}\n", "a Jinja variable or attribute is undefined at a.sls:1:7"),
    ("a: {{ {}['hunter2'].b }}\n", "a Jinja variable or attribute is undefined at a.sls:1:"),
    ("a: {{ 'hunter2' hunter2 }}\n", "Jinja syntax error at a.sls:1:"),
    ("a: {{ 'x' | hunter2 }}\n", "an unknown Jinja filter, test or function at a.sls:1:"),
    ("a: {{ salt['test.fail']('hunter2') }}\n", "a salt function that the template calls failed at a.sls:1:"),
    ("{% import 'hunter2' as x %}\n", "a template that it imports or includes does not exist at a.sls:1:"),
    ("a: {{ raise('hunter2') }}\n", "the template raised an error at a.sls:1:"),
    ("a: {{ 'hunter2' + 1 }}\n", "Jinja error at a.sls:1:"),
    ("#!json\n{\"a\": hunter2}\n", "what it renders to is not valid JSON at a.sls:2:"),
    ("#!hunter2\n{}\n", "its first line names a renderer that is not there at a.sls:1"),
    ("#!jinja|gpg|yaml\na: 1\n", "the renderer gpg does not come last at a.sls:1"),
  ])
  func summariesHoldNoText(_ text: String, _ words: String) async throws {
    let compiled = try await PillarTree(sls: text).compile()
    let summary = try #require(compiled.problems.first).summary
    #expect(summary.hasPrefix("Rendering SLS 'a' of environment 'base' failed: \(words)"))
    #expect(!summary.contains("hunter2"))
    #expect(compiled.problems[0].message.hasPrefix("Rendering SLS 'a' failed, render error:\n"))
    #expect(compiled.value["_errors"]?.listValue?.count == 1)
  }

  @Test func topFilesToo() async throws {
    for (text, words) in [
      ("base: {'*': [a\n", "what it renders to is not valid YAML"), ("base: [x]\n", "an environment is no map"),
      ("base: {'*': x}\n", "an environment is no map"), ("{{ hunter2 }}\n", "a Jinja variable"),
    ] {
      let compiled = try await PillarTree(["top.sls": text]).compile()
      #expect(compiled.problems.count == 1)
      #expect(compiled.problems.first?.summary.contains(words) == true, "\(compiled.problems)")
    }
  }

  @Test(.timeLimit(.minutes(1))) func endlessTemplatesEnd() async throws {
    let loops = [
      "{% for i in range(100000000) %}{% for j in range(100000000) %}x{% endfor %}{% endfor %}\n",
      "{% macro f() %}{{ f() }}{% endmacro %}a: {{ f() }}\n",
      "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}a: 1\n",
    ]
    for text in loops {
      let compiled = try await PillarTree(sls: text).compile(
        templates: JinjaRenderer(timeLimit: .seconds(2), memoryLimit: 16 << 20))
      #expect(compiled.problems.first?.summary.contains("more time or memory than it may") == true)
    }
  }

  @Test func defaultsGoOnToPlainIncludes() async throws {
    let tree = try PillarTree([
      "top.sls": "base: {'*': [a]}\n", "a.sls": "include: [{b: {defaults: {x: 1}}}, c]\n", "b.sls": "b: {{ x }}\n",
      "c.sls": "c: {{ x }}\n",
    ])
    #expect(await tree.compile().value == ["b": 1, "c": 1])
  }
}
