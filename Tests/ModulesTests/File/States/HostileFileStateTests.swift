import Functions
import Glibc
import HostSystem
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Other users' links, endless expressions, names that are no paths.
@Suite struct HostileFileStateTests {
  @Test func `a recursion changes a link, never what it leads to`() async throws {
    let host = try FileStateHost(["/secret": ["text": "s", "mode": "0600"], "/d/l": ["link": "/secret"]])
    guard unlink(host.files.resolve("/d/l")) == 0,
      symlink(host.files.resolve("/secret"), host.files.resolve("/d/l")) == 0
    else { return }
    _ = try await host.run(
      "file.directory",
      ["name": "/d", "file_mode": "0666", "dir_mode": "0755", "user": "daemon", "recurse": ["user", "mode"]])
    let status = host.files.status("/secret", followingLinks: false)
    #expect(status?.mode == 0o600)
    #expect(status?.uid == geteuid())
  }

  @Test func `a directory exchanged for a link is not gone into`() throws {
    let host = try FileStateHost(["/top/in/file": "x", "/outside/file": ["text": "o", "mode": "0600"]])
    let files = host.files
    try files.removeTree("/top/in")
    guard symlink(files.resolve("/outside"), files.resolve("/top/in")) == 0 else { return }
    #expect(throws: HostError.self) {
      try files.setAttributes("/top/in/file", below: "/top", uid: nil, gid: nil, mode: 0o666)
    }
    #expect(files.status("/outside/file")?.mode == 0o600)
  }

  @Test func `functions follow no link of another user`() throws {
    guard geteuid() == 0 else { return }
    let host = try FileStateHost(["/victim": ["text": "s", "mode": "0600"]])
    let files = host.files
    for (name, target) in [("/l", "/victim"), ("/dangling", "/new")] {
      try #require(symlink(files.resolve(target), files.resolve(name)) == 0)
      try #require(lchown(files.resolve(name), 1, 1) == 0)
    }
    #expect(throws: HostError.self) { try files.setMode("/l", 0o666) }
    #expect(throws: HostError.self) { try files.setOwner("/l", uid: 1, gid: 1, followingLinks: true) }
    #expect(throws: HostError.self) { try files.touch("/l", accessTime: 1, modificationTime: 1) }
    #expect(throws: HostError.self) { try files.touch("/dangling", accessTime: nil, modificationTime: nil) }
    #expect(!files.exists("/new"))
    let status = files.status("/victim")
    #expect(status?.mode == 0o600)
    #expect(status?.uid == 0)
    // One's own link is.
    try #require(symlink(files.resolve("/victim"), files.resolve("/own")) == 0)
    try files.setMode("/own", 0o640)
    try files.setOwner("/own", uid: 1, gid: nil, followingLinks: true)
    #expect(files.status("/victim")?.mode == 0o640)
    #expect(files.status("/victim")?.uid == 1)
    #expect(files.status("/own", followingLinks: false)?.uid == 0)
    try files.touch("/fresh", accessTime: nil, modificationTime: nil)
    #expect(files.exists("/fresh"))
  }

  @Test func `what was found is not removed through a link that came since`() throws {
    let host = try FileStateHost([
      "/top/in/file": "x", "/top/a/b/c": "x", "/top/f": "x", "/outside/file": "o", "/real/d/e": "x",
    ])
    let files = host.files
    try files.removeAll("/top/a/b", below: "/top")
    try files.removeAll("/top/f", below: "/top")
    try files.removeTree("/top/in")
    try #require(symlink(files.resolve("/outside"), files.resolve("/top/in")) == 0)
    #expect(throws: HostError.self) { try files.removeAll("/top/in/file", below: "/top") }
    #expect(files.exists("/outside/file"))
    try files.removeAll("/top/in", below: "/top")
    #expect(try files.entries("/top") == ["a"])
    #expect(files.exists("/outside/file"))
    // The top itself may be a link.
    try #require(symlink(files.resolve("/real"), files.resolve("/link")) == 0)
    try files.removeAll("/link/d", below: "/link")
    #expect(try files.entries("/real") == [])
  }

  @Test(arguments: ["file.managed", "file.append", "file.replace", "file.line"])
  func `a link that another user laid is not written through`(_ name: String) async throws {
    guard geteuid() == 0 else { return }
    let host = try FileStateHost(["/victim": "root's\n"])
    guard symlink(host.files.resolve("/victim"), host.files.resolve("/x")) == 0,
      lchown(host.files.resolve("/x"), 1, 1) == 0
    else { return }
    let more: ValueMap =
      switch name {
      case "file.managed": ["contents": "new"]
      case "file.append": ["text": "new"]
      case "file.replace": ["pattern": "root", "repl": "x"]
      default: ["mode": "insert", "location": "end", "content": "new"]
      }
    let result = try await host.run(name, more.merging(["name": "/x"]) { first, _ in first })
    #expect(result.result == false)
    #expect(try host.host.text("/victim") == "root's\n")
  }

  @Test(arguments: ["file.replace", "file.comment", "file.line"])
  func `an expression without an end is an error`(_ name: String) async throws {
    let host = try FileStateHost(["/x": .string(String(repeating: "a", count: 5000) + "!\n")])
    let pattern: Value = "(a+)+[xy]$"
    let more: ValueMap =
      switch name {
      case "file.replace": ["pattern": pattern, "repl": "x"]
      case "file.comment": ["regex": pattern]
      default: ["mode": "replace", "match": pattern, "content": "new"]
      }
    let result = try await host.run(name, more.merging(["name": "/x"]) { first, _ in first })
    #expect(result.result == false)
    #expect(result.comment.contains("too many steps"), "\(result.comment)")
  }

  @Test(arguments: FileStates.all.map(\.signature.name))
  func `a relative path changes nothing`(_ name: String) async throws {
    let host = try FileStateHost([:])
    let needed: ValueMap = [
      "file.recurse": ["source": "salt://tree"], "file.symlink": ["target": "/t"], "file.hardlink": ["target": "/t"],
      "file.replace": ["pattern": "a", "repl": "b"], "file.comment": ["regex": "a"], "file.uncomment": ["regex": "a"],
      "file.copy": ["source": "/y"], "file.copy_": ["source": "/y"], "file.rename": ["source": "/y"],
      "file.accumulated": ["filename": "x", "text": "t"], "file.mknod": ["ntype": "p"],
      "file.decode": ["encoded_data": "YQ=="], "file.serialize": ["dataset": ["a": 1]],
      "file.keyvalue": ["key": "a", "value": "b"], "file.line": ["mode": "delete", "content": "a"],
    ]
    var arguments = needed[name]?.mapValue ?? [:]
    arguments["name"] = "no/such/dir"
    let result = try await host.run(name, arguments)
    if !["file.missing", "file.pruned", "file.not_cached"].contains(name) {
      #expect(result.result == false, "\(name)")
    }
    #expect(host.snapshot().isEmpty)
  }

  @Test(arguments: ["/a\u{0}b"])
  func `a NUL is no part of a name`(_ path: String) async throws {
    let host = try FileStateHost([:])
    let result = try await host.run("file.managed", ["name": .string(path), "contents": "x"])
    #expect(result.result == false)
    #expect(host.snapshot().isEmpty)
  }

  @Test func `a pipe is not read`() async throws {
    let host = try FileStateHost([:])
    guard mkfifo(host.files.resolve("/p"), 0o600) == 0 else { return }
    #expect(try await host.run("file.managed", ["name": "/p", "contents": "x"]).result == false)
    #expect(try await host.run("file.append", ["name": "/p", "text": "x"]).result == false)
    #expect(try await host.run("file.managed", ["name": "/x", "source": "/p"]).result == false)
  }

  @Test func `a new secret is never readable for others`() async throws {
    // With the directory's default permissions gone, only the mode that it was made with counts.
    let host = try FileStateHost([:])
    let old = umask(0)
    defer { umask(old) }
    _ = try await host.run("file.managed", ["name": "/x", "contents_pillar": "secret", "mode": "0600"])
    #expect(host.files.status("/x")?.mode == 0o600)
  }
}
