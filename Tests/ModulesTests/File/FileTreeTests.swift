import Functions
import Glibc
import HostSystem
import HostSystemTesting
import Modules
import OrderedCollections
import Testing
import Value

@Suite struct FileTreeTests {
  private let host: DirectoryTestHost
  private let all = FileFunctions.all

  init() throws {
    host = try DirectoryTestHost([
      "/srv/app/main.conf": "x", "/srv/app/conf.d/a.conf": "aa", "/srv/app/conf.d/b.bak": "b", "/srv/keep": "keep",
    ])
    try host.link("/srv/app/out", to: "../keep")
    try host.link("/srv/app/updir", to: "..")
  }

  @Test func `remove takes a tree and follows no link`() async throws {
    #expect(try await host.call(all, "file.remove", "/srv/app/") == true)
    #expect(!host.files.exists("/srv/app"))
    #expect(try host.text("/srv/keep") == "keep")
    #expect(try await host.call(all, "file.remove", "/srv/app") == false)
  }

  @Test func `remove of a link to a directory leaves the directory`() async throws {
    #expect(try await host.call(all, "file.remove", "/srv/app/updir") == true)
    #expect(host.files.exists("/srv/keep"))
    #expect(host.files.status("/srv/app/updir", followingLinks: false) == nil)
  }

  @Test(arguments: ["/", "//", "/.", "/srv/..", "/srv/../..", "/./", "srv"])
  func `roots are never removed`(path: String) async throws {
    await #expect { try await host.call(all, "file.remove", .string(path)) } throws: {
      ($0 as? FunctionError)?.code == .badArguments
    }
    #expect(host.files.exists("/srv/keep"))
  }

  @Test func `copy keeps the mode`() async throws {
    try #require(chmod(host.files.resolve("/srv/keep"), 0o640) == 0)
    #expect(try await host.call(all, "file.copy", "/srv/keep", "/srv/copy") == true)
    #expect(try host.text("/srv/copy") == "keep")
    #expect(host.files.status("/srv/copy")?.mode == 0o640)
  }

  @Test func `copy of a directory wants recurse`() async throws {
    await #expect { try await host.call(all, "file.copy", "/srv/app", "/srv/two") } throws: {
      ($0 as? FunctionError)?.code == .badArguments
    }
    #expect(try await host.call(all, "file.copy", "/srv/app", "/srv/two", true) == true)
    #expect(try host.text("/srv/two/conf.d/a.conf") == "aa")
    #expect(host.files.linkTarget("/srv/two/out") == "../keep")
  }

  @Test func `a directory is not copied into itself`() async throws {
    await #expect { try await host.call(all, "file.copy", "/srv", "/srv/app/inner", true) } throws: {
      ($0 as? FunctionError)?.code == .badArguments
    }
    #expect(!host.files.exists("/srv/app/inner"))
  }

  @Test func `copy refuses what is no file`() async throws {
    try #require(mkfifo(host.files.resolve("/srv/pipe"), 0o600) == 0)
    await #expect(throws: FunctionError.self) { try await host.call(all, "file.copy", "/srv/pipe", "/srv/c") }
    #expect(!host.files.exists("/srv/c"))
  }

  @Test func `move goes into a directory`() async throws {
    let result = try await host.call(all, "file.move", "/srv/keep", "/srv/app/conf.d")
    #expect(result == ["result": true, "comment": "'/srv/keep' moved to '/srv/app/conf.d'"])
    #expect(try host.text("/srv/app/conf.d/keep") == "keep")
    #expect(!host.files.exists("/srv/keep"))
  }

  @Test func `rename takes another name`() async throws {
    #expect(try await host.call(all, "file.rename", "/srv/keep", "/srv/kept") == true)
    #expect(try host.text("/srv/kept") == "keep")
  }

  @Test func `symlink is idempotent and replaces only when told`() async throws {
    #expect(try await host.call(all, "file.symlink", "keep", "/srv/now") == true)
    #expect(try await host.call(all, "file.symlink", "keep", "/srv/now") == true)
    await #expect(throws: FunctionError.self) { try await host.call(all, "file.symlink", "app", "/srv/now") }
    #expect(try await host.call(all, "file.symlink", "app", "/srv/now", named: ["atomic": true]) == true)
    #expect(host.files.linkTarget("/srv/now") == "app")
    await #expect(throws: FunctionError.self) {
      try await host.call(all, "file.symlink", "keep", "/srv/app", named: ["force": true])
    }
    #expect(try await host.call(all, "file.readlink", "/srv/now") == "app")
    #expect(try await host.call(all, "file.readlink", "/srv/now", true) == "/srv/app")
    #expect(try await host.call(all, "file.is_link", "/srv/now") == true)
  }

  @Test func `hard links are counted`() async throws {
    #expect(try await host.call(all, "file.is_hardlink", "/srv/keep") == false)
    #expect(try await host.call(all, "file.link", "/srv/keep", "/srv/second") == true)
    #expect(try await host.call(all, "file.is_hardlink", "/srv/keep") == true)
    #expect(try await host.call(all, "file.diskusage", "/srv") == 8)
  }

  @Test func `makedirs makes what is above`() async throws {
    #expect(try await host.call(all, "file.makedirs", "/srv/x/y/file") == .null)
    #expect(host.files.isDirectory("/srv/x/y"))
    #expect(!host.files.exists("/srv/x/y/file"))
    #expect(try await host.call(all, "file.makedirs", "/srv/x/file") == "Directory '/srv/x' already exists")
    #expect(
      try await host.call(all, "file.makedirs", "/srv/keep/x")
        == "The path '/srv/keep' already exists and is not a directory")
  }

  @Test func `mkdir gives its mode to all it makes`() async throws {
    #expect(try await host.call(all, "file.mkdir", "/srv/n/m", named: ["mode": "0710"]) == true)
    #expect(host.files.status("/srv/n")?.mode == 0o710)
    #expect(host.files.status("/srv/n/m")?.mode == 0o710)
    #expect(try await host.call(all, "file.mkdir", "/srv/n/m", named: ["mode": "0755"]) == true)
    #expect(host.files.status("/srv/n/m")?.mode == 0o710)
  }

  @Test func `rmdir leaves what holds files`() async throws {
    try host.files.makeDirectory("/srv/empty/a/b")
    #expect(try await host.call(all, "file.rmdir", "/srv/empty") == false)
    let result = try await host.call(all, "file.rmdir", "/srv/empty", named: ["recurse": true, "verbose": true])
    #expect(result["result"] == true)
    #expect(result["deleted"] == ["/srv/empty/a/b", "/srv/empty/a", "/srv/empty"])
    #expect(try await host.call(all, "file.rmdir", "/srv/app", true) == false)
    #expect(host.files.exists("/srv/app/conf.d/a.conf"))
  }

  @Test func `readdir has the dots first`() async throws {
    #expect(try await host.call(all, "file.readdir", "/srv/app/conf.d") == [".", "..", "a.conf", "b.bak"])
  }

  @Test func `globs`() async throws {
    #expect(try await host.call(all, "file.path_exists_glob", "/srv/*/conf.d/[ab].conf") == true)
    #expect(try await host.call(all, "file.path_exists_glob", "/srv/*/conf.d/[!a].conf") == false)
  }

  @Test func `find by name, type, size and depth`() async throws {
    func find(_ named: ValueMap) async throws -> Value { try await host.call(all, "file.find", "/srv", named: named) }
    #expect(try await find(["name": "*.conf"]) == ["/srv/app/conf.d/a.conf", "/srv/app/main.conf"])
    #expect(try await find(["iname": "*.{BAK,x}"]) == ["/srv/app/conf.d/b.bak"])
    #expect(try await find(["type": "l"]) == ["/srv/app/out", "/srv/app/updir"])
    #expect(try await find(["type": "f", "size": "+2b", "maxdepth": 1]) == ["/srv/keep"])
    #expect(try await find(["name": "a.*", "print": "name,size,type"]) == [["a.conf", 2, "f"]])
    #expect(try await find(["type": "d", "mindepth": 2]) == ["/srv/app/conf.d", "/srv/app/updir"])
  }

  @Test func `find by time`() async throws {
    // A link counts as what it leads to.
    _ = try await host.call(all, "file.touch", "/srv/keep", 1_000, 1_000)
    #expect(try await host.call(all, "file.find", "/srv", named: ["mtime": "300d"]) == ["/srv/app/out", "/srv/keep"])
    let since = try await host.call(all, "file.find", "/srv", named: ["mtime": "-1d", "name": "keep"])
    #expect(since == [])
  }

  @Test(arguments: [["size": "big"], ["mtime": "soon"], ["type": "q"], ["print": "color"]] as [ValueMap])
  func `find refuses criteria it cannot read`(named: ValueMap) async throws {
    await #expect { try await host.call(all, "file.find", "/srv", named: named) } throws: {
      ($0 as? FunctionError)?.code == .badArguments
    }
  }

  @Test func `find does not delete`() async throws {
    await #expect(throws: FunctionError.self) { try await host.call(all, "file.find", "/srv", "delete") }
    #expect(host.files.exists("/srv/keep"))
  }
}
