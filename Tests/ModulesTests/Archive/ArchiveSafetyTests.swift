import Functions
import Glibc
import HostSystem
import HostSystemTesting
import Testing

@testable import Modules

@Suite struct ArchiveSafetyTests {
  private let root: TemporaryDirectory
  private let files: HostFiles

  init() throws {
    root = try TemporaryDirectory()
    files = HostFiles(root: root.path)
    try files.makeDirectory("/srv/app/real")
    try files.makeDirectory("/etc")
    symlink("/etc", files.resolve("/srv/app/away"))
    symlink("real", files.resolve("/srv/app/near"))
    symlink("/srv/app/real", files.resolve("/srv/app/full"))
  }

  private static func link(_ path: String, _ target: String) -> ArchiveMember {
    ArchiveMember(path, .symbolicLink(target: target))
  }

  @Test(
    arguments: [
      [ArchiveMember("/etc/passwd", .file)], [ArchiveMember("../x", .file)], [ArchiveMember("a/../../x", .file)],
      [ArchiveMember("", .file)], [ArchiveMember("a\0b", .file)], [ArchiveMember("dev", .special)],
      [link("a", "/etc")], [link("a", "..")], [link("a/b", "../../x")], [link("a", "b/../../x")],
      // Two links that lead out together only.
      [link("d/up", ".."), link("out", "d/up/..")], [link("a", "b"), link("b", "../x")],
      [link("a", "a"), ArchiveMember("a/x", .file)],
      [ArchiveMember("h", .hardLink(target: "/etc/shadow"))], [ArchiveMember("h", .hardLink(target: "../x"))],
      [ArchiveMember("h", .hardLink(target: "away/shadow"))],
      // Through links that lie there already.
      [ArchiveMember("away/x", .file)], [ArchiveMember("near/../away/x", .file)], [link("a", "away/x")],
      [link("near2", "away"), ArchiveMember("near2/x", .file)],
    ])
  func whatLeadsOutIsRefused(_ members: [ArchiveMember]) {
    #expect(throws: StateRefusal.self) { try ArchiveSafety.check(members, into: "/srv/app", files) }
  }

  @Test(
    arguments: [
      [ArchiveMember("a/b", .file), ArchiveMember("a/", .directory), ArchiveMember("./c", .file)],
      [link("a", "b")], [link("a/b", "../c")], [link("a/b", "c/../..")], [link("a", "./b/./c")],
      [ArchiveMember("near/x", .file)], [ArchiveMember("full/x", .file)],
      [ArchiveMember("f", .file), ArchiveMember("h", .hardLink(target: "f"))],
      // A link that stands in the way is replaced, not followed.
      [ArchiveMember("away", .file)], [ArchiveMember("...", .file), ArchiveMember("..a/b", .file)],
    ])
  func whatStaysInsideIsTaken(_ members: [ArchiveMember]) throws {
    try ArchiveSafety.check(members, into: "/srv/app", files)
  }

  @Test(
    arguments: [
      ("-rw-r--r-- 0/0 2 2026-11-25 19:39:00 \"a b/f\\\"q\\\\\"", ArchiveMember("a b/f\"q\\", .file)),
      ("drwxr-sr-x 0/0 0 2026-11-25 19:39:00 \"d/\"", ArchiveMember("d", .directory, isPrivileged: true)),
      ("lrwxrwxrwx 0/0 0 2026-11-25 19:39:00 \"l -> x\" -> \"f\\nx\"", link("l -> x", "f\nx")),
      (
        "hrw-r--r-- 0/0 0 2026-11-25 19:39:00 \"h\" link to \"a\\303\\274\"",
        ArchiveMember("h", .hardLink(target: "aü"))
      ),
      ("prw-r--r-- 0/0 0 2026-11-25 19:39:00 \"p\"", ArchiveMember("p", .special)),
      ("crw-r--r-- 0/0 1,3 2026-11-25 19:39:00 \"null\"", ArchiveMember("null", .special)),
      ("-rwsr-xr-x 0/0 2 2026-11-25 19:39:00 \"su\"", ArchiveMember("su", .file, isPrivileged: true)),
    ])
  func tarsLinesAreRead(_ line: String, _ member: ArchiveMember) { #expect(TarListing.member(line) == member) }

  @Test(arguments: ["", "x", "-rw-r--r-- 0/0 2 2026 a", "lrwxrwxrwx 0/0 0 2026 \"l\"", "-rw \"open"])
  func brokenLinesAreNone(_ line: String) { #expect(TarListing.member(line) == nil) }

  @Test(
    arguments: [
      "-P", "xPf", "-C /etc", "--absolute-names", "--abs", "--directory=/etc", "--transform=s,a,b,", "--xform=s,a,b,",
      "--to-command=sh", "-F x", "--checkpoint-action=exec=sh", "-O", "'open", "--keep-directory-symlink",
      "--one-top-level=/etc", "-T list", "--files-from=list", "-g state", "zG",
    ])
  func optionsThatWriteElsewhereAreRefused(_ options: String) {
    #expect(throws: StateRefusal.self) { try TarProgram.words(options) }
  }

  @Test func options() throws {
    #expect(try TarProgram.words("zxvf --strip-components=1") == ["-z", "--strip-components=1"])
    #expect(try TarProgram.words("v") == [])
    #expect(try TarProgram.words("--strip 2 --exclude='a b'") == ["--strip", "2", "--exclude=a b"])
    #expect(TarProgram.stripped(["--strip", "2"]) == 2)
    #expect(TarProgram.stripped(["--strip-components=1"]) == 1)
    #expect(TarProgram.stripped(["-z"]) == 0)
    #expect(ArchiveMember("a/b/c", .file).stripped(2)?.path == "c")
    #expect(ArchiveMember("a/b", .file).stripped(2) == nil)
  }

  @Test func listings() {
    let listing = ArchiveListing([
      ArchiveMember("app-1/bin/run", .file), ArchiveMember("app-1/lib/", .directory),
      ArchiveMember("app-1/cur", .symbolicLink(target: "lib")),
    ])
    #expect(listing.topDirectories == ["app-1/"])
    #expect(listing.directories == ["app-1/lib/"] && listing.links == ["app-1/cur"])
    #expect(listing.withParents().directories == ["app-1/bin/", "app-1/lib/"])
    #expect(ArchiveListing([ArchiveMember("a", .file), ArchiveMember("b/c", .file)]).topFiles == ["a"])
    #expect(ArchiveListing([]).topDirectories.isEmpty)
  }

  @Test(
    arguments: [
      ("a.tar.gz", ArchiveFormat.tar), ("A.TGZ", .tar), ("a.tar.xz", .tar), ("a.zip", .zip), ("a.rar", .rar),
      ("tar", nil), ("a.gz", nil),
    ] as [(String, ArchiveFormat?)])
  func formats(_ name: String, _ format: ArchiveFormat?) { #expect(ArchiveFormat(name: name) == format) }
}
