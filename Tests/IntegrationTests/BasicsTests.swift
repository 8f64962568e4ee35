import HostSystem
import OrderedCollections
import TestSupport
import Testing
import Value

/// An operator's everyday commands against a real master and real minions.
@Suite(.serialized) struct BasicsTests {
  @Test(.timeLimit(.minutes(2))) func runsAndSaysHowItWent() async throws {
    try await withFleet(minions: 2) { fleet in
      let ping = try await fleet.brine("run", "*", "test.ping", "--out", "json")
      #expect(ping.exitCode == 0)
      #expect(try fleet.json(ping) == ["web1": true, "web2": true])

      let failed = try await fleet.brine("run", "web1", "test.exception", "something broke")
      #expect(failed.exitCode == 1)
      #expect(failed.outputText.contains("something broke"))
      let mixed = try await fleet.brine("run", "*", "cmd.retcode", "exit 7", "--out", "json")
      #expect(mixed.exitCode == 1)
      let command = try await fleet.brine("run", "web1", "cmd.run_all", "echo out; echo err >&2", "--out", "json")
      let answer = try fleet.json(command)["web1"]
      #expect(answer?["stdout"] == "out")
      #expect(answer?["stderr"] == "err")
      #expect(answer?["retcode"] == 0)

      let late = try await fleet.brine("run", "web1", "test.sleep", "3", "--timeout", "0.5")
      #expect(late.exitCode == 4)
      #expect(late.errorText.contains("brine jobs watch"))

      let nobody = try await fleet.brine("run", "db*", "test.ping")
      #expect(nobody.exitCode == 3)
      #expect(nobody.errorText.contains("db*"))
      let listed = try await fleet.brine("run", "-L", "web1,web9", "test.ping")
      // A host that was named and does not exist has not answered.
      #expect(listed.exitCode == 4)
      #expect(listed.outputText.contains("web1"))
      #expect(listed.errorText.contains("web9"))
    }
  }

  @Test(.timeLimit(.minutes(2))) func refusesBeforeAnythingIsSent() async throws {
    try await withFleet { fleet in
      let before = try await fleet.jobCount()
      for words in [
        ["run", "web1", "test.sleep"], ["run", "web1", "test.sleep", "soon"], ["run", "web1", "test.pong"],
        ["run", "web1", "test.ping", "extra=1"], ["run", "web1", "test.ping", "--expires", "soon"],
        ["run", "web1", "test.ping", "--batch", "none"], ["run", "web1", "test.ping", "--out", "xml"],
        ["run", "-C", "web1 and ( web2", "test.ping"], ["run", "-E", "web(", "test.ping"], ["walk", "web1"], ["run"],
      ] {
        let result = try await fleet.run([Programs.brine] + words + ["--config", fleet.masterDirectory])
        #expect(result.exitCode == 2, "\(words): \(result.outputText)\(result.errorText)")
        #expect(!result.errorText.isEmpty, "\(words)")
        #expect(result.outputText.isEmpty, "\(words)")
      }
      #expect(try await fleet.jobCount() == before)
      // The signature for bad arguments, a near name for a misspelt one, a caret under a target's fault.
      #expect(try await fleet.brine("run", "web1", "test.sleep").errorText.contains("test.sleep(length"))
      #expect(try await fleet.brine("run", "web1", "test.pong").errorText.contains("test.ping"))
      let caret = try await fleet.brine("run", "-C", "web1 and ( web2", "test.ping").errorLines
      let line = try #require(caret.firstIndex { $0.trimmed() == "web1 and ( web2" })
      #expect(caret[line + 1].trimmed() == "^")
    }
  }

  @Test(.timeLimit(.minutes(2))) func targetsAsAsked() async throws {
    try await withFleet(minions: 3, Fleet.Options(master: "nodegroups: {pair: 'web1 or web3'}")) { fleet in
      for (flag, target, expected) in [
        ("-C", "web* and not web2", ["web1", "web3"]), ("-C", "not G@id:web1", ["web2", "web3"]),
        ("-C", "( web1 or web2 ) and G@kernel:Linux", ["web1", "web2"]), ("-E", "web[12]", ["web1", "web2"]),
        ("-G", "id:web3", ["web3"]), ("-P", "id:web(1|3)", ["web1", "web3"]), ("-L", "web[2-3]", ["web2", "web3"]),
        ("-S", "127.0.0.1", ["web1", "web2", "web3"]), ("-N", "pair", ["web1", "web3"]),
      ] {
        let result = try await fleet.brine("run", flag, target, "test.ping", "--out", "json")
        let hosts = try fleet.json(result).mapValue?.keys.map(\.description).sorted()
        #expect(hosts == expected, "\(flag) \(target): \(result.errorText)")
      }
      let subset = try await fleet.brine("run", "*", "test.ping", "--subset", "2", "--out", "json")
      #expect(try fleet.json(subset).mapValue?.count == 2)
      let batch = try await fleet.brine("run", "*", "test.ping", "--batch", "1", "--out", "json")
      #expect(try fleet.json(batch).mapValue?.count == 3)
    }
  }

  @Test(.timeLimit(.minutes(2))) func printsInEveryFormat() async throws {
    try await withFleet(minions: 2) { fleet in
      func output(_ format: String) async throws -> CommandResult {
        let result = try await fleet.brine("run", "*", "test.arg", "1", "two=x", "--out", format)
        #expect(result.exitCode == 0, "\(format): \(result.errorText)")
        return result
      }
      let expected: Value = ["args": [1], "kwargs": ["two": "x"]]
      #expect(try fleet.json(try await output("json")) == ["web1": expected, "web2": expected])
      #expect(try YAMLParser.value(of: try await output("yaml").outputText) == ["web1": expected, "web2": expected])
      let lines = try await output("jsonl").outputLines.map { try JSONParser.parse($0) }
      #expect(Set(lines.compactMap { $0["minion"]?.stringValue }) == ["web1", "web2"])
      #expect(lines.allSatisfy { $0["return"] == expected && $0["state"] == "returned" })
      let raw = try await output("raw").outputLines.map { try JSONParser.parse($0) }
      #expect(raw == [["web1": expected], ["web2": expected]])
      #expect(try await output("quiet").outputText.isEmpty)
      #expect(try await output("folded").outputText.contains("web[1-2] (2):"))
      #expect(try await output("nested").outputText.contains("web2:\n    ----------\n"))
      #expect(try await output("table").outputLines.first?.fields() == ["minion", "answer"])
    }
  }

  @Test(.timeLimit(.minutes(2))) func keepsJobsAndTellsOfThem() async throws {
    try await withFleet(minions: 2) { fleet in
      let events = try ChildProcess(
        [Programs.brine, "events", "job/*", "--out", "jsonl", "--config", fleet.masterDirectory],
        environment: fleet.environment, log: "\(fleet.directory)/events")
      var job = ""
      // The stream has no word for having begun: a job before it is not shown.
      try await eventually("a job in the events", every: .milliseconds(200)) {
        job = try await fleet.start("*", "test.echo", "hello")
        try await fleet.awaitState(job, on: "web2", "returned")
        return fleet.logHas("\(fleet.directory)/events", "job/\(job)/complete")
      }
      let tags = try fleet.lines("events").map { try JSONParser.parse($0)["tag"]?.stringValue ?? "" }
      for tag in ["new", "end/web1", "end/web2", "complete"] { #expect(tags.contains("job/\(job)/\(tag)")) }
      await events.end()

      let results = try await fleet.brine("jobs", "results", job, "--out", "json")
      #expect(results.exitCode == 0)
      #expect(try fleet.json(results) == ["web1": "hello", "web2": "hello"])
      let shown = try fleet.json(try await fleet.brine("jobs", "show", job, "--out", "json"))
      #expect(shown["function"] == "test.echo")
      #expect(shown["arguments"] == ["hello"])
      #expect(shown["user"] == "root")
      let list = try await fleet.brine("jobs", "list")
      #expect(list.outputText.contains(job))
      #expect(list.outputText.contains("2 returned"))
      #expect(try await fleet.brine("jobs", "watch", job, "--out", "quiet").exitCode == 0)
      #expect(try await fleet.brine("jobs", "cancel", job).exitCode == 0)
      #expect(try await fleet.brine("jobs", "show", "20200101000000000000").exitCode == 2)
      // Both places of --config, also before commands of two words.
      let early = try await fleet.run([Programs.brine, "--config", fleet.masterDirectory, "jobs", "show", job])
      #expect(early.exitCode == 0, "\(early.errorText)")
      #expect(try await fleet.brine("audit-log", "verify").exitCode == 0)
    }
  }

  @Test(.timeLimit(.minutes(2))) func knowsItsFleetAlsoWhenHostsAreAway() async throws {
    try await withFleet(minions: 2) { fleet in
      let live = try await fleet.brine("grains", "*", "id", "kernel", "--out", "json")
      #expect(try fleet.json(live)["web2"] == ["id": "web2", "kernel": "Linux"])
      await fleet.stopMinion("web2")
      try await fleet.awaitOnline(["web2"], isOnline: false)
      let query = try await fleet.brine(
        "grains", "query", "--where", "kernel=Linux", "--columns", "id,kernel,online,age", "--out", "json")
      let rows = try fleet.json(query).listValue ?? []
      #expect(rows.map { $0["id"] } == ["web1", "web2"])
      #expect(rows.map { $0["online"] } == [true, false])
      #expect(rows.last?["age"]?.stringValue?.hasSuffix(" s") == true)
      let table = try await fleet.brine("grains", "query", "--where", "kernel=Linux", "--columns", "id,online")
      #expect(table.outputLines.first?.fields() == ["id", "online", "age"])
      let away = try await fleet.brine("run", "*", "test.ping", "--out", "json")
      // Nobody works on it any more: no need to wait for an hour.
      #expect(away.exitCode == 4)
      #expect(try fleet.json(away)["web2"]?["reason"]?.stringValue?.hasPrefix("offline since") == true)

      await fleet.stopMaster()
      let unreachable = try await fleet.brine("run", "*", "test.ping")
      #expect(unreachable.exitCode == 6)
      #expect(unreachable.errorText.contains("cannot be reached"))
      let nowhere = "\(fleet.directory)/nowhere"
      #expect(try await fleet.brine("run", "*", "test.ping", config: nowhere).exitCode == 2)
      let docs = try await fleet.run([Programs.brine, "docs", "pkg.install"])
      #expect(docs.exitCode == 0)
      #expect(docs.outputText.hasPrefix("pkg.install("))
      #expect(try await fleet.run([Programs.brine, "docs", "pkg.instal"]).errorText.contains("pkg.install"))
    }
  }
}
