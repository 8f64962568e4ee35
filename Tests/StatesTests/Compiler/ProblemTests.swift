import States
import Testing

/// What a person reads when a tree is wrong; the first lines are Salt's.
@Suite struct ProblemTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var sls: String
    var message: String
    /// What the place and the hint have to say.
    var place = ""
    var hint = ""
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "missing requisite", sls: "a:\n  test.nop:\n    - require:\n      - test: bee\nbeee: test.nop\n",
      message: "Referenced state does not exist for requisite [require: (test: bee)] in state [a] in SLS [a]",
      place: "a.sls:2", hint: "Did you mean 'test: beee'?"),
    Case(
      name: "glob that matches nothing", sls: "a:\n  test.nop:\n    - require:\n      - test: bee*\n",
      message: "Referenced state does not exist for requisite [require: (test: bee*)] in state [a] in SLS [a]"),
    Case(
      name: "requisite of another module",
      sls: "a:\n  test.nop:\n    - require:\n      - pkg: b\nb: test.nop\n",
      message: "Referenced state does not exist for requisite [require: (pkg: b)] in state [a] in SLS [a]",
      hint: "There is 'test: b'."),
    Case(
      name: "cycle",
      sls: "a:\n  test.nop:\n    - require:\n      - test: b\nb:\n  test.nop:\n    - watch:\n      - test: a\n",
      message:
        "Recursive requisites were found: ({'SLS': 'a', 'ID': 'a'}, 'watch', {'SLS': 'a', 'ID': 'b'}), "
        + "({'SLS': 'a', 'ID': 'b'}, 'require', {'SLS': 'a', 'ID': 'a'})",
      place: "a.sls:6", hint: "b (a.sls:6) → a (a.sls:2)"),
    Case(
      name: "two declarations of one module",
      sls: "a:\n  file.managed:\n    - x: 1\n  file.comment:\n    - y: 1\n",
      message: "ID 'a' in SLS 'a' contains multiple state declarations of the same type", place: "a.sls:4",
      hint: "stands in line 2 already"),
    Case(
      name: "no function", sls: "a:\n  test:\n    - x: 1\n", message: "No function declared in state 'a' in SLS 'a'"),
    Case(
      name: "too many functions", sls: "a:\n  test.nop:\n    - foo\n",
      message:
        "Too many functions declared in state 'a' in SLS 'a'. Please choose one of the following: foo, nop"),
    Case(
      name: "function with white space", sls: "a:\n  test.nop:\n    - foo bar\n",
      message:
        "The function \"foo bar\" in state \"a\" in SLS \"a\" has whitespace, a function with whitespace is not "
        + "supported, perhaps this is an argument that is missing a \":\""),
    Case(
      name: "trailing colon", sls: "a:\n  test.nop:\n",
      message:
        "ID 'a' in SLS 'a' contains a short declaration (test.nop) with a trailing colon. When not passing any "
        + "arguments to a state, the colon must be omitted.", place: "a.sls:2"),
    Case(
      name: "not a list", sls: "a:\n  test.nop:\n    foo: 1\n", message: "State 'a' in SLS 'a' is not formed as a list"),
    Case(name: "not a dictionary", sls: "a: hello\n", message: "ID a in SLS a is not a dictionary"),
    Case(name: "no map", sls: "- a\n", message: "SLS a does not render to a dictionary"),
    Case(
      name: "id that is a number", sls: "1:\n  test.nop: []\n",
      message: "ID '1' in SLS 'a' is not formed as a string, but is type int. It may need to be quoted."),
    Case(
      name: "requisite that is no list", sls: "a:\n  test.nop:\n    - require: b\nb: test.nop\n",
      message: "The require statement in state 'a' in SLS 'a' needs to be formed as a list"),
    Case(
      name: "requisite with a dot", sls: "a:\n  test.nop:\n    - require:\n      - test.nop: b\nb: test.nop\n",
      message:
        "Invalid requisite type 'test.nop' in state 'a', in SLS 'a'. Requisite types must not contain dots, did you "
        + "mean 'test'?"),
    Case(
      name: "extend of what is not there",
      sls: "extend:\n  nginx:\n    service:\n      - x: 1\nnginxx: service.running\n",
      message:
        "Cannot extend ID 'nginx' in 'base:a'. It is not part of the high state.\nThis is likely due to a missing "
        + "include statement or an incorrectly typed ID.\nEnsure that a state with an ID of 'nginx' is available\nin "
        + "environment 'base' and to SLS 'a'", place: "a.sls:2", hint: "'nginxx'"),
    Case(
      name: "include that is no list", sls: "include: b\na: test.nop\n",
      message: "Include Declaration in SLS a is not formed as a list"),
    Case(
      name: "include of what is not there", sls: "include:\n  - nope\n",
      message:
        "Specified SLS nope in saltenv base is not available on the salt master or through a configured fileserver",
      place: "a.sls:2:5\n    - nope\n      ^"),
    Case(
      name: "include above the top", sls: "include:\n  - ...x\n",
      message: "Attempted relative include of '...x' within SLS 'base:a' goes beyond top level package "),
    Case(
      name: "undefined variable", sls: "a:\n  test.nop:\n    - x: {{ nope }}\n",
      message: "Rendering SLS 'base:a' failed: Jinja variable 'nope' is undefined", place: "a.sls:3:"),
    Case(
      name: "raise", sls: "{{ raise('not on this host') }}\n",
      message: "Rendering SLS 'base:a' failed: Jinja error: not on this host"),
    Case(
      name: "function that fails", sls: "{{ salt['test.fail']() }}\n",
      message:
        "Rendering SLS 'base:a' failed: Problem running salt function in Jinja template: test.fail: it is broken"),
    Case(
      name: "function that is not there", sls: "{{ salt['test.ech']('x') }}: test.nop\n",
      message:
        "Rendering SLS 'base:a' failed: Jinja variable 'salt.utils.templates.AliasedLoader object' has no attribute "
        + "'test.ech'", hint: "test.echo"),
    Case(
      name: "renderer of Python", sls: "#!py\ndef run():\n  return {}\n",
      message: "Rendering SLS 'base:a' failed: The renderer \"py\" is not available", hint: "#!jinja|yaml"),
    Case(
      name: "template outside of the roots", sls: "{% import '../../etc/passwd' as x %}\n",
      message:
        "Rendering SLS 'base:a' failed: Jinja error: the template '../../etc/passwd' lies outside of the file roots"),
  ]

  @Test(arguments: cases) func message(_ item: Case) async throws {
    let problems = try await StateTree(["a.sls": item.sls]).problems()
    let problem = try #require(problems.first)
    #expect(problem.message == item.message)
    #expect(item.place.isEmpty || problem.place.contains(item.place), "\(problem.place)")
    #expect(item.hint.isEmpty || problem.hint?.contains(item.hint) == true, "\(problem.hint ?? "")")
  }

  @Test func conflictingIDsNameBothPlaces() async throws {
    let tree = try StateTree(["a.sls": "include:\n  - b\nx: test.nop\n", "b.sls": "y: test.nop\nx: test.fail\n"])
    let problem = try #require(await tree.problems().first)
    #expect(
      problem.message == "Detected conflicting IDs, SLS IDs need to be globally unique.\n    The conflicting ID is 'x' "
        + "and is found in SLS 'base:a' and SLS 'base:b'")
    #expect(problem.place.contains("a.sls:3:1"))
    #expect(problem.place.contains("b.sls:2:1"))
    #expect(problem.place.contains("included by a.sls:2"))
  }

  @Test func renderedTextIsShownWhereTheTemplateChangedTheLines() async throws {
    let tree = try StateTree([
      "a.sls": "{% for x in [1, 2] %}\ny{{ x }}:\n  test.nop:\n    - foo\n{% endfor %}\n"
    ])
    let problem = try #require(await tree.problems().first)
    #expect(problem.place.contains("of the rendered text"))
    #expect(problem.place.contains("y1:"))
  }

  @Test func missingSLS() async throws {
    let tree = try StateTree(["web.sls": "a: test.nop\n"])
    let (_, problems) = await tree.compiler.highData(of: ["wbe"])
    #expect(problems.map(\.message) == ["No matching sls found for 'wbe' in env 'base'"])
  }
}
