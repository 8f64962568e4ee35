import Glibc
import HostSystem
import HostSystemTesting
import Testing

@Suite struct GuardedDirectoryTests {
  private let root: TemporaryDirectory
  private let files: HostFiles
  private let new = GuardedDirectory.Making(mode: 0o600, uid: getuid(), gid: getgid())

  init() throws {
    root = try TemporaryDirectory()
    files = HostFiles(root: root.path)
    try files.makeDirectory("/home/eve/.ssh")
    try files.makeDirectory("/root/.ssh", mode: 0o700)
  }

  private func link(_ path: String, to target: String, uid: UInt32 = getuid()) {
    #expect(symlink(target, files.resolve(path)) == 0)
    if uid != getuid() { #expect(lchown(files.resolve(path), uid, uid) == 0) }
  }

  @Test func writesAndReads() throws {
    let directory = try GuardedDirectory("/home/eve/.ssh", files)
    #expect(try directory.read("keys") == nil)
    try directory.write("keys", Array("a\n".utf8), new: new)
    #expect(try directory.read("keys") == Array("a\n".utf8))
    #expect(files.status("/home/eve/.ssh/keys")?.mode == 0o600)
    chmod(files.resolve("/home/eve/.ssh/keys"), 0o640)
    try directory.write("keys", Array("b\n".utf8), new: new)
    #expect(files.status("/home/eve/.ssh/keys")?.mode == 0o640)
    #expect(try files.entries("/home/eve/.ssh") == ["keys"])
  }

  @Test func makesWhatIsMissing() throws {
    _ = try GuardedDirectory("/home/eve/a/b", files) { path in
      .init(mode: path.hasSuffix("/b") ? 0o700 : 0o755, uid: getuid(), gid: getgid())
    }
    #expect(files.status("/home/eve/a")?.mode == 0o755)
    #expect(files.status("/home/eve/a/b")?.mode == 0o700)
    #expect { try GuardedDirectory("/home/eve/none/x", files) } throws: { ($0 as? HostError)?.code == .notFound }
  }

  @Test func linksOfTheHostAreFollowed() throws {
    link("/house", to: "home")
    link("/home/far", to: "/home/eve")
    try GuardedDirectory("/house/far/.ssh", files).write("keys", [65], new: new)
    #expect(files.isFile("/home/eve/.ssh/keys"))
    // What is missing is asked for by the path that was given, not by where it is.
    _ = try GuardedDirectory("/house/far/new", files) { path in
      #expect(path == "/house/far/new")
      return .init(mode: 0o700, uid: getuid(), gid: getgid())
    }
    #expect(files.isDirectory("/home/eve/new"))
    link("/home/loop", to: "/home/loop")
    #expect(throws: HostError.self) { try GuardedDirectory("/home/loop/x", files) }
  }

  @Test(.enabled(if: geteuid() == 0)) func linksOfUsersAreNot() throws {
    chown(files.resolve("/home/eve"), 4711, 4711)
    chown(files.resolve("/home/eve/.ssh"), 4711, 4711)
    link("/home/eve/away", to: "/root/.ssh", uid: 4711)
    // One of root's own, where the user may have put it.
    link("/home/eve/moved", to: "/root/.ssh")
    for path in ["/home/eve/away", "/home/eve/moved"] {
      #expect { try GuardedDirectory(path, files) } throws: { ($0 as? HostError)?.code == .invalid }
    }
    let directory = try GuardedDirectory("/home/eve/.ssh", files)
    try files.write("/root/.ssh/keys", text: "root's\n")
    link("/home/eve/.ssh/keys", to: "/root/.ssh/keys", uid: 4711)
    #expect(throws: HostError.self) { try directory.read("keys") }
    #expect(throws: HostError.self) { try directory.write("keys", [66], new: new) }
    #expect(try files.readText("/root/.ssh/keys") == "root's\n")
  }

  @Test func whatIsNoFileIsRefused() throws {
    #expect(mkfifo(files.resolve("/home/eve/.ssh/pipe"), 0o600) == 0)
    let directory = try GuardedDirectory("/home/eve/.ssh", files)
    #expect(throws: HostError.self) { try directory.read("pipe") }
    #expect(throws: HostError.self) { try directory.write("pipe", [1], new: new) }
    try directory.write("large", [UInt8](repeating: 1, count: 100), new: new)
    #expect { try directory.read("large", limit: 10) } throws: { ($0 as? HostError)?.code == .tooLarge }
  }
}
