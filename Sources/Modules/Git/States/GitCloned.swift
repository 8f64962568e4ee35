import Functions
import HostSystem
import OrderedCollections
import Value

/// One `git.cloned`.
struct GitCloned {
  private let target: GitTarget
  private let branch: String?
  private let isTest: Bool
  private let isThere: Bool
  private var repository: GitRepository { target.repository }

  init(_ arguments: Arguments, _ context: StateContext) async throws {
    let path = arguments.string("target")
    guard path.hasPrefix("/") else { throw StateRefusal("'target' path must be absolute") }
    branch = arguments.optionalString("branch")
    guard branch != "" else { throw StateRefusal("Invalid 'branch' argument") }
    if let branch { _ = try GitText.word(branch, "branch") }
    isTest = context.isTest
    target = try await GitTarget(arguments, context)
    isThere = context.functions.files.exists(path)
  }

  func run() async throws -> StateResult {
    guard isThere else { return try await clone() }
    try await repository.output("status", "-z", "--porcelain")
    guard let branch else { return StateResult(true, "Repository already exists at \(target.path)") }
    let current = try await repository.branch() ?? "HEAD"
    guard current != branch else {
      return StateResult(
        true, "Repository already exists at \(target.path) and is checked out to branch '\(branch)'")
    }
    let changes: ValueMap = ["branch": ["old": .string(current), "new": .string(branch)]]
    if isTest { return StateResult(nil, "Branch would be changed to '\(branch)'", changes: changes) }
    let options = try await repository.commit(branch) == nil ? ["-b", branch, "origin/\(branch)"] : [branch]
    do { try await repository.git.output(["checkout"] + options, in: target.path, isMerged: true) } catch let error
      as GitError
    {
      return StateResult(false, "Failed to change branch to '\(branch)': \(error)")
    }
    return StateResult(true, "Branch changed to '\(branch)'", changes: changes)
  }

  private func clone() async throws -> StateResult {
    let name = target.url.text
    let suffix = branch.map { " with branch '\($0)'" } ?? ""
    let changes: ValueMap = ["new": .string("\(name) => \(target.path)")]
    if isTest { return StateResult(nil, "\(name) would be cloned to \(target.path)\(suffix)", changes: changes) }
    do { try await target.clone(branch.map { ["--branch", $0] } ?? []) } catch let error as GitError {
      return StateResult(false, "Clone failed: \(error.text)")
    }
    return StateResult(true, "\(name) cloned to \(target.path)\(suffix)", changes: changes)
  }
}
