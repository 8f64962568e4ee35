import Functions
import HostSystem
import OrderedCollections
import Testing
import Value

@testable import Modules

/// Comments and changes are Salt 3008's.
@Suite(.enabled(if: GitTestHost.isAvailable)) struct GitStatesTests {
  @Test func latestClonesThenFollows() async throws {
    let test = try await GitTestHost()
    let named: ValueMap = ["name": .string(test.source), "target": "/srv/app", "rev": "main"]
    let change: Value = .string("\(test.source) => /srv/app")
    #expect(
      try await test.call("latest", named, isTest: true)
        == StateResult(nil, "Repository \(test.source) would be cloned to /srv/app", changes: ["new": change]))
    let two = try await test.hash("/src")
    #expect(
      try await test.call("latest", named)
        == StateResult(
          true, "\(test.source) cloned to /srv/app",
          changes: ["new": change, "revision": ["old": .null, "new": .string(two)]]))
    let same = StateResult(true, "Repository /srv/app is up-to-date")
    #expect(try await test.call("latest", named) == same)
    #expect(try await test.call("latest", named, isTest: true) == same)
    try await test.commit("/src", "four")
    let four = try await test.hash("/src")
    let revision: Value = ["old": .string(two), "new": .string(four)]
    #expect(
      try await test.call("latest", named, isTest: true)
        == StateResult(
          nil,
          "Remote 'origin' would be fetched. Repository would be updated from \(two.prefix(7)) to \(four.prefix(7)).",
          changes: ["revision": revision]))
    #expect(
      try await test.call("latest", named)
        == StateResult(
          true,
          "\(test.source) was fetched, resulting in updated refs. Repository was fast-forwarded to origin/main "
            + "(\(four.prefix(7))).", changes: ["revision": revision]))
    #expect(test.host.files.isFile("/srv/app/four"))
  }

  @Test func otherRevisions() async throws {
    let test = try await GitTestHost()
    let named: ValueMap = ["name": .string(test.source), "target": "/srv/app"]
    let (one, three) = (try await test.hash("/src", "v1"), try await test.hash("/src", "dev"))
    let tagged = try await test.call("latest", named.merging(["rev": "v1"]) { $1 })
    #expect(
      tagged.comment
        == "\(test.source) cloned to /srv/app. Repository was reset to v1 (\(one.prefix(7))). Tracking branch was unset."
    )
    let branched = try await test.call("latest", named.merging(["rev": "dev", "branch": "mine"]) { $1 })
    #expect(
      branched.comment == "New branch 'mine' was checked out, with origin/dev (\(three.prefix(7))) as a starting point")
    #expect(branched.changes["revision"] == ["old": .string(one), "new": .string(three)])
    #expect(try await test.git("/srv/app", "rev-parse", "--abbrev-ref", "HEAD@{upstream}") == "origin/dev")
    let byHash = try await test.call("latest", ["name": .string(test.source), "target": "/srv/b", "rev": .string(one)])
    #expect(byHash.changes["revision"] == ["old": .null, "new": .string(one)])
  }

  @Test func ownChangesAreKept() async throws {
    let test = try await GitTestHost()
    let named: ValueMap = ["name": .string(test.source), "target": "/srv/app", "rev": "main"]
    _ = try await test.call("latest", named)
    try test.host.files.write("/srv/app/one", text: "mine")
    #expect(
      try await test.call("latest", named).comment
        == "Repository /srv/app is up-to-date, but with uncommitted changes. Set 'force_reset' to True to purge "
        + "uncommitted changes.")
    try await test.commit("/src", "four")
    let (two, four) = (try await test.hash("/srv/app"), try await test.hash("/src"))
    for isTest in [true, false] {
      let refused = try await test.call("latest", named, isTest: isTest)
      #expect(refused.result == false)
      #expect(
        refused.comment.hasPrefix(
          "Repository would be updated from \(two.prefix(7)) to \(four.prefix(7)), but there are uncommitted changes. Set "
            + "'force_reset' to True (or 'remote-changes') to force this update and discard these changes."))
    }
    // Nothing was fetched: what the remote has now is not known yet.
    #expect(try await test.hash("/srv/app", "origin/main") == two)
    #expect(try test.host.files.readText("/srv/app/one") == "mine")
    let forced = try await test.call("latest", named.merging(["force_reset": true]) { $1 })
    #expect(forced.result == true)
    #expect(try test.host.files.readText("/srv/app/one") == "one")
  }

  @Test func whatIsNoFastForwardIsRefused() async throws {
    let test = try await GitTestHost()
    let named: ValueMap = ["name": .string(test.source), "target": "/srv/app", "rev": "main"]
    _ = try await test.call("latest", named)
    try await test.git("/srv/app", "reset", "-q", "--hard", "v1")
    try await test.commit("/srv/app", "own")
    let two = try await test.hash("/src")
    for isTest in [true, false] {
      #expect(
        try await test.call("latest", named, isTest: isTest)
          == StateResult(
            false,
            "Repository would be updated to \(two.prefix(7)), but this is not a fast-forward merge. Set 'force_reset' to "
              + "True to force this update."))
    }
    let forced = try await test.call("latest", named.merging(["force_reset": true]) { $1 })
    #expect(forced.changes["forced update"] == true)
    #expect(forced.comment == "Repository was hard-reset to origin/main (\(two.prefix(7)))")
  }

  @Test func aPasswordInACheckoutIsTakenOut() async throws {
    let test = try await GitTestHost()
    let named: ValueMap = ["name": .string(test.source), "target": "/srv/app"]
    _ = try await test.call("latest", named)
    try await test.git("/srv/app", "remote", "set-url", "origin", "https://me:cret@git.example/a")
    let result = try await test.call("latest", named)
    #expect(
      result.comment.contains(
        "Remote 'origin' changed from https://<redacted>@git.example/a to \(test.source)"))
    #expect(try await test.git("/srv/app", "remote", "get-url", "origin") == test.source)
  }

  @Test func bareRepositories() async throws {
    let test = try await GitTestHost()
    let named: ValueMap = ["name": .string(test.source), "target": "/srv/app.git", "bare": true]
    #expect(try await test.call("latest", named).comment == "\(test.source) cloned to /srv/app.git as bare repository")
    // What a bare clone has as branches is fetched beside them, as in Salt.
    let fetched = "Repository /srv/app.git is up-to-date\n\nChanges made: Bare repository at /srv/app.git was fetched"
    #expect(try await test.call("latest", named).comment == "\(fetched), resulting in updated refs")
    #expect(try await test.call("latest", named).comment == fetched)
  }

  @Test(
    arguments: [
      (["rev": "nosuch"], "No revision matching 'nosuch' exists in the remote repository"),
      (["target": "rel"], "target 'rel' is not an absolute path"), (["target": ""], "'target' argument is required"),
      (["remote": ""], "'remote' argument is required"),
      (["force_reset": "foo"], "'force_reset' must be one of True, False, or 'remote-changes'"),
      (["rev": "v1", "bare": true], "'rev' is not compatible with the 'mirror' and 'bare' arguments"),
      (
        ["depth": 1],
        "When 'depth' is used, 'rev' must be set to the name of a branch or tag on the remote repository"
      ), (["https_user": "a", "https_pass": "b"], "Basic Auth only supported for HTTPS"),
      (["target": "/etc/passwd"], "Target '/etc/passwd' exists and is a regular file, cannot proceed"),
      (
        ["target": "/full"],
        "Target '/full' exists, is non-empty and is not a git repository. Set the 'force_clone' option to True to remove "
          + "this directory's contents and proceed with cloning the remote repository"
      ),
      (["rev": ""], "'' is not a valid value for the 'rev' argument"),
    ] as [(ValueMap, String)])
  func badArgumentsAreRefused(_ named: ValueMap, _ comment: String) async throws {
    let test = try await GitTestHost()
    try test.host.files.write("/etc/passwd", text: "")
    try test.host.files.makeDirectory("/full")
    try test.host.files.write("/full/x", text: "")
    let usual: ValueMap = ["name": .string(test.source), "target": "/srv/app"]
    for isTest in [true, false] {
      #expect(
        try await test.call("latest", usual.merging(named) { $1 }, isTest: isTest) == StateResult(false, comment))
    }
    #expect(!test.host.files.exists("/srv/app"))
  }

  @Test func aDirectoryIsEmptiedWhenForced() async throws {
    let test = try await GitTestHost()
    try test.host.files.makeDirectory("/full/.hidden")
    try test.host.files.write("/full/x", text: "")
    let named: ValueMap = ["name": .string(test.source), "target": "/full", "force_clone": true]
    #expect(try await test.call("latest", named, isTest: true).changes["forced clone"] == true)
    #expect(test.host.files.exists("/full/x"))
    #expect(try await test.call("latest", named).changes["forced clone"] == true)
    #expect(!test.host.files.exists("/full/x") && test.host.files.exists("/full/two"))
  }

  @Test func cloned() async throws {
    let test = try await GitTestHost()
    let named: ValueMap = ["name": .string(test.source), "target": "/srv/app", "branch": "dev"]
    let change: ValueMap = ["new": .string("\(test.source) => /srv/app")]
    let words = "cloned to /srv/app with branch 'dev'"
    #expect(
      try await test.call("cloned", named, isTest: true)
        == StateResult(nil, "\(test.source) would be \(words)", changes: change))
    #expect(try await test.call("cloned", named) == StateResult(true, "\(test.source) \(words)", changes: change))
    #expect(
      try await test.call("cloned", named)
        == StateResult(true, "Repository already exists at /srv/app and is checked out to branch 'dev'"))
    let other = named.merging(["branch": "main"]) { $1 }
    let move: ValueMap = ["branch": ["old": "dev", "new": "main"]]
    #expect(
      try await test.call("cloned", other, isTest: true)
        == StateResult(nil, "Branch would be changed to 'main'", changes: move))
    #expect(try await test.call("cloned", other) == StateResult(true, "Branch changed to 'main'", changes: move))
  }

  @Test func detached() async throws {
    let test = try await GitTestHost()
    let named: ValueMap = ["name": .string(test.source), "target": "/srv/app", "rev": "v1"]
    #expect(
      try await test.call("detached", named, isTest: true)
        == StateResult(nil, "Repository \(test.source) would be cloned to /srv/app"))
    let one = try await test.hash("/src", "v1")
    let first = try await test.call("detached", named)
    #expect(
      first.comment == "\(test.source) cloned to /srv/app. Commit ID \(one) was checked out at /srv/app.")
    #expect(first.changes == ["HEAD": ["old": .null, "new": .string(one)]])
    let second = try await test.call("detached", named)
    #expect(second == StateResult(true, "Already checked out at correct revision"))
    let wrong = try await test.call("detached", named.merging(["rev": "nosuch"]) { $1 })
    #expect(wrong == StateResult(false, "Revision 'nosuch' does not exist"))
  }

  @Test func present() async throws {
    let test = try await GitTestHost()
    #expect(
      try await test.call("present", ["name": "/srv/r"], isTest: true)
        == StateResult(nil, "New bare repository would be created", changes: ["new": "/srv/r"]))
    #expect(
      try await test.call("present", ["name": "/srv/r"])
        == StateResult(true, "Initialized bare repository in /srv/r", changes: ["new": "/srv/r"]))
    #expect(try await test.call("present", ["name": "/srv/r"]) == StateResult(true, ""))
    let full = try await test.call("present", ["name": "/srv/r", "bare": false])
    #expect(full.comment.hasPrefix("Target '/srv/r' exists, is non-empty, and is not a git repository."))
  }

  @Test func options() async throws {
    let test = try await GitTestHost()
    let named: ValueMap = ["name": "x.y", "value": "hello", "repo": "/src"]
    #expect(
      try await test.call("config_set", named, isTest: true)
        == StateResult(nil, "'x.y' would be added as 'hello'", changes: ["old": .null, "new": ["hello"]]))
    #expect(
      try await test.call("config_set", named)
        == StateResult(
          true, "'x.y' was added as 'hello'", changes: ["x.y": ["old": .null, "new": ["hello"]]]))
    #expect(try await test.call("config_set", named) == StateResult(true, "'x.y' is already set to 'hello'"))
    let several: ValueMap = ["name": "x.y", "multivar": ["a", "b c\nd"], "repo": "/src"]
    #expect(try await test.call("config_set", several).changes == ["x.y": ["old": ["hello"], "new": ["a", "b c\nd"]]])
    #expect(
      try await test.call("config_set", ["name": "x.y", "value": "1"])
        == StateResult(false, "Non-global config options require the 'repo' argument to be set"))
    #expect(
      try await test.call("config_unset", ["name": "x.y", "repo": "/src"])
        == StateResult(
          false, "Multivar(s) matched by the key expression (set 'all' to True to force removal): x.y (a, b c\nd)"))
    #expect(
      try await test.call("config_unset", ["name": "x.y", "repo": "/src", "all": true], isTest: true)
        == StateResult(nil, "1 key(s) would have value(s) unset", changes: ["x.y": ["a", "b c\nd"]]))
    #expect(
      try await test.call("config_unset", ["name": "x.y", "repo": "/src", "all": true])
        == StateResult(true, "Value(s) successfully unset", changes: ["x.y": ["a", "b c\nd"]]))
    #expect(
      try await test.call("config_unset", ["name": "x.y", "repo": "/src"])
        == StateResult(true, "No matching keys are set"))
  }

  @Test func functions() async throws {
    let test = try await GitTestHost()
    func function(_ name: String, _ named: ValueMap) async throws -> Value {
      let context = test.host.context(SubprocessRunner(), isTest: false, chunk: [:]).functions
      return try await FunctionRegistry(GitFunctions.all).call(
        "git.\(name)", CallArguments([], named: named.merging(["cwd": "/src"]) { own, _ in own }), context)
    }
    let two = try await test.hash("/src")
    #expect(try await function("current_branch", [:]) == "main")
    #expect(try await function("revision", [:]) == .string(two))
    #expect(try await function("list_branches", [:]) == ["dev", "main"])
    #expect(try await function("list_tags", [:]) == ["v1"])
    #expect(try await function("is_worktree", [:]) == false)
    #expect(try await function("describe", ["rev": "v1"]).description.count == 7)
    #expect(try await function("merge_base", ["refs": ["v1", "dev"], "is_ancestor": true]) == true)
    #expect(try await function("ls_remote", ["remote": .string(test.source)])["refs/heads/main"] == .string(two))
    try test.host.files.write("/src/new", text: "")
    try test.host.files.write("/src/one", text: "other")
    #expect(try await function("status", [:]) == ["modified": ["one"], "untracked": ["new"]])
    #expect(try await function("diff", [:]).description.contains("+other"))
    _ = try await function("discard_local_changes", [:])
    #expect(try test.host.files.readText("/src/one") == "one")
    _ = try await function("remote_set", ["url": "https://u:p@git.example/a", "remote": "up"])
    #expect(
      try await function("remotes", [:])
        == ["up": ["fetch": "https://git.example/a", "push": "https://git.example/a"]])
    await #expect(throws: FunctionError.self) { try await function("remote_get", ["remote": "none"]) }
    #expect(try await function("config_get", ["key": "no.such"]) == .null)
  }
}
