import Functions
import Glibc
import HostSystem
import HostSystemTesting
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments and changes are Salt 3008's. tar and unzip are real.
@Suite struct ArchiveStatesTests {
  private static let hasZip = SubprocessRunner().which("zip") != nil && SubprocessRunner().which("unzip") != nil
  private let host: StateTestHost
  private let work: TemporaryDirectory

  init() throws {
    host = try StateTestHost()
    work = try TemporaryDirectory()
    try HostFiles().makeDirectory(work.path("app/bin"))
    try HostFiles().write(work.path("app/bin/run"), text: "1", mode: 0o4775)
    try HostFiles().write(work.path("app/note"), text: "2")
    symlink("bin", work.path("app/link"))
  }

  private func pack(_ archive: String, _ words: String...) async throws {
    var command = Command(words + [host.files.resolve(archive), "app"])
    if words[0] == "zip" { command = Command(["zip", "-qry", host.files.resolve(archive), "app"]) }
    command.workingDirectory = work.path
    #expect(try await SubprocessRunner().run(command).isSuccess)
  }

  private func call(_ named: ValueMap, isTest: Bool = false) async throws -> StateResult {
    try await host.call(
      ArchiveStates.all, "archive.extracted", named.merging(["name": "/opt/x"]) { own, _ in own }, isTest: isTest,
      SubprocessRunner())
  }

  @Test func aTarIsExtractedOnce() async throws {
    try await pack("/srv/salt/app.tar.gz", "tar", "-czf")
    let named: ValueMap = ["source": "salt://app.tar.gz"]
    let absence = ", due to absence of one or more files/dirs"
    #expect(
      try await call(named, isTest: true)
        == StateResult(nil, "Archive salt://app.tar.gz would be extracted to /opt/x/\(absence)"))
    #expect(!host.files.exists("/opt/x"))
    let first = try await call(named)
    #expect(first.comment == "salt://app.tar.gz extracted to /opt/x/\(absence)")
    #expect(first.changes["directories_created"] == ["/opt/x/"])
    #expect(
      Set(first.changes["extracted_files"]?.listValue ?? [])
        == ["app", "app/bin", "app/bin/run", "app/note", "app/link"])
    // Without setuid, and for nobody but the owner to write.
    #expect(host.files.status("/opt/x/app/bin/run")?.mode == 0o755)
    #expect(host.files.linkTarget("/opt/x/app/link") == "bin")
    let there = StateResult(true, "All files in archive are already present")
    #expect(try await call(named) == there)
    #expect(try await call(named, isTest: true) == there)
    try host.files.remove("/opt/x/app/note")
    #expect(try await call(named).changes["extracted_files"] != nil)
    #expect(host.files.isFile("/opt/x/app/note"))
    #expect(
      try await call(named.merging(["overwrite": true]) { $1 }).comment == "salt://app.tar.gz extracted to /opt/x/")
  }

  @Test(.enabled(if: hasZip)) func aZipIsExtractedOnce() async throws {
    try await pack("/srv/app.zip", "zip")
    let named: ValueMap = ["source": "/srv/app.zip"]
    let first = try await call(named)
    #expect(first.result == true)
    #expect(first.comment.hasSuffix("app.zip extracted to /opt/x/, due to absence of one or more files/dirs"))
    #expect(host.files.linkTarget("/opt/x/app/link") == "bin")
    #expect(host.files.status("/opt/x/app/bin/run")?.mode == 0o775)
    #expect(try await call(named) == StateResult(true, "All files in archive are already present"))
    let plain = try await call(["source": "/srv/app.zip", "name": "/opt/y", "extract_perms": false, "trim_output": 2])
    #expect(plain.comment.hasSuffix(". Output was trimmed to 2 number of lines"))
    #expect(plain.changes["extracted_files"]?[2] == "List trimmed after 2 files.")
    #expect(host.files.status("/opt/y/app/bin/run")?.mode == 0o644)
  }

  @Test func hashesAreCompared() async throws {
    try await pack("/srv/salt/app.tar", "tar", "-cf")
    let sum = try await FileDigest.sha256.digest(
      of: "/srv/salt/app.tar", host.context(SubprocessRunner(), isTest: false, chunk: [:]).functions)
    let wrong = String(repeating: "0", count: 64)
    let refused = try await call(["source": "salt://app.tar", "source_hash": .string(wrong)])
    #expect(refused.result == false)
    #expect(refused.comment.contains("does not match the specified hash (\(wrong))"))
    let local = try await call(["source": "/srv/salt/app.tar", "source_hash": .string(wrong)])
    #expect(local.comment.contains("does not match the desired source_hash \(wrong)"))
    #expect(!host.files.exists("/opt/x"))
    let named: ValueMap = [
      "source": "salt://app.tar", "source_hash": .string("sha256=\(sum)"), "source_hash_update": true,
      "skip_files_list_verify": true,
    ]
    #expect(try await call(named).changes["extracted_files"] != nil)
    #expect(
      try await call(named).comment
        == "Archive salt://app.tar existing source sum is the same as the expected one and skip_files_list_verify "
        + "argument was set to True. Extraction is not needed")
  }

  @Test func stripping() async throws {
    try await pack("/srv/app.tar", "tar", "-cf")
    let named: ValueMap = [
      "source": "/srv/app.tar", "options": "--strip-components=1", "enforce_toplevel": false,
    ]
    #expect(try await call(named).result == true)
    #expect(host.files.isFile("/opt/x/note") && host.files.isFile("/opt/x/bin/run"))
    #expect(try await call(named) == StateResult(true, "All files in archive are already present"))
  }

  @Test func whatIsInTheWay() async throws {
    try await pack("/srv/app.tar", "tar", "-cf")
    try host.files.makeDirectory("/opt/x/app/note")
    let named: ValueMap = ["source": "/srv/app.tar"]
    let refused = try await call(named)
    #expect(refused.result == false)
    #expect(
      refused.comment
        == "The below paths (relative to /opt/x/) exist, but are the incorrect type (file instead of directory, symlink "
        + "instead of file, etc.). To proceed with extraction, set 'force' to True. Note that this will remove these "
        + "paths before extracting.\n\n- app/note")
    let forced = try await call(named.merging(["force": true]) { $1 })
    #expect(forced.changes["removed"] == ["/opt/x/app/note"])
    #expect(host.files.isFile("/opt/x/app/note"))
    try host.files.write("/opt/x/app/own", text: "")
    try host.files.write("/opt/x/other", text: "")
    let cleaned = try await call(named.merging(["clean": true, "overwrite": true]) { $1 })
    #expect(cleaned.changes["removed"] == ["/opt/x/app/"])
    #expect(!host.files.exists("/opt/x/app/own") && host.files.exists("/opt/x/other"))
    let whole = try await call(named.merging(["clean_parent": true, "overwrite": true]) { $1 })
    #expect(whole.changes["removed"] == "Directory /opt/x/ was removed prior to the extraction")
    #expect(!host.files.exists("/opt/x/other"))
  }

  @Test func whatLeadsOutIsNotExtracted() async throws {
    symlink("/etc", work.path("app/out"))
    try await pack("/srv/app.tar", "tar", "-cf")
    let result = try await call(["source": "/srv/app.tar"])
    #expect(result == StateResult(false, "The archive holds a link that leads out of /opt/x: app/out -> /etc"))
    #expect(!host.files.exists("/opt/x"))
  }

  @Test func ownersAreSet() async throws {
    try await pack("/srv/app.tar", "tar", "-cf")
    try host.files.write("/etc/passwd", text: "me:x:\(getuid()):\(getgid())::/:/bin/sh\neve:x:4711:4711::/:/bin/sh\n")
    #expect(try await call(["source": "/srv/app.tar", "user": "me"]).changes["updated ownership"] == nil)
    guard geteuid() == 0 else { return }
    let named: ValueMap = ["source": "/srv/app.tar", "user": "eve"]
    #expect(
      try await call(named, isTest: true)
        == StateResult(
          nil,
          "All files in archive are already present. Ownership would be updated on one or more files/directories.",
          changes: ["updated ownership": true]))
    #expect(try await call(named).changes == ["updated ownership": true])
    #expect(host.files.status("/opt/x/app/link", followingLinks: false)?.uid == 4711)
    #expect(host.files.status("/opt/x/app/bin/run")?.uid == 4711)
    #expect(try await call(named).changes.isEmpty)
  }

  @Test(
    arguments: [
      (["name": "rel"], "rel is not an absolute path"),
      (["source": "/none.tar"], "Source file '/none.tar' does not exist"),
      (["if_missing": "rel"], "Value for 'if_missing' is not an absolute path"),
      (["enforce_ownership_on": "/etc"], "Value for 'enforce_ownership_on' must be within /opt/x/"),
      (["user": "nobodythere"], "User nobodythere does not exist"),
      (["group": "nobodythere"], "Group nobodythere does not exist"),
      (
        ["archive_format": "foo"],
        "Invalid archive_format 'foo'. Either set it to a supported value (tar, rar, zip) or remove this argument and "
          + "the archive format will be guessed based on file extension."
      ),
      (["password": "x"], "The 'password' argument is only supported for zip archives"),
      (
        ["skip_files_list_verify": true, "skip_verify": true],
        "Only one of \"skip_files_list_verify\" and \"skip_verify\" can be set to True"
      ), (["clean": true, "clean_parent": true], "Only one of 'clean' and 'clean_parent' can be set to True"),
      (["name": "/etc/file"], "/etc/file exists and is not a directory"),
      (["trim_output": "x"], "Invalid value for trim_output, must be True/False or an integer"),
      (["options": "-C /etc"], "tar's option '-C' could write outside of the directory; it is refused"),
      (["signature": "x"], "'signature' is not supported: signatures are not verified. Give source_hash instead"),
    ] as [(ValueMap, String)])
  func badArgumentsAreRefused(_ named: ValueMap, _ comment: String) async throws {
    try await pack("/srv/app.tar", "tar", "-cf")
    try host.files.write("/etc/file", text: "")
    for isTest in [true, false] {
      #expect(
        try await call(named.merging(["source": "/srv/app.tar"]) { own, _ in own }, isTest: isTest)
          == StateResult(false, comment))
    }
    #expect(!host.files.exists("/opt/x"))
  }

  @Test func otherConditions() async throws {
    try await pack("/srv/app.tar", "tar", "-cf")
    #expect(
      try await call(["source": "/srv/app.tar", "if_missing": "/etc"]) == StateResult(true, "Path /etc exists"))
    try host.files.write("/srv/odd", text: "no archive")
    #expect(
      try await call(["source": "/srv/odd"]).comment.hasPrefix("Could not guess archive_format from the value"))
    let broken = try await call(["source": "/srv/odd", "archive_format": "tar"])
    #expect(broken.comment.hasPrefix("Unable to list contents of /srv/odd: "))
    try HostFiles().write(work.path("second"), text: "")
    var command = Command("tar", "-cf", host.files.resolve("/srv/two.tar"), "app", "second")
    command.workingDirectory = work.path
    _ = try await SubprocessRunner().run(command)
    #expect(
      try await call(["source": "/srv/two.tar"]).comment.hasPrefix(
        "Archive does not have a single top-level directory."))
  }

  @Test(.enabled(if: hasZip)) func functions() async throws {
    func function(_ name: String, _ words: Value..., named: ValueMap = [:]) async throws -> Value {
      let context = host.context(SubprocessRunner(), isTest: false, chunk: [:]).functions
      return try await FunctionRegistry(ArchiveFunctions.all).call(
        "archive.\(name)", CallArguments(words, named: named), context)
    }
    try await pack("/srv/salt/app.tar", "tar", "-cf")
    #expect(
      try await function("list", "salt://app.tar") == ["app/", "app/bin/", "app/bin/run", "app/link", "app/note"])
    let verbose = try await function("list", "/srv/salt/app.tar", named: ["verbose": true, "strip_components": 1])
    #expect(verbose["top_level_files"] == ["note"])
    #expect(verbose["dirs"] == ["bin/"])
    let packed = try await function("zip", .string("/srv/x.zip"), "salt,etc", named: ["cwd": "/srv"])
    #expect(packed == ["salt/", "salt/app.tar"] || packed.listValue?.contains("salt/app.tar") == true)
    #expect(try await function("is_encrypted", "/srv/x.zip") == false)
    #expect(try await function("unzip", "/srv/x.zip", "/opt/u").listValue?.contains("salt/app.tar") == true)
    #expect(host.files.isFile("/opt/u/salt/app.tar"))
    #expect(
      try await function("cmd_unzip", "/srv/x.zip", "/opt/v", named: ["trim_output": 1])[1]
        == "List trimmed after 1 files.")
    _ = try await function("gzip", "/srv/salt/app.tar")
    #expect(host.files.isFile("/srv/salt/app.tar.gz"))
    _ = try await function("gunzip", "/srv/salt/app.tar.gz")
    await #expect(throws: FunctionError.self) { try await function("zip", "/srv/y.zip", "rel") }
    await #expect(throws: FunctionError.self) {
      try await function("unzip", "/srv/x.zip", "/opt/u", named: ["password": "x"])
    }
    await #expect(throws: FunctionError.self) { try await function("tar", "", "/srv/x.tar") }
    await #expect(throws: FunctionError.self) { try await function("list", "/srv/x.unknown") }
  }
}
