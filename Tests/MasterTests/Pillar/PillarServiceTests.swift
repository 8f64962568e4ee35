import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import Sealing
import States
import Store
import Testing
import Value
import Wire

@testable import Master

@Suite struct PillarServiceTests {
  private static let top = "base:\n  '*': [common]\n  'G@role:db or web2': [db]\n"

  private func pillar(
    _ host: PillarHost, _ id: String, _ grains: ValueMap = [:], _ request: PillarRequest = PillarRequest()
  )
    async throws -> FleetReply
  { await host.service.answer(request, try #require(MinionID(id)), grains) }

  @Test func eachGetsItsOwn() async throws {
    let host = try PillarHost([
      "top.sls": Self.top, "common.sls": "id: {{ grains.id }}\nopts: {{ opts.id }}\n", "db.sls": "db: true\n",
    ])
    #expect(try await pillar(host, "web1") == .pillar(["id": "web1", "opts": "web1"]))
    #expect(try await pillar(host, "web2") == .pillar(["id": "web2", "opts": "web2", "db": true]))
    #expect(
      try await pillar(host, "x", ["role": "db", "id": "web1"]) == .pillar(["id": "x", "opts": "x", "db": true]),
      "what a minion says of itself does not make it another")
  }

  @Test func environmentsAndOverrides() async throws {
    var host = try PillarHost(
      ["top.sls": "base: {'*': [common]}\n", "common.sls": "k: {{ pillar.get('k', 'file') }}{{ saltenv }}\nl: [1]\n"],
      configuration: "pillar_merge_lists: true\n")
    #expect(
      try await pillar(host, "web1", [:], PillarRequest(override: ["k": "given", "l": [2]]))
        == .pillar(["k": "given", "l": [2, 1]]))
    host = try PillarHost(
      ["qa/top.sls": "qa: {'*': [common]}\n", "qa/common.sls": "env: {{ saltenv }}\n"],
      configuration: "nodegroups: {g: web1}\n")
    try HostFiles().write(
      host.directory.path("master.yaml"), text: "pillar_roots: {__env__: ['\(host.directory.path)/pillar/__env__']}\n")
    let settings = try MasterConfiguration(directory: host.directory.path)
    await host.service.reload(settings.pillar, nodegroups: [:])
    #expect(
      try await pillar(host, "web1", [:], PillarRequest(environment: EnvironmentName("qa"))) == .pillar(["env": "qa"]))
    #expect(try await pillar(host, "web1") == .pillar([:]))
  }

  @Test func nodegroupsAndListsMatch() async throws {
    let host = try PillarHost(
      [
        "top.sls": "base:\n  group: [{match: nodegroup}, a]\n  'web1,web9': [{match: list}, b]\n", "a.sls": "a: 1\n",
        "b.sls": "b: 1\n",
      ],
      configuration: "nodegroups: {group: 'L@web1,web2'}\n")
    #expect(try await pillar(host, "web1") == .pillar(["a": 1, "b": 1]))
    #expect(try await pillar(host, "web2") == .pillar(["a": 1]))
    #expect(try await pillar(host, "web9") == .pillar(["b": 1]))
  }

  @Test func errorsAreToldWithoutWhatIsInTheFiles() async throws {
    let host = try PillarHost(["top.sls": Self.top, "common.sls": "ok: hunter2\n", "db.sls": "a: {{ hunter2 }}\n"])
    guard case .refused(let refusal) = try await pillar(host, "web2") else { return #expect(Bool(false)) }
    #expect(refusal.code == .unrendered)
    #expect(
      refusal.reason.hasPrefix(
        "Rendering SLS 'db' of environment 'base' failed: a Jinja variable or attribute is undefined at db.sls:1:7"))
    #expect(!refusal.reason.contains("hunter2"))
    #expect(host.told.all.count == 1)
    #expect(try await pillar(host, "web1") == .pillar(["ok": "hunter2"]), "it is web2's fault alone")
    let shown = await host.service.show(
      try #require(MinionID("web2")), grains: [:], environment: nil, opensSecrets: false)
    #expect(shown.problems.first?.message.contains("a: {{ hunter2 }}") == true)
  }

  @Test func sealedValuesAndTheirKeys() async throws {
    let host = try PillarHost(["top.sls": "base: {'web*': [s]}\n"])
    let old = try #require(await host.service.keys().current)
    try host.write("s.sls", "k: \(try SealedPillarValue.seal(Secret("hunter2"), for: "web1", to: old).text)\n")
    #expect(try await pillar(host, "web1") == .pillar(["k": "hunter2"], secrets: ["hunter2"]))
    guard case .refused = try await pillar(host, "web2") else { return #expect(Bool(false)) }
    try await host.service.rotateKey()
    #expect(try await pillar(host, "web1") == .pillar(["k": "hunter2"], secrets: ["hunter2"]))
    let text = try HostFiles().readText(host.directory.path("pillar/s.sls"))
      .dropFirst(3).split(separator: "\n").joined()
    let again = try await host.service.reseal(text)
    #expect(again != text)
    try await host.service.removeKey(old.keyID)
    guard case .refused = try await pillar(host, "web1") else { return #expect(Bool(false)) }
    try host.write("s.sls", "k: \(again)\n")
    #expect(try await pillar(host, "web1") == .pillar(["k": "hunter2"], secrets: ["hunter2"]))
    let masked = await host.service.show(
      try #require(MinionID("web1")), grains: [:], environment: nil, opensSecrets: false)
    #expect(masked.pillar == ["k": "**********"])
    #expect(await host.service.snapshot([try PillarHost.minion("web1")]).pillars.values.first == ["k": .null])
  }

  @Test(.timeLimit(.minutes(1))) func whatTakesTooLongIsEnded() async throws {
    let sleep = Function("test.sleep", "", effect: .read) { _, context in
      _ = try await context.commands.run(Command("sleep", "50"))
      return true
    }
    for text in [
      "a: {{ salt['test.sleep']() }}\n",
      "{% for i in range(99999999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}\n",
    ] {
      let host = try PillarHost(
        ["top.sls": "base: {'*': [a]}\n", "a.sls": text], configuration: "pillar_timeout: 2\n",
        functions: FunctionRegistry([sleep]))
      let start = ContinuousClock.now
      guard case .refused(let refusal) = try await pillar(host, "web1") else { return #expect(Bool(false)) }
      #expect(refusal.code == .unrendered)
      #expect(ContinuousClock.now - start < .seconds(20))
    }
  }

  @Test func aPillarHasAnEnd() async throws {
    let host = try PillarHost([
      "top.sls": "base: {'*': [a]}\n", "a.sls": "a: '{{ 'x' * 9000000 }}'\n",
    ])
    guard case .refused(let refusal) = try await pillar(host, "web1") else { return #expect(Bool(false)) }
    #expect(refusal.reason.hasPrefix("The pillar has 9000"))
  }

  @Test func manyAtOnceAllGetTheirs() async throws {
    let host = try PillarHost(["top.sls": "base: {'*': [a]}\n", "a.sls": "id: {{ grains.id }}\n"])
    let replies = try await withThrowingTaskGroup(of: (String, FleetReply).self) { group in
      for number in 0..<200 { group.addTask { ("m\(number)", try await self.pillar(host, "m\(number)")) } }
      var replies: [String: FleetReply] = [:]
      for try await (id, reply) in group { replies[id] = reply }
      return replies
    }
    #expect(replies.allSatisfy { $0.value == .pillar(["id": .string($0.key)]) })
  }

  @Test func matchingCompilesWhatHasChanged() async throws {
    let host = try PillarHost(["top.sls": "base: {'*': [a]}\n", "a.sls": "role: {{ grains.role }}\n"])
    let minions = [
      try PillarHost.minion("a", ["role": "db"]), try PillarHost.minion("b", ["role": "web"]),
      try PillarHost.minion("c"),
    ]
    let first = await host.service.snapshot(minions)
    #expect(first.pillars.values.map { $0["role"] ?? .null }.map(\.description).sorted() == ["db", "web"])
    #expect(first.failures.keys.map(\.text) == ["c"])
    #expect(first.warning.contains("c (Rendering SLS 'a'"))
    try host.write("a.sls", "role: all\n")
    let second = await host.service.snapshot(minions)
    #expect(second.pillars.count == 3)
    #expect(second.failures.isEmpty)
    async let third = host.service.snapshot(minions)
    async let fourth = host.service.snapshot(minions)
    #expect(await third.pillars == second.pillars)
    #expect(await fourth.pillars == second.pillars)
  }
}
