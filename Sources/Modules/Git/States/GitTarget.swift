import Functions
import HostSystem
import OrderedCollections
import Value

/// The directory that a state of git has a repository in.
struct GitTarget: Sendable {
  let path: String
  let url: GitURL
  let repository: GitRepository
  private var files: HostFiles { repository.git.context.files }

  /// - Throws: `StateRefusal` with Salt's sentence.
  init(_ arguments: Arguments, _ context: StateContext) async throws {
    let target = arguments.string("target")
    guard !target.isEmpty else { throw StateRefusal("'target' argument is required") }
    guard target.hasPrefix("/") else { throw StateRefusal("target '\(target)' is not an absolute path") }
    path = try AbsolutePath.check(target, "target")
    url = try GitURL(arguments.string("name"))
    guard !context.functions.files.isFile(path) else {
      throw StateRefusal("Target '\(path)' exists and is a regular file, cannot proceed")
    }
    let account = try await GitProgram.account(arguments.optionalString("user"), context.functions)
    let access = try await GitAccess.make(
      identity: arguments["identity"], url: url, user: arguments.optionalString("https_user"),
      password: arguments.optionalString("https_pass"), account: account, environment: context.environment,
      context.functions)
    repository = GitRepository(git: GitProgram(context.functions, account: account, access: access), path: path)
  }

  /// Clones into the directory.
  func clone(_ options: [String]) async throws {
    try await repository.git.output(["clone"] + options + ["--", url.text, files.resolve(path)], in: "/tmp")
  }

  /// Looks whether the directory can be cloned into, and empties it where that is wanted.
  ///
  /// - Returns: nil where it can be, else how the state ends.
  func makeRoom(isForced: Bool, _ report: inout GitReport, planned changes: ValueMap) throws -> StateResult? {
    guard files.isDirectory(path) else { return nil }
    let names = try files.entries(path)
    if isForced {
      if report.isTest {
        report.changes.merge(changes) { $1 }
        return report.planned(
          "Target directory \(path) exists. Since force_clone=True, the contents of \(path) would be deleted, and "
            + "\(url.text) would be cloned into this directory.")
      }
      for name in names { try files.removeAll(PathText.child(name, of: path)) }
      report.changes["forced clone"] = true
      return nil
    }
    guard !names.isEmpty else { return nil }
    return report.failed(
      "Target '\(path)' exists, is non-empty and is not a git repository. Set the 'force_clone' option to True to "
        + "remove this directory's contents and proceed with cloning the remote repository")
  }
}
