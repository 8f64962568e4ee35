import Functions
import Glibc
import HostSystem
import HostSystemTesting
import Modules
import OrderedCollections
import Synchronization
import Testing
import Value

/// What no single answer of Salt shows: templates, accumulators, what a clean keeps, secrets.
@Suite struct FileStateTests {
  @Test func `a template sees defaults, context and the file`() async throws {
    let host = try FileStateHost([:])
    let arguments: ValueMap = [
      "name": "/x", "source": "salt://t.j2", "template": "jinja", "defaults": ["who": "nobody"],
      "context": ["who": "ops"],
    ]
    let result = try await host.run("file.managed", arguments)
    #expect(result.changes == ["diff": "New file", "mode": "0644"])
    #expect(try host.host.text("/x") == "hi ops /x\n")
    #expect(try await host.run("file.managed", arguments).changes.isEmpty)
  }

  @Test func `a template that fails says where`() async throws {
    let host = try FileStateHost([:])
    let arguments: ValueMap = ["name": "/x", "source": "salt://t.j2", "template": "jinja"]
    let real = try await host.run("file.managed", arguments)
    #expect(real.result == false)
    #expect(real.comment == "Unable to manage file: t.j2: a variable is not there")
    let planned = try await host.run("file.managed", arguments, isTest: true)
    #expect(planned.comment == "t.j2: a variable is not there")
    #expect(!host.files.exists("/x"))
  }

  @Test func `contents are a template too`() async throws {
    let host = try FileStateHost([:])
    _ = try await host.run(
      "file.managed", ["name": "/x", "contents": "a {{ b }}", "template": "jinja", "context": ["b": "c"]])
    #expect(try host.host.text("/x") == "a c\n")
  }

  @Test(arguments: [
    ("http://h/f", "Unable to verify upstream hash of source file http://h/f, please set source_hash or set "),
    ("https://user:pw@h/f", "Unable to verify upstream hash of source file https://<redacted>@h/f, "),
    ("s3://b/f", "Source s3://b/f cannot be fetched: give an http, https or ftp address"),
  ])
  func `what another machine has needs a hash`(_ source: String, _ words: String) async throws {
    let host = try FileStateHost([:])
    let result = try await host.run("file.managed", ["name": "/x", "source": .string(source)])
    #expect(result.result == false)
    #expect(result.comment.hasPrefix("Unable to manage file: \(words)"))
  }

  /// Salt 3008's comments.
  @Test func `what another machine has is fetched once`() async throws {
    let digest = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
    let root = Mutex("")
    let commands = ScriptedCommands(programs: ["curl"]) { command in
      let files = HostFiles(root: root.withLock { $0 })
      for name in (try? files.entries("/var/cache/extrn_files")) ?? [] where name.contains(".part-") {
        try? files.write("/var/cache/extrn_files/\(name)", text: "hello\n")
      }
      return command.arguments[0] == "sha256sum" ? CommandResult(exit: 0, digest + "  x\n") : CommandResult()
    }
    let host = try FileStateHost([:], commands: commands)
    root.withLock { $0 = host.files.root }
    func run(_ hash: String, isTest: Bool = false) async throws -> StateResult {
      try await host.run(
        "file.managed", ["name": "/x", "source": "http://h/f", "source_hash": .string(hash)], isTest: isTest)
    }
    func fetches() -> Int { commands.runs.filter { $0[0] == "curl" }.count }
    let wrong = "sha256=0\(digest.dropFirst())"
    #expect(
      try await run(wrong).comment
        == "Specified sha256 checksum for /x (0\(digest.dropFirst())) does not match actual checksum (\(digest))")
    #expect(!host.files.exists("/x"))
    #expect(try await run(digest).changes["diff"] == "New file")
    #expect(try host.host.text("/x") == "hello\n")
    let before = fetches()
    #expect(try await run(digest).comment == "File /x exists with proper permissions. No changes made.")
    #expect(fetches() == before)
  }

  @Test(arguments: ["salt://../etc/passwd", "salt:///etc/passwd", "salt://a/../../x", "salt://"])
  func `a source stays below its roots`(_ source: String) async throws {
    let host = try FileStateHost([:])
    let result = try await host.run("file.managed", ["name": "/x", "source": .string(source)])
    #expect(result.comment == "Unable to manage file: Source file \(source) not found in saltenv 'base'")
  }

  @Test func `a diff of what the pillar holds is hidden`() async throws {
    let host = try FileStateHost(["/x": "old\n"])
    for isTest in [true, false] {
      let result = try await host.run("file.managed", ["name": "/x", "contents_pillar": "secret"], isTest: isTest)
      #expect(result.changes == ["diff": "<show_changes=False>"])
    }
    #expect(try host.host.text("/x") == "s3cret\nline2\n")
    let data = try FileStateHost(["/x": "{}\n"])
    let result = try await data.run("file.serialize", ["name": "/x", "dataset_pillar": "data", "serializer": "json"])
    #expect(result.changes == ["diff": "<show_changes=False>"])
  }

  @Test func `backup minion keeps the file as it was`() async throws {
    let host = try FileStateHost(["/etc/app/x": "old\n"])
    _ = try await host.run("file.managed", ["name": "/etc/app/x", "contents": "new", "backup": "minion"])
    let directory = "/var/cache/file_backup/etc/app"
    let names = host.files.entriesIfPresent(directory)
    #expect(names.count == 1)
    #expect(try host.host.text("\(directory)/\(names.first ?? "")") == "old\n")
  }

  @Test func `accumulators reach the file they are for`() async throws {
    let host = try FileStateHost(["/hosts": "top\n# {\n# }\n"])
    let chunk: ValueMap = ["__id__": "acc", "require_in": [["file": "/hosts"]]]
    for text in ["10.0.0.1 a", "10.0.0.2 b", "10.0.0.1 a"] {
      let result = try await host.run(
        "file.accumulated", ["name": "acc", "filename": "/hosts", "text": .string(text)], chunk: chunk)
      #expect(result.result == true)
    }
    _ = try await host.run(
      "file.blockreplace", ["name": "/hosts", "marker_start": "# {", "marker_end": "# }", "backup": false])
    #expect(try host.host.text("/hosts") == "top\n# {\n10.0.0.1 a\n10.0.0.2 b\n# }\n")
    _ = try await host.run(
      "file.managed", ["name": "/hosts", "contents": "{{ accumulator }}", "template": "jinja"])
    #expect(try host.host.text("/hosts") == "{\"acc\":[\"10.0.0.1 a\",\"10.0.0.2 b\"]}\n")
  }

  @Test func `an accumulator without a file is an orphan`() async throws {
    let host = try FileStateHost([:])
    let result = try await host.run("file.accumulated", ["name": "a", "filename": "/x", "text": "t"])
    #expect(result.result == false)
    #expect(result.comment == "Orphaned accumulator a in :")
  }

  @Test func `a clean keeps what required states put there`() async throws {
    let host = try FileStateHost(["/d/kept": "1", "/d/old": "2", "/d/s/x": "3", "/d/s/y": "4"])
    var chunk: ValueMap = ["name": "/d", "require": [["file": "k"], ["file": "/d/s/x"]]]
    let low: [ValueMap] = [
      ["name": "/d/kept", "__id__": "k", "fun": "managed"], ["name": "/d/s/x", "__id__": "x", "fun": "managed"],
    ]
    var context = host.context
    chunk["__id__"] = "/d"
    (context.chunk, context.lowChunks) = (chunk, low + [chunk])
    guard let state = FileStates.all.first(where: { $0.signature.name == "file.directory" }) else { return }
    let arguments = try Arguments(
      binding: CallArguments(named: ["name": "/d", "clean": true]), to: state.signature)
    let result = try await state.body(arguments, context)
    #expect(result.changes["removed"] == ["/d/old", "/d/s/y"])
    #expect(host.files.exists("/d/kept") && host.files.exists("/d/s/x"))
    #expect(!host.files.exists("/d/old") && !host.files.exists("/d/s/y"))
  }

  @Test func `a recursion makes links of links when told so`() async throws {
    let host = try FileStateHost([:])
    try host.host.link("/srv/salt/tree/l", to: "x.conf")
    try host.host.link("/srv/salt/tree/sub2", to: "sub")
    _ = try await host.run("file.recurse", ["name": "/copied", "source": "salt://tree"])
    #expect(host.files.linkTarget("/copied/l") == nil)
    #expect(try host.host.text("/copied/l") == "x\n")
    let arguments: ValueMap = ["name": "/d", "source": "salt://tree", "keep_symlinks": true]
    let result = try await host.run("file.recurse", arguments)
    #expect(result.result == true)
    #expect(host.files.linkTarget("/d/l") == "x.conf")
    #expect(host.files.linkTarget("/d/sub2") == "sub")
    #expect(try await host.run("file.recurse", arguments).changes.isEmpty)
  }

  @Test func `patch applies once`() async throws {
    let host = try FileStateHost(["/f": "one\ntwo\n"])
    guard SubprocessRunner().which("patch") != nil else { return }
    let arguments: ValueMap = ["name": "/f", "source": "salt://p.patch"]
    let planned = try await host.run("file.patch", arguments, isTest: true)
    #expect(planned.result == nil)
    #expect(planned.comment == "The patch would be applied")
    let first = try await host.run("file.patch", arguments)
    #expect(first.comment == "Patch successfully applied")
    #expect(try host.host.text("/f") == "one\nTWO\n")
    let second = try await host.run("file.patch", arguments)
    #expect(second.comment == "Patch was already applied")
    #expect(second.result == true && second.changes.isEmpty)
    try host.files.write("/f", text: "quite\nother\n")
    let third = try await host.run("file.patch", arguments)
    #expect(third.result == false)
    #expect(third.comment.hasPrefix("Patch would not apply cleanly"))
    #expect(host.files.entriesIfPresent("/tmp").isEmpty)
  }

  @Test func `patch takes no options that write elsewhere`() async throws {
    let host = try FileStateHost(["/f": "one\n"], commands: ScriptedCommands([:]))
    let result = try await host.run(
      "file.patch", ["name": "/f", "source": "salt://p.patch", "options": "-u -o /etc/passwd"])
    #expect(result.comment == "The following CLI options are not allowed: -o")
  }

  @Test func `every state has its documentation`() {
    for state in FileStates.all {
      #expect(state.signature.parameters.first?.name == "name")
      #expect(!state.signature.summary.isEmpty && !state.signature.details.isEmpty)
    }
  }
}
