import HostSystem
import OrderedCollections
import Testing
import Value

/// States through the master, and on a host of their own.
@Suite(.serialized) struct StatesTests {
  private static let site = """
    {% set name = pillar.get('name', grains['id']) %}
    {{ opts['conf_dir'] }}/out.txt:
      file.managed:
        - contents: "{{ name }}"
        - mode: '0640'
    say:
      cmd.run:
        - name: echo changed
        - onchanges:
          - file: {{ opts['conf_dir'] }}/out.txt
    """

  /// A tree in the fleet's directory, and the lines of minion.yaml that name it.
  private func options(_ fleet: Fleet) throws -> String {
    try HostFiles().makeDirectory("\(fleet.directory)/states")
    return "file_client: local\nfile_roots: {base: ['\(fleet.directory)/states']}\n"
  }

  private func withTree(
    minions: Int = 1, _ tree: [String: String], _ body: (Fleet) async throws -> Void
  ) async throws {
    try await withFleet(minions: 0) { fleet in
      let configuration = try options(fleet)
      for (name, text) in tree { try HostFiles().write("\(fleet.directory)/states/\(name)", text: text) }
      let ids = (1...minions).map { "web\($0)" }
      for id in ids {
        try HostFiles().makeDirectory(fleet.minionDirectory(id))
        try HostFiles().write("\(fleet.minionDirectory(id))/minion.yaml", text: configuration)
      }
      try await fleet.addMinions(ids)
      try await body(fleet)
    }
  }

  @Test(.timeLimit(.minutes(2))) func appliesByTheMaster() async throws {
    try await withTree(minions: 2, ["site.sls": Self.site, "top.sls": "base: {'web1': [site]}\n"]) { fleet in
      let path = "\(fleet.minionDirectory("web1"))/out.txt"
      let tag = "file_|-\(path)_|-\(path)_|-managed"
      // Test mode says what would be done, the commands that would follow too, and does nothing.
      let plan = try await fleet.brine("apply", "web1", "site", "--test", "--out", "json")
      #expect(plan.exitCode == 0, "\(plan.errorText)")
      #expect(try fleet.json(plan)["web1"]?[tag]?["result"] == .null)
      #expect(try fleet.json(plan)["web1"]?["cmd_|-say_|-echo changed_|-run"]?["result"] == .null)
      #expect(!HostFiles().exists(path))

      let first = try await fleet.brine("apply", "web*", "site", "--yes", "--out", "json")
      #expect(first.exitCode == 0, "\(first.errorText)")
      #expect(try fleet.json(first)["web1"]?[tag]?["changes"]?["diff"] == "New file")
      #expect(try HostFiles().readText(path) == "web1\n")
      #expect(HostFiles().status(path)?.mode == 0o640)

      let second = try await fleet.brine("apply", "web1", "--out", "json")
      #expect(try fleet.json(second)["web1"]?[tag]?["changes"] == [:])
      #expect(try fleet.json(second)["web1"]?["cmd_|-say_|-echo changed_|-run"]?["__state_ran__"] == false)

      let named = try await fleet.brine("apply", "web1", "site", "pillar={name: other}")
      #expect(named.exitCode == 0)
      #expect(named.outputText.hasPrefix("web1: 2 succeeded, 2 changed of 2 states in "))
      #expect(try HostFiles().readText(path) == "other\n")
    }
  }

  @Test(.timeLimit(.minutes(2))) func failuresAndFaultsHaveTheirExitCodes() async throws {
    let tree = [
      "bad.sls": "broken:\n  cmd.run:\n    - name: exit 3\n",
      "fault.sls": "a:\n  test.nop:\n    - name: {{ nowhere }}\n",
    ]
    try await withTree(tree) { fleet in
      let failed = try await fleet.brine("apply", "web1", "bad")
      #expect(failed.exitCode == 1)
      #expect(failed.outputText.contains("1 failed of 1 states"))
      let fault = try await fleet.brine("apply", "web1", "fault")
      #expect(fault.exitCode == 1)
      #expect(fault.outputText.contains("fault.sls:3:16"))

      func call(_ words: String...) async throws -> CommandResult {
        try await fleet.run(
          [Programs.minion, "call", "--config", fleet.minionDirectory("web1"), "--local", "--out", "json"] + words,
          timeout: .seconds(40))
      }
      let local = try await call("state.apply", "bad")
      #expect(local.exitCode == 2)
      #expect(try fleet.json(local)["local"]?["cmd_|-broken_|-exit 3_|-run"]?["result"] == false)
      let uncompiled = try await call("state.apply", "fault")
      #expect(uncompiled.exitCode == 1)
      #expect(try fleet.json(uncompiled)["local"]?.listValue?.count == 1)
      let single = try await call("state.single", "test.succeed_with_changes", "name=x", "test=True")
      #expect(single.exitCode == 0)
      #expect(
        try fleet.json(single)["local"]?["test_|-x_|-x_|-succeed_with_changes"]?["result"] == .null)
    }
  }

  @Test(.timeLimit(.minutes(2))) func runsStandInALine() async throws {
    let tree = [
      "slow.sls": "slow:\n  cmd.run:\n    - name: while [ ! -e {{ opts['conf_dir'] }}/go ]; do sleep 0.05; done\n",
      "quick.sls": "quick:\n  cmd.run:\n    - name: echo quick\n",
    ]
    try await withTree(tree) { fleet in
      let slow = try await fleet.start("web1", "state.apply", "slow")
      try await fleet.awaitState(slow, on: "web1", "running")
      let quick = try await fleet.start("web1", "state.apply", "quick")
      try await fleet.awaitState(quick, on: "web1", "running")
      let refused = try await fleet.brine("run", "web1", "state.apply", "quick", "queue=False", "--out", "json")
      #expect(refused.exitCode == 1)
      #expect(refused.outputText.contains(slow))
      #expect(try await fleet.state(quick, "web1") == "running")
      try HostFiles().write("\(fleet.minionDirectory("web1"))/go", text: "")
      try await fleet.awaitState(slow, on: "web1", "returned")
      try await fleet.awaitState(quick, on: "web1", "returned")
    }
  }
}
