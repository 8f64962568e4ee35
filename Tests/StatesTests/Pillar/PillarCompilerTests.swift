import OrderedCollections
import Testing
import Value

@testable import States

@Suite struct PillarCompilerTests {
  private func pillar(_ files: [String: String], _ options: ValueMap = [:], override: ValueMap = [:]) async throws
    -> ValueMap
  {
    let named = Dictionary(uniqueKeysWithValues: files.map { ("pillar/\($0)", $1) })
    let host = try TreeHost(named)
    return await PillarCompiler(context: host.context(options), override: override).compile().value
  }

  @Test func mergesInTheOrderOfTheTopFile() async throws {
    let files = [
      "top.sls": "base:\n  '*':\n    - a\n    - b\n  'other':\n    - c\n", "a.sls": "x: {one: 1, list: [1]}\n",
      "b.sls": "x: {two: 2, list: [2]}\ny: b\n", "c.sls": "y: c\n",
    ]
    #expect(try await pillar(files) == ["x": ["one": 1, "list": [2], "two": 2], "y": "b"])
    #expect(
      try await pillar(files, ["pillar_merge_lists": true])["x"] == ["one": 1, "list": [1, 2], "two": 2])
    #expect(
      try await pillar(files, ["pillar_source_merging_strategy": "overwrite"])["x"] == ["two": 2, "list": [2]])
    #expect(
      try await pillar(files, override: ["x": ["one": 9], "z": 1])
        == ["x": ["one": 9, "list": [2], "two": 2], "z": 1, "y": "b"])
  }

  /// As on a Salt master: the override is merged with the result, and templates do not see it.
  @Test func templatesSeeTheOverrideOnlyAfterExternalPillar() async throws {
    let files = [
      "top.sls": "base: {'*': [a], 'I@k:given': [b]}\n", "a.sls": "seen: {{ pillar.get('k') }}\n", "b.sls": "b: 1\n",
    ]
    #expect(try await pillar(files, override: ["k": "given"]) == ["k": "given", "seen": "None"])
    #expect(
      try await pillar(files, ["ext_pillar_first": true], override: ["k": "given"])
        == ["k": "given", "seen": "given", "b": 1])
  }

  /// The override is merged before what programs give, and once more at the end; `list` shows it.
  @Test func strategyListHoldsTheOverrideThreeTimes() async throws {
    let files = ["top.sls": "base: {'*': [a]}\n", "a.sls": "k: file\n"]
    #expect(
      try await pillar(files, ["pillar_source_merging_strategy": "list"], override: ["k": "o"])
        == ["k": [[["o", "file"], "o"], "o"]])
  }

  @Test(arguments: [("{}", "None", "None"), ("{saltenv: dev}", "dev", "None")])
  func optionsAreThoseOfTheCall(_ options: String, _ saltenv: String, _ pillarenv: String) async throws {
    let files = [
      "top.sls": "base: {'*': [a]}\n", "a.sls": "e: {{ opts.saltenv }} {{ opts.pillarenv }} {{ saltenv }}\n",
    ]
    let options = try YAMLParser.parse(options, file: "options").value.mapValue ?? [:]
    #expect(try await pillar(files, options)["e"] == .string("\(saltenv) \(pillarenv) base"))
  }

  @Test func includes() async throws {
    let files = [
      "top.sls": "base: {'*': [web]}\n",
      "web/init.sls": "include:\n  - .more\n  - common.*\n  - deep: {key: 'a:b'}\nk: own\n",
      "web/more.sls": "k: more\nm: 1\n", "common/x.sls": "cx: 1\n", "common/y.sls": "cy: 1\n", "deep.sls": "d: 1\n",
    ]
    #expect(
      try await pillar(files) == ["k": "own", "m": 1, "cx": 1, "cy": 1, "a": ["b": ["d": 1]]])
    #expect(try await pillar(files, ["pillar_includes_override_sls": true])["k"] == "more")
  }

  /// A minion chooses its grains, and a template prints one as it is: that includes nobody else's pillar.
  @Test func includesOfAGrainAreRefused() async throws {
    let files = [
      "pillar/top.sls": "base: {'*': [role], 'db*': [db]}\n", "pillar/role.sls": "role: {{ grains['role'] }}\n",
      "pillar/db.sls": "password: secret\n",
    ]
    let host = try TreeHost(files)
    for role in ["x\ninclude: [db]", "x\n'include' : ['*']", "x\n? include\n: - db"] {
      var context = host.context([:])
      context.grains["role"] = .string(role)
      let compiled = await PillarCompiler(context: context).compile()
      #expect(compiled.pillar["password"] == nil)
      #expect(
        compiled.problems.map(\.summary) == ["SLS 'role' renders to an 'include' that does not stand in its file"])
    }
  }

  @Test(arguments: [
    ("include:\n  - a\n", true), ("'include': [a]", true), ("{\"include\" : [\"a\"]}", true),
    ("{% do data.update({'include': names}) %}", true), ("{{ dict(include=['a']) | json }}", true),
    ("{% include 'a.jinja' %}\nx: 1\n", false), ("x: include", false), ("include", false), ("", false),
    ("includes: 1\ninclude", false), ("x: {{ grains.role }}  # include it\n", false),
  ])
  func includeStandsInAFile(_ text: String, _ stands: Bool) {
    #expect(IncludeDeclaration.stands(in: Array(text.utf8)) == stands)
  }

  @Test func circlesEnd() async throws {
    let files = ["top.sls": "base: {'*': [a]}\n", "a.sls": "include: [b]\nx: a\n", "b.sls": "include: [a]\ny: b\n"]
    #expect(try await pillar(files) == ["x": "a", "y": "b"])
  }

  @Test func noTopFileIsAnEmptyPillar() async throws {
    #expect(try await pillar([:]) == [:])
    #expect(try await pillar([:], override: ["a": 1]) == ["a": 1])
  }

  @Test func errorsStandInThePillarAndStopStateRuns() async throws {
    let errors = try await pillar([
      "top.sls": "base: {'*': [gone, bad, list, ok]}\n", "bad.sls": "a: [\n", "list.sls": "[1]\n", "ok.sls": "k: 1\n",
    ])
    #expect(errors["k"] == 1)
    let messages = errors["_errors"]?.listValue?.map(\.description) ?? []
    #expect(messages.count == 3)
    #expect(messages.first == "Specified SLS 'gone' in environment 'base' is not available on the salt master")
    #expect(messages.dropFirst().first?.hasPrefix("Rendering SLS 'bad' failed, render error:\n") == true)
    #expect(messages.last == "SLS 'list' does not render to a dictionary")
    let host = try TreeHost([
      "states/a.sls": "a:\n  test.nop\n", "pillar/top.sls": "base: {'*': [gone]}\n",
    ])
    let refused = try await host.engine().apply(["a"])
    #expect(refused[0] == "Pillar failed to render with the following messages:")
    #expect(host.exitCode == 5)
    await #expect(throws: (any Error).self) { try await host.engine().showSLS(["a"]) }
    var forced = StateRequest()
    forced.isForced = true
    #expect(try await host.engine(forced).apply(["a"]).mapValue?.count == 1)
  }

  @Test func missingSLSMayBeIgnored() async throws {
    let files = ["top.sls": "base:\n  '*':\n    - ignore_missing: true\n    - gone\n    - ok\n", "ok.sls": "k: 1\n"]
    #expect(try await pillar(files) == ["k": 1])
  }

  @Test func targetsHaveAnOrder() async throws {
    let files = [
      "top.sls": "base:\n  '*':\n    - order: 2\n    - a\n  'm1':\n    - order: 1\n    - b\n", "a.sls": "k: a\n",
      "b.sls": "k: b\n",
    ]
    #expect(try await pillar(files)["k"] == "a")
  }
}
