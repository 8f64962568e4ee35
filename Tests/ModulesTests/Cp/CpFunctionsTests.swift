import Functions
import HostSystem
import HostSystemTesting
import OrderedCollections
import States
import Testing
import Value

@testable import Modules

/// `cp.*` on a host with roots of its own: the same functions as with a master's.
@Suite struct CpFunctionsTests {
  private let directory: TemporaryDirectory
  private let files = HostFiles()

  init() throws {
    directory = try TemporaryDirectory()
    for (path, text) in [
      ("roots/top.sls", "base: {}\n"), ("roots/web/init.sls", ""), ("roots/web/conf/a.conf", "a\n"),
      ("roots/web/conf/sub/b.conf", "b\n"), ("roots/webmail/x", "x\n"), ("roots/t.jinja", "{{ n }} {{ saltenv }}\n"),
      ("dev/only-dev", "dev\n"), ("local", "local\n"),
    ] {
      let full = directory.path(path)
      try files.makeDirectory(String(full[..<(full.lastIndex(of: "/") ?? full.endIndex)]))
      try files.write(full, text: text)
    }
    try files.makeDirectory(directory.path("roots/web/conf/empty"))
  }

  private func call(_ name: String, _ positional: [Value] = [], _ named: ValueMap = [:], test: Bool = false)
    async throws -> Value
  {
    let registry = FunctionRegistry(CpFunctions.all + FileFunctions.all)
    let roots: Value = ["base": [.string(directory.path("roots"))], "dev": [.string(directory.path("dev"))]]
    let context = FunctionContext(
      commands: SubprocessRunner(), files: files,
      options: [
        "id": "m1", "file_roots": roots, "pillar_roots": ["base": [.string(directory.path("pillar"))]],
        "cachedir": .string(directory.path("cache")),
      ], isTest: test, registry: registry)
    return try await registry.call(name, CallArguments(positional, named: named), context)
  }

  private func place(_ name: String) -> Value { .string(directory.path(name)) }

  @Test func lists() async throws {
    #expect(try await call("cp.envs") == ["base", "dev"])
    #expect(try await call("cp.list_states") == ["top", "web"])
    #expect(try await call("cp.list_master", [], ["saltenv": "dev"]) == ["only-dev"])
    // Salt compares the beginning of the text.
    #expect(
      try await call("cp.list_master", [], ["prefix": "/web/conf/"]) == ["web/conf/a.conf", "web/conf/sub/b.conf"])
    #expect(
      try await call("cp.list_master_dirs", [], ["prefix": "web"]) == [
        "web", "web/conf", "web/conf/empty", "web/conf/sub", "webmail",
      ])
    #expect(try await call("cp.list_master", [], ["saltenv": "nowhere"]) == [])
  }

  @Test func fetchesFiles() async throws {
    #expect(try await call("cp.get_file", ["salt://top.sls", place("out/top")]) == false)
    #expect(try await call("cp.get_file", ["salt://nowhere", place("top")]) == "")
    #expect(
      try await call("cp.get_file", ["brine://top.sls", place("out/")], ["makedirs": true]) == place("out/top.sls"))
    #expect(try files.readText(directory.path("out/top.sls")) == "base: {}\n")
    #expect(try await call("cp.get_file", ["salt://only-dev?saltenv=dev", place("out")]) == place("out/only-dev"))
    #expect(
      try await call("cp.get_file", ["salt://{{ 'web' }}/conf/a.conf", place("out/{{ 'x' }}")], ["template": "jinja"])
        == place("out/x"))
    #expect(try await call("cp.get_file", ["salt://top.sls", place("not-there")], test: true) == place("not-there"))
    #expect(!files.exists(directory.path("not-there")))
    for wrong in ["salt://../local", "salt:///etc/passwd", "s3://example.com/x", "relative"] {
      await #expect(throws: FunctionError.self, "\(wrong)") {
        try await call("cp.get_file", [.string(wrong), place("out/wrong")])
      }
    }
  }

  @Test func keepsModeAndInodeOfWhatIsTheSame() async throws {
    try files.write(directory.path("here"), text: "old\n", mode: 0o600)
    #expect(try await call("cp.get_file", ["salt://top.sls", place("here")]) == place("here"))
    #expect(files.status(directory.path("here"))?.mode == 0o600)
    let inode = files.status(directory.path("here"))?.inode
    _ = try await call("cp.get_file", ["salt://top.sls", place("here")])
    #expect(files.status(directory.path("here"))?.inode == inode)
  }

  @Test func fetchesDirectories() async throws {
    let expected: Value = [
      place("out/conf/a.conf"), place("out/conf/empty"), place("out/conf/sub/b.conf"),
    ]
    #expect(try await call("cp.get_dir", ["salt://web/conf/", place("out")], test: true) == expected)
    #expect(!files.exists(directory.path("out")))
    #expect(try await call("cp.get_dir", ["salt://web/conf", place("out/")]) == expected)
    #expect(try files.readText(directory.path("out/conf/sub/b.conf")) == "b\n")
    #expect(files.isDirectory(directory.path("out/conf/empty")))
    #expect(try await call("cp.get_dir", ["salt://we", place("out")]) == [])
    await #expect(throws: FunctionError.self) { try await call("cp.get_dir", ["/etc", place("out")]) }
  }

  @Test func textsTemplatesAndAddresses() async throws {
    #expect(try await call("cp.get_file_str", ["salt://web/conf/a.conf"]) == "a\n")
    #expect(try await call("cp.get_file_str", ["salt://nowhere"]) == false)
    #expect(try await call("cp.get_template", ["salt://t.jinja", place("t")], ["n": 5]) == place("t"))
    #expect(try files.readText(directory.path("t")) == "5 base\n")
    #expect(try await call("cp.get_url", ["salt://top.sls", .null]) == "base: {}\n")
    #expect(try await call("cp.get_url", ["salt://nowhere"]) == false)
    #expect(try await call("cp.get_url", ["salt://top.sls", place("url")]) == place("url"))
    #expect(try await call("cp.get_url", [.string("file://" + directory.path("local"))]) == place("local"))
    await #expect(throws: FunctionError.self) { try await call("cp.get_url", ["s3://example.com/x"]) }
  }

  @Test func caches() async throws {
    let conf = "roots/web/conf"
    #expect(try await call("cp.cache_file", ["salt://top.sls"]) == place("roots/top.sls"))
    #expect(try await call("cp.cache_file", ["salt://nowhere"]) == false)
    #expect(
      try await call("cp.cache_files", ["salt://top.sls,salt://nowhere"]) == [place("roots/top.sls"), false])
    #expect(
      try await call("cp.cache_dir", ["salt://web"], ["exclude_pat": "*.sls"])
        == [place("\(conf)/a.conf"), place("\(conf)/sub/b.conf")])
    #expect(try await call("cp.cache_dir", ["salt://web"], ["include_pat": "E@sub/"]) == [place("\(conf)/sub/b.conf")])
    #expect(try await call("cp.cache_dest", ["salt://a/b?saltenv=f/x"]) == place("cache/files/f%2Fx/a/b"))
    #expect(try await call("cp.cache_local_file", ["/nowhere"]) == "")
    let copy = "cache/localfiles\(directory.path("local"))"
    #expect(try await call("cp.is_cached", [place("local")]) == "")
    #expect(try await call("cp.cache_local_file", [place("local")]) == place(copy))
    #expect(try await call("cp.is_cached", [place("local")]) == place(copy))
    #expect(try await call("cp.list_minion") == [place(copy)])
  }

  @Test func hashesAndModes() async throws {
    let hash = "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"
    #expect(
      try await call("cp.hash_file", ["salt://web/conf/a.conf"]) == ["hsum": .string(hash), "hash_type": "sha256"])
    #expect(try await call("cp.hash_file", ["salt://nowhere"]) == [:])
    #expect(try await call("cp.stat_file", ["salt://top.sls"]) == "0644")
    #expect(try await call("cp.stat_file", ["salt://top.sls"], ["octal": false]) == 33188)
    #expect(try await call("cp.stat_file", ["salt://nowhere"]) == .null)
    await #expect(throws: FunctionError.self) { try await call("cp.push", ["/etc/hostname"]) }
  }
}
