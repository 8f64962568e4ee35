import Functions
import HostSystem
import OrderedCollections
import Value

/// `git.present`.
enum GitPresent {
  static func run(_ arguments: Arguments, _ context: StateContext) async throws -> StateResult {
    let name = try AbsolutePath.argument("name", of: arguments)
    let files = context.functions.files
    let isBare = arguments.bool("bare")
    let kind = isBare ? "bare " : ""
    let account = try await GitProgram.account(arguments.optionalString("user"), context.functions)
    let repository = GitRepository(git: GitProgram(context.functions, account: account), path: name)
    var changes: ValueMap = [:]
    if files.isDirectory(name) {
      let isThere =
        if isBare {
          files.isFile(PathText.child("HEAD", of: name))
        } else if files.isDirectory(PathText.child(".git", of: name)) {
          true
        } else {
          try await repository.isWorktree()
        }
      if isThere { return StateResult(true, "") }
      if arguments.bool("force") {
        changes["forced init"] = true
        if context.isTest {
          return StateResult(
            nil,
            "Target directory \(name) exists. Since force=True, the contents of \(name) would be deleted, and a "
              + "\(kind)repository would be initialized in its place.",
            changes: ["new": .string(name), "forced init": true])
        }
        try files.removeAll(AbsolutePath.removable(name, "name"))
      } else if try !files.entries(name).isEmpty {
        return StateResult(
          false,
          "Target '\(name)' exists, is non-empty, and is not a git repository. Set the 'force' option to True to remove "
            + "this directory's contents and proceed with initializing a repository")
      }
    }
    changes["new"] = .string(name)
    if context.isTest { return StateResult(nil, "New \(kind)repository would be created", changes: changes) }
    var named: ValueMap = ["cwd": .string(name), "bare": .bool(isBare)]
    for word in ["template", "separate_git_dir", "shared", "user"] where arguments.isGiven(word) {
      named[.string(word)] = arguments[word]
    }
    _ = try await GitFunctions.initialize.call(named, context.functions)
    var actions = ["Initialized \(kind)repository in \(name)"]
    if let template = arguments.optionalString("template") { actions.append("Template directory set to \(template)") }
    if let place = arguments.optionalString("separate_git_dir") { actions.append("Gitdir set to \(place)") }
    return StateResult(true, GitReport.joined(actions), changes: changes)
  }
}
