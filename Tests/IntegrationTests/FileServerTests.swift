import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import TestSupport
import Testing
import Value
import Wire
import ZeroMQ

/// Files and states from the master, between real programs.
@Suite(.serialized) struct FileServerTests {
  /// A fleet whose master serves a tree; minions have no files of their own.
  private func withTree(
    _ tree: [String: String], minion: String = "", _ body: (Fleet, String) async throws -> Void
  ) async throws {
    try await withFleet(minions: 1, Fleet.Options(minion: minion)) { fleet in
      let root = "\(fleet.masterDirectory)/states"
      for (path, text) in tree { try write("\(root)/\(path)", text) }
      try await body(fleet, root)
    }
  }

  private func write(_ path: String, _ text: String) throws {
    try HostFiles().makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
    try HostFiles().write(path, text: text)
  }

  /// What a function returns on web1.
  private func run(_ fleet: Fleet, _ words: String...) async throws -> Value? {
    let result = try await fleet.run(
      [Programs.brine, "run", "web1"] + words + ["--out", "json", "--config", fleet.masterDirectory],
      timeout: .seconds(100))
    return try fleet.json(result)["web1"]
  }

  private static let tree = [
    "top.sls": "base: {'*': [web]}\n",
    "web/init.sls": """
    {% from "web/map.jinja" import settings with context %}
    include: [web.more]
    {{ opts['conf_dir'] }}/out/web.conf:
      file.managed:
        - source: salt://web/files/web.conf.jinja
        - template: jinja
        - context: {port: {{ settings.port }}}
        - makedirs: True
        - mode: keep
    {{ opts['conf_dir'] }}/out/site:
      file.recurse:
        - source: brine://web/files/site
        - include_empty: True
        - require: [{file: {{ opts['conf_dir'] }}/out/web.conf}]
    """,
    "web/more.sls": "say:\n  test.succeed_without_changes: []\n",
    "web/map.jinja": "{% set settings = {'port': 8080, 'host': grains['id']} %}\n",
    "web/files/web.conf.jinja": "listen {{ port }}\nid {{ grains['id'] }}\n",
    "web/files/site/index.html": "<p>index</p>\n", "web/files/site/a/b/c.txt": "deep\n",
  ]

  @Test(.timeLimit(.minutes(2))) func aTreeOfTheMasterIsApplied() async throws {
    try await withTree(Self.tree) { fleet, root in
      chmod("\(root)/web/files/web.conf.jinja", 0o640)
      try HostFiles().makeDirectory("\(root)/web/files/site/empty")
      let out = "\(fleet.minionDirectory("web1"))/out"
      let plan = try await fleet.brine("apply", "web1", "--test", "--out", "json")
      #expect(plan.exitCode == 0, "\(plan.outputText)\(plan.errorText)")
      #expect(!HostFiles().exists(out))
      let first = try await fleet.brine("apply", "web1")
      #expect(first.exitCode == 0, "\(first.outputText)\(first.errorText)")
      #expect(first.outputText.contains("3 succeeded, 2 changed of 3 states"), "\(first.outputText)")
      #expect(try HostFiles().readText("\(out)/web.conf") == "listen 8080\nid web1\n")
      #expect(HostFiles().status("\(out)/web.conf")?.mode == 0o640)
      #expect(try HostFiles().readText("\(out)/site/a/b/c.txt") == "deep\n")
      #expect(HostFiles().isDirectory("\(out)/site/empty"))
      let second = try await fleet.brine("apply", "web1", "web")
      #expect(second.outputText.contains("3 succeeded, 0 changed") || !second.outputText.contains("changed of"))

      // What changes on the master is there the next time.
      try write("\(root)/web/files/site/index.html", "<p>new</p>\n")
      #expect(try await fleet.brine("apply", "web1").exitCode == 0)
      #expect(try HostFiles().readText("\(out)/site/index.html") == "<p>new</p>\n")
      // The copies are root's alone.
      let cache = "\(fleet.minionDirectory("web1"))/cache"
      #expect(HostFiles().status(cache)?.mode == 0o700)
      #expect(HostFiles().status("\(cache)/files/base/web/map.jinja")?.mode == 0o600)

      // Called on the host, with the master and without.
      let call = [Programs.minion, "call", "--config", fleet.minionDirectory("web1"), "--out", "json"]
      let joined = try await fleet.run(call + ["state.apply", "web"])
      #expect(joined.exitCode == 0, "\(joined.errorText)")
      #expect(try fleet.json(joined)["local"]?.mapValue?.count == 3)
      let local = try await fleet.run(call + ["--local", "state.apply", "web"])
      #expect(local.exitCode == 1)
    }
  }

  @Test(.timeLimit(.minutes(2))) func functionsReadTheMastersFiles() async throws {
    try await withTree(Self.tree.merging(["big": String(repeating: "0123456789", count: 100_000)]) { $1 }) {
      fleet, root in
      symlink("files/site/index.html", "\(root)/web/link")
      #expect(try await run(fleet, "cp.envs") == ["base"])
      #expect(try await run(fleet, "cp.list_states") == ["top", "web", "web.more"])
      #expect(
        try await run(fleet, "cp.list_master", "prefix=web/files")
          == ["web/files/site/a/b/c.txt", "web/files/site/index.html", "web/files/web.conf.jinja"])
      #expect(
        try await run(fleet, "cp.list_master_dirs", "prefix=web/files/site")
          == ["web/files/site", "web/files/site/a", "web/files/site/a/b"])
      #expect(try await run(fleet, "cp.list_master_symlinks") == ["web/link": "files/site/index.html"])
      #expect(try await run(fleet, "cp.get_file_str", "salt://web/link") == "<p>index</p>\n")
      #expect(try await run(fleet, "cp.get_file_str", "salt://nowhere") == false)
      #expect(try await run(fleet, "cp.is_cached", "salt://big") == "")
      #expect(
        try await run(fleet, "cp.hash_file", "salt://web/link") == [
          "hsum": "7497e59e92ef6795b86dfbff7cbe7f6093cdba247df8c192e35b430ae7813efd", "hash_type": "sha256",
        ])
      #expect(try await run(fleet, "cp.is_cached", "salt://big") == "")
      let place = try await run(fleet, "cp.cache_file", "salt://big")
      #expect(place == .string("\(fleet.minionDirectory("web1"))/cache/files/base/big"))
      #expect(try await run(fleet, "cp.is_cached", "salt://big") == place)
      #expect(try HostFiles().read(try #require(place?.stringValue)).count == 1_000_000)
      #expect(try await run(fleet, "cp.stat_file", "salt://top.sls") == "0644")

      let target = "\(fleet.minionDirectory("web1"))/out"
      #expect(try await run(fleet, "cp.get_file", "salt://top.sls", "\(target)/x/top") == false)
      #expect(
        try await run(fleet, "cp.get_file", "salt://top.sls", "\(target)/x/", "makedirs=True")
          == .string("\(target)/x/top.sls"))
      #expect(
        try await run(fleet, "cp.get_dir", "salt://web/files/site", target)
          == [.string("\(target)/site/a/b/c.txt"), .string("\(target)/site/index.html")])
      #expect(
        try await run(fleet, "cp.get_template", "salt://web/files/web.conf.jinja", "\(target)/conf", "port=1")
          == .string("\(target)/conf"))
      #expect(try HostFiles().readText("\(target)/conf") == "listen 1\nid web1\n")
      let pushed = try await fleet.brine("run", "web1", "cp.push", "/etc/hostname")
      #expect(pushed.exitCode == 1)
      #expect(pushed.outputText.contains("does not write files on its master"))
    }
  }

  @Test(.timeLimit(.minutes(2))) func nothingOutsideOfARootIsGivenOut() async throws {
    try await withTree(["inside/file": "inside\n"]) { fleet, root in
      try write("\(fleet.directory)/secret", "secret\n")
      try write("\(fleet.directory)/states-evil/file", "evil\n")
      symlink("\(fleet.directory)/secret", "\(root)/absolute")
      symlink("../../secret", "\(root)/relative")
      symlink("../..", "\(root)/up")
      symlink("inside", "\(root)/within")
      symlink("\(root)/inside/file", "\(root)/absolute-within")
      symlink("loop", "\(root)/loop")
      mkfifo("\(root)/pipe", 0o600)
      symlink("/dev/zero", "\(root)/zero")
      let (client, _) = try await fleet.impostor("evil")
      try await client.connected()
      var number: Int64 = 0
      func reply(to request: Value) async throws -> FleetReply? {
        number += 1
        var fields = request.mapValue ?? [:]
        fields["id"] = .int(number)
        fields["tickets"] = []
        await client.send(MessagePackWriter.encode([1, 9, .map(fields)]))
        return await client.reply(number, within: .seconds(2))
      }
      func find(_ path: String, _ environment: String = "base") async throws -> FleetReply? {
        try await reply(to: ["ask": "find", "env": .string(environment), "path": .string(path)])
      }
      guard case .file(let file)? = try await find("inside/file") else { throw TestFailure("the file is not there") }
      #expect(file.content == Array("inside\n".utf8))
      guard case .file? = try await find("within/file"), case .file? = try await find("absolute-within") else {
        throw TestFailure("links within the root are not followed")
      }
      for path in [
        "absolute", "relative", "up/secret", "up/master/master.key", "loop", "pipe", "zero", "inside", "nowhere",
        "%2e%2e/secret", "..%2fsecret", "..\\secret", "\u{2025}/secret", "．．/secret", "inside/file/x", "up",
      ] {
        #expect(try await find(path) == .absent, "\(path)")
      }
      // These are no paths at all: no answer.
      let paths = [
        "../secret", "/etc/passwd", "inside/../../secret", "..", "", "a//b", "./inside/file", "inside/", "a\0b",
        "../states-evil/file", "inside/../inside/file", String(repeating: "a/", count: 3000) + "b",
      ]
      for path in paths {
        number += 1
        await client.send(
          MessagePackWriter.encode([
            1, 9, ["id": .int(number), "tickets": [], "ask": "find", "env": "base", "path": .string(path)],
          ]))
      }
      // Bytes that are no UTF-8: an overlong slash and an overlong dot.
      for bytes: [UInt8] in [[0xC0, 0xAE, 0xC0, 0xAE, 0xC0, 0xAF], [0xFF], [0x2E, 0x2E, 0xC0, 0xAF]] {
        var message = MessagePackWriter.encode([1, 9, ["id": 1, "tickets": [], "ask": "find", "env": "base"]])
        message[3] += 1
        message += [0xA4] + Array("path".utf8) + [0xA0 + UInt8(bytes.count)] + bytes
        await client.send(message)
      }
      #expect(await client.reply(nil, within: .milliseconds(700)) == nil)
      for environment in ["other", "base/../base", "__env__"] {
        let answer = try await find("inside/file", environment)
        #expect(answer == .absent || answer == nil, "\(environment)")
      }
      guard case .listing(let list)? = try await reply(to: ["ask": "list", "env": "base", "kind": "files"]) else {
        throw TestFailure("no list")
      }
      #expect(list.entries.map(\.path.text) == ["absolute-within", "inside/file", "within/file"])
      // A digest of a file that is not served, and of one that is, for another path.
      let digest = file.digest.text
      for path in ["absolute", "nowhere", "pipe"] {
        let answer = try await reply(
          to: [
            "ask": "chunk", "env": "base", "path": .string(path), "digest": .string(digest), "offset": 0, "length": 9,
          ])
        guard case .refused(let refusal)? = answer else { throw TestFailure("\(path): \(String(describing: answer))") }
        #expect(refusal.code == .changed)
      }
      #expect(try await run(fleet, "test.ping") == true)
    }
  }

  @Test(.timeLimit(.minutes(3))) func whoAsksAndNeverReadsGetsNoMore() async throws {
    try await withTree(["big": String(repeating: "x", count: 4 << 20)]) { fleet, _ in
      let (client, _) = try await fleet.impostor("evil")
      try await client.connected()
      let path = try #require(FilePath("big"))
      let find = FleetRequest.find(FileFindRequest(environment: .base, path: path))
      await client.send(MinionMessage.request(id: 1, tickets: [], find).encoded())
      guard case .file(let file)? = await client.reply(1) else { throw TestFailure("the file is not there") }
      let before = try await memory(of: fleet)
      let chunk = FleetRequest.chunk(
        FileChunkRequest(environment: .base, path: path, digest: file.digest, offset: 0, length: 512 << 10))
      for number in 2..<Int64(5000) {
        await client.send(MinionMessage.request(id: number, tickets: [], chunk).encoded())
      }
      #expect(try await run(fleet, "test.ping") == true)
      // Others get their files meanwhile.
      let place = try await run(fleet, "cp.cache_file", "salt://big")
      #expect(try HostFiles().read(try #require(place?.stringValue)).count == 4 << 20)
      #expect(try await memory(of: fleet) - before < 60 << 20)
      // 32 answers of 512 KiB are all it may have unread, then it is told so, and then nothing.
      var (chunks, refusals) = (0, 0)
      while let reply = await client.reply(nil, within: .milliseconds(500)) {
        if case .chunk = reply { chunks += 1 } else { refusals += 1 }
      }
      #expect((20...32).contains(chunks), "\(chunks)")
      #expect((100...512).contains(refusals), "\(refusals)")
    }
  }

  private func memory(of fleet: Fleet) async throws -> Int {
    let process = try #require(await fleet.masterProcess)
    let line = HostFiles().linesIfPresent("/proc/\(process)/status").first { $0.hasPrefix("VmRSS:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) << 10
  }

  @Test(.timeLimit(.minutes(3))) func aLargeFileGoesOnWhereItWasKilled() async throws {
    try await withTree([:]) { fleet, root in
      let size = 400 << 20
      try makeLarge("\(root)/large", size)
      let home = fleet.minionDirectory("web1")
      let call = [Programs.minion, "call", "--config", home, "cp.cache_file", "salt://large"]
      let partial = "\(home)/cache/partial"
      let first = try ChildProcess(call, environment: fleet.environment)
      try await eventually("a part of it is there", every: .milliseconds(2)) {
        let name = HostFiles().entriesIfPresent(partial).first ?? "-"
        return (HostFiles().status("\(partial)/\(name)")?.size ?? 0) > 20 << 20
      }
      await first.killNow()
      let name = try #require(HostFiles().entriesIfPresent(partial).first)
      let here = try #require(HostFiles().status("\(partial)/\(name)")?.size)
      #expect(here < size)
      // The master too may have been away meanwhile.
      await fleet.killMaster()
      try await fleet.startMaster()
      let inode = HostFiles().status("\(partial)/\(name)")?.inode
      let second = try await fleet.run(call, timeout: .seconds(100))
      #expect(second.exitCode == 0, "\(second.errorText)")
      let place = "\(home)/cache/files/base/large"
      #expect(HostFiles().status(place)?.size == Int64(size))
      #expect(HostFiles().status(place)?.inode == inode)
      #expect(HostFiles().entriesIfPresent(partial).isEmpty)
      let same = try await fleet.run(["/usr/bin/cmp", "\(root)/large", place])
      #expect(same.exitCode == 0)

      // Two at once fetch it once.
      try HostFiles().removeTree("\(home)/cache")
      async let one = fleet.run(call, timeout: .seconds(100))
      async let other = fleet.run(call, timeout: .seconds(100))
      #expect(try await [one.exitCode, other.exitCode] == [0, 0])
      #expect(HostFiles().status(place)?.size == Int64(size))
      #expect(HostFiles().entriesIfPresent(partial).isEmpty)
    }
  }

  private func makeLarge(_ path: String, _ size: Int) throws {
    try HostFiles().makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    defer { close(descriptor) }
    var block = [UInt8](repeating: 0, count: 1 << 20)
    for index in 0..<(size >> 20) {
      for place in stride(from: 0, to: block.count, by: 4096) { block[place] = UInt8(truncatingIfNeeded: index &* 7) }
      guard Glibc.write(descriptor, block, block.count) == block.count else { throw TestFailure("no room in /tmp") }
    }
  }

  @Test(.timeLimit(.minutes(3))) func twoThousandSmallFiles() async throws {
    try await withTree([:]) { fleet, root in
      for number in 0..<2000 {
        let path = "\(root)/many/\(number % 20)"
        if number < 20 { try HostFiles().makeDirectory(path) }
        let descriptor = open("\(path)/\(number)", O_WRONLY | O_CREAT, 0o644)
        let text = Array("file \(number)\n".utf8)
        _ = Glibc.write(descriptor, text, text.count)
        close(descriptor)
      }
      let target = "\(fleet.minionDirectory("web1"))/out"
      let paths = try await run(fleet, "cp.get_dir", "salt://many", target)
      #expect(paths?.listValue?.count == 2000)
      let same = try await fleet.run(["/usr/bin/diff", "-r", "\(root)/many", "\(target)/many"])
      #expect(same.exitCode == 0, "\(same.outputText)")
    }
  }

  @Test(.timeLimit(.minutes(2))) func withoutTheMasterARunSaysSo() async throws {
    try await withTree(Self.tree) { fleet, _ in
      await fleet.stopMaster()
      let call = [Programs.minion, "call", "--config", fleet.minionDirectory("web1"), "state.apply", "web"]
      let result = try await fleet.run(call, timeout: .seconds(60))
      #expect(result.exitCode != 0)
      #expect(result.errorText.contains("cannot be reached"), "\(result.errorText)")
    }
  }

  @Test(.timeLimit(.minutes(2))) func branchesOfARepositoryAreEnvironments() async throws {
    try #require(HostFiles().isExecutable("/usr/bin/git"))
    let options = "fileserver_backend: [roots, gitfs]\ngitfs_update_interval: 5\ngitfs_base: main\n"
    let directory = try TemporaryDirectory()
    defer { withExtendedLifetime(directory) {} }
    let place = directory.path
    let settings = options + "gitfs_remotes: [{'file://\(place)/repo': [{root: salt}, {mountpoint: 'salt://formula'}]}]"
    try await withFleet(minions: 1, Fleet.Options(master: settings)) { fleet in
      func git(_ words: String...) async throws {
        let command = ["/usr/bin/git", "-C", "\(place)/repo", "-c", "user.name=x", "-c", "user.email=x@example.com"]
        let result = try await fleet.run(command + words)
        guard result.isSuccess else { throw TestFailure("git: \(result.errorText)") }
      }
      try write("\(place)/repo/salt/one.sls", "a: {test.nop: []}\n")
      try write("\(place)/repo/outside", "outside\n")
      symlink("../outside", "\(place)/repo/salt/link")
      symlink("/etc/passwd", "\(place)/repo/salt/passwd")
      try await git("init", "-q", "-b", "main")
      try await git("add", "-A")
      try await git("commit", "-q", "-m", "one")
      try await git("tag", "v1")
      try await git("checkout", "-q", "-b", "feature/x")
      try write("\(place)/repo/salt/two.sls", "b: {test.nop: []}\n")
      try await git("add", "-A")
      try await git("commit", "-q", "-m", "two")
      try await eventually("the branches are there", within: .seconds(30), every: .milliseconds(500)) {
        try await run(fleet, "cp.envs") == ["base", "feature/x", "v1"]
      }
      #expect(
        try await run(fleet, "cp.list_master", "saltenv=feature/x")
          == ["formula/link", "formula/one.sls", "formula/two.sls"])
      #expect(try await run(fleet, "cp.list_master", "prefix=formula") == ["formula/link", "formula/one.sls"])
      #expect(try await run(fleet, "cp.get_file_str", "salt://formula/passwd") == false)
      let applied = try await run(fleet, "state.apply", "formula.two", "saltenv=feature/x")
      #expect(applied?["test_|-b_|-b_|-nop"]?["result"] == true, "\(String(describing: applied))")
      // What is pushed is served soon; nothing of what is gone is.
      try await git("checkout", "-q", "main")
      try await git("branch", "-q", "-D", "feature/x")
      try await eventually("the branch is gone", within: .seconds(30), every: .milliseconds(500)) {
        try await run(fleet, "cp.envs") == ["base", "v1"]
      }
      // An operator does not have to wait for that.
      try await git("tag", "v2")
      #expect(try await fleet.brine("fileserver", "update", "git").exitCode == 0)
      #expect(try await fleet.brine("fileserver", "envs").outputText == "base\nv1\nv2\n")
      #expect(
        try await fleet.brine("fileserver", "files", "formula").outputText == "formula/link\nformula/one.sls\n")
      #expect(try await fleet.brine("fileserver", "dirs", "--saltenv", "v2").outputText == "formula\n")
      try HostFiles().removeTree("\(place)/repo/.git")
      let failed = try await fleet.brine("fileserver", "update")
      #expect(failed.exitCode == 1 && failed.errorText.contains("file://\(place)/repo"), "\(failed.errorText)")
    }
  }
}
