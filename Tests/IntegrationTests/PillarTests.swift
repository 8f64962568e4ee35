import Glibc
import HostSystem
import OrderedCollections
import TestSupport
import Testing
import Value
import Wire

/// Pillar of a real master for real minions.
@Suite(.serialized) struct PillarTests {
  private static let secret = "correct-horse-battery-staple-4711"

  private func write(_ fleet: Fleet, _ files: [String: String]) throws {
    for (path, text) in files {
      let place = "\(fleet.masterDirectory)/\(path)"
      try HostFiles().makeDirectory(String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)]))
      try HostFiles().write(place, text: text)
    }
  }

  private func seal(_ fleet: Fleet, _ secret: String, _ further: [String] = []) async throws -> String {
    let path = "\(fleet.directory)/.plain"
    try HostFiles().write(path, text: secret, mode: 0o600)
    defer { try? HostFiles().remove(path) }
    let sealed = try await fleet.run(
      ["/bin/sh", "-c", "exec \"$@\" <\"\(path)\"", "sh", Programs.brine, "seal"] + further
        + ["--config", fleet.masterDirectory])
    guard sealed.isSuccess else { throw TestFailure("not sealed: \(sealed.errorText)") }
    return sealed.outputText.trimmed()
  }

  /// Files below a directory that hold these bytes.
  private func holders(of text: String, below directory: String) async throws -> [String] {
    let found = try await SubprocessRunner().run(Command("grep", "-rlaF", "--", text, directory))
    return found.outputLines
  }

  @Test(.timeLimit(.minutes(3))) func eachGetsItsOwnAndASecretStaysASecret() async throws {
    let options = Fleet.Options(master: "log_level: debug", minion: "log_level: debug")
    try await withFleet(minions: 2, options) { fleet in
      let word = try await seal(fleet, Self.secret, ["--for", "web1"])
      #expect(word.hasPrefix("brine-pillar1."))
      try write(
        fleet,
        [
          "pillar/top.sls": "base:\n  '*': [common]\n  web1: [one]\n  web2: [two]\n",
          "pillar/common.sls": "id: {{ grains.id }}\n", "pillar/one.sls": "password: \(word)\n",
          "pillar/two.sls": "two: 2\n",
        ])
      let items = try await fleet.brine("run", "*", "pillar.items", "unmask=True", "--out", "json")
      #expect(items.exitCode == 0, "\(items.outputText)\(items.errorText)")
      let answers = try fleet.json(items)
      #expect(answers["web2"] == ["id": "web2", "two": 2])
      #expect(answers["web1"]?["password"] == .string(Self.secret))
      #expect(try await fleet.brine("pillar", "show", "web1", "password").outputText.contains("**********"))
      #expect(try await fleet.brine("pillar", "show", "web1", "--secrets").outputText.contains(Self.secret))
      #expect(try await fleet.brine("pillar", "show", "web2", "none").exitCode == 2)
      #expect(try await fleet.brine("pillar", "show", "web9").exitCode == 2)
    }
    // The same without having asked for the secret in clear: then it is in the one file that a state writes.
    try await withFleet(minions: 2, options) { fleet in
      let word = try await seal(fleet, Self.secret)
      let target = "\(fleet.minionDirectory("web1"))/written"
      try write(
        fleet,
        [
          "pillar/top.sls": "base:\n  web1: [one]\n", "pillar/one.sls": "app: {password: \(word)}\n",
          "states/app.sls": """
          \(target):
            file.managed:
              - contents_pillar: app:password
              - mode: '0600'
              - show_changes: False

          """,
        ])
      let applied = try await fleet.brine("apply", "web1", "app", "--out", "json")
      #expect(applied.exitCode == 0, "\(applied.outputText)\(applied.errorText)")
      #expect(try HostFiles().readText(target).trimmed() == Self.secret)
      let failed = try await fleet.brine("apply", "web1", "nothing", "--out", "json")
      #expect(failed.exitCode == 1)
      #expect(try await fleet.brine("run", "web1", "pillar.items", "--out", "json").exitCode == 0)
      #expect(try await fleet.brine("run", "-I", "app:password:*", "test.ping", "--out", "json").exitCode != 1)
      #expect(try await holders(of: Self.secret, below: fleet.directory) == [target])
    }
  }

  /// States that fail, and what shows lines: templates, YAML, diffs, names.
  @Test(.timeLimit(.minutes(3))) func whatStatesSayOfASecretIsStars() async throws {
    let options = Fleet.Options(master: "log_level: debug", minion: "log_level: debug")
    try await withFleet(minions: 1, options) { fleet in
      let word = try await seal(fleet, Self.secret)
      let out = "\(fleet.minionDirectory("web1"))/out"
      let states = [
        "yaml": "a:\n  test.nop: []\n b: {{ pillar.password }}\n", "text": "{{ pillar.password }}\n",
        "undefined": "{{ {}[pillar.password].x }}\n", "raise": "{{ raise(pillar.password) }}\n",
        "twice": "{{ pillar.url }}: {test.nop: []}\n{{ pillar.url }}: {test.nop: []}\n",
        "unknown": "a:\n  {{ pillar.password }}.x: []\n", "include": "include: ['{{ pillar.password }}']\n",
        "mode": "\(out)/a:\n  file.managed: [{makedirs: true}, {mode: '{{ pillar.password }}'}]\n",
        "command": "echo {{ pillar.password }}; exit 3:\n  cmd.run: []\n",
        "environment": "exit 3:\n  cmd.run: [{env: [{X: '{{ pillar.password }}'}]}, {stdin: '{{ pillar.url }}'}]\n",
        "echo": "x:\n  module.run:\n    - test.echo: [{text: '{{ pillar.password }}'}]\n",
        "event": "a/b:\n  event.send: [{data: {x: '{{ pillar.password }}'}}]\n",
        "diff": "\(out)/b:\n  file.managed: [{makedirs: true}, {contents: 'x {{ pillar.url }}'}]\n",
      ]
      var tree = ["pillar/top.sls": "base: {'*': [one]}\n"]
      tree["pillar/one.sls"] = "password: \(word)\nurl: pg://app:\(word)@db\n"
      for (name, text) in states { tree["states/\(name).sls"] = text }
      try write(fleet, tree)
      try HostFiles().makeDirectory(out)
      for name in states.keys.sorted() {
        if name == "diff" { try HostFiles().write("\(out)/b", text: "another\n") }
        for words in [["--test"], []] {
          let applied = try await fleet.run(
            [Programs.brine, "apply", "web1", name, "--out", "json", "--config", fleet.masterDirectory] + words)
          #expect(!applied.outputText.contains(Self.secret), "\(name): \(applied.outputText)")
          #expect(!applied.errorText.contains(Self.secret), "\(name): \(applied.errorText)")
        }
      }
      for function in ["state.show_sls", "state.show_low_sls"] {
        let shown = try await fleet.brine("run", "web1", function, "environment", "--out", "json")
        #expect(shown.outputText.contains("**********"), "\(shown.outputText)")
      }
      #expect(try HostFiles().readText("\(out)/b").contains(Self.secret))
      #expect(try await holders(of: Self.secret, below: fleet.directory) == ["\(out)/b"])
    }
  }

  @Test(.timeLimit(.minutes(2))) func errorsAreToldWithoutTheFilesLines() async throws {
    try await withFleet(minions: 2) { fleet in
      try write(
        fleet,
        [
          "pillar/top.sls": "base:\n  '*': [common]\n  web1: [bad]\n", "pillar/common.sls": "port: 8080\n",
          "pillar/bad.sls": "plain: hunter2\na: {{ hunter2.x }}\n",
        ])
      try write(fleet, ["states/a.sls": "a:\n  test.nop\n"])
      let client = try fleet.operatorClient()
      defer { client.close() }
      let events = Task { () -> [String] in
        for try await reply in client.stream(.events(globs: ["pillar/*/error"])) {
          if case .part(let event) = reply { return [event.description] }
        }
        return []
      }
      try await Task.sleep(for: .milliseconds(500))
      let applied = try await fleet.brine("apply", "*", "a", "--yes", "--out", "jsonl")
      #expect(applied.exitCode == 1)
      let lines = try applied.outputLines.map { try JSONParser.parse($0) }
      #expect(lines.first { $0["minion"] == "web2" }?["state"] == "returned")
      let bad = try #require(lines.first { $0["minion"] == "web1" })
      #expect(bad["state"] == "failed")
      #expect(bad["reason"]?.description.contains("5") == true, "\(bad)")
      #expect(bad["return"]?[0] == "Pillar failed to render with the following messages:")
      let fault =
        "Rendering SLS 'bad' of environment 'base' failed: a Jinja variable or attribute is undefined at bad.sls:2:"
      #expect(bad["return"]?[1]?.description.hasPrefix(fault) == true, "\(bad)")
      #expect(!applied.outputText.contains("hunter2"))
      #expect(try await events.value.first?.contains("bad.sls:2:") == true)
      let shown = try await fleet.brine("pillar", "show", "web1")
      #expect(shown.exitCode == 1)
      #expect(shown.errorText.contains("a: {{ hunter2.x }}"))
      #expect(try await holders(of: "hunter2", below: fleet.directory) == ["\(fleet.masterDirectory)/pillar/bad.sls"])

      // Targets: a host with a broken pillar does not match and is named; one that is away matches.
      await fleet.stopMinion("web2")
      try await fleet.awaitOnline(["web2"], isOnline: false)
      let matched = try await fleet.brine("run", "-I", "port:8080", "test.ping", "--expires", "0", "--out", "jsonl")
      #expect(matched.errorText.contains("web1 does not match, since its pillar cannot be compiled"))
      #expect(try matched.outputLines.map { try JSONParser.parse($0)["minion"]?.description ?? "" } == ["web2"])
      #expect(try await fleet.brine("run", "-C", "web1 or I@port:8080", "test.ping", "--async").exitCode == 0)
      let none = try await fleet.brine("run", "-I", "port:1", "test.ping")
      #expect(none.exitCode == 3)
      #expect(none.errorText.contains("The pillar of 1 cannot be compiled"))
    }
  }

  /// A host that was taken over knows the sealed word of another host's secret, as everybody does who reads the files.
  @Test(.timeLimit(.minutes(1))) func aHostileMinionGetsNothingOfOthers() async throws {
    try await withFleet(minions: 0) { fleet in
      let word = try await seal(fleet, Self.secret)
      try write(
        fleet,
        [
          "pillar/top.sls": "base:\n  web1: [one]\n  '*': [all]\n", "pillar/one.sls": "password: \(word)\n",
          "pillar/all.sls": "me: {{ grains.id }}\nname: {{ grains.get('name', 'none') }}\n",
        ])
      let (client, _) = try await fleet.impostor("web2")
      try await client.connected()
      func ask(_ number: Int64, _ request: PillarRequest) async throws -> FleetReply {
        await client.send(MinionMessage.request(id: number, tickets: [], .pillar(request)).encoded())
        while let bytes = await client.receive() {
          if case .reply(number, _, let reply) = try MasterMessage(decoding: bytes) { return reply }
        }
        throw TestFailure("no answer")
      }
      #expect(try await ask(1, PillarRequest()) == .pillar(["me": "web2", "name": "none"]))
      let overridden = try await ask(2, PillarRequest(override: ["k": .string(word), "id": "web1"]))
      guard case .refused(let refusal) = overridden else { return #expect(Bool(false), "\(overridden)") }
      #expect(refusal.code == .unrendered)
      #expect(refusal.reason.contains("stands in no file of the pillar"))
      // Now by a grain that a template prints.
      let grains: ValueMap = ["grains_digest": "x", "id": "web1", "name": .string(word)]
      let hello = MinionHello(
        version: brineVersion, clock: .now(), grainsDigest: "x", heldJobs: [], runningJobs: [])
      await client.send(MinionMessage.hello(hello).encoded())
      await client.send(MinionMessage.grains(grains).encoded())
      try await eventually(
        "the grain has arrived",
        isTrue: {
          guard case .refused(let refusal) = try await ask(3, PillarRequest()) else { return false }
          return refusal.code == .unrendered
        })
      #expect(try await holders(of: Self.secret, below: fleet.directory) == [])
    }
  }
}
