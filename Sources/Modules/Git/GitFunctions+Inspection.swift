import Functions
import HostSystem
import OrderedCollections
import Value

extension GitFunctions {
  static let inspection = [version, isWorktree, currentBranch, revParse, revision, describe, status, diff, mergeBase]

  private static let version = Function.guarded(
    "git.version", "The version of git.",
    details: "Returns a text; with `versioninfo` a list of its parts. Example: `brine run '*' git.version`",
    effect: .inspect,
    parameters: [.optional("versioninfo", .bool, default: false, "As a list of numbers.")]
  ) { arguments, context in
    let line: String
    do { line = try await GitProgram(context).output(["--version"], in: nil) } catch let error as GitError {
      throw FunctionError(.failed, error.description)
    }
    let words = line.prefix { $0 != "(" }.fields()
    guard let version = words.last else { return "unknown" }
    guard arguments.bool("versioninfo") else { return .string(version) }
    return .list(version.split(separator: ".").map { Int64($0).map(Value.int) ?? .string(String($0)) })
  }

  private static let isWorktree = function(
    "is_worktree", "Tells whether a directory is a worktree of a repository elsewhere.",
    details: "Returns True or False. Example: `brine run web1 git.is_worktree /srv/app`", effect: .inspect,
    parameters: [directory] + usual
  ) { _, repository in .bool(try await repository.isWorktree()) }

  private static let currentBranch = function(
    "current_branch", "The branch that is checked out.",
    details: "Returns its name; `HEAD` when it is none. Example: `brine run web1 git.current_branch /srv/app`",
    effect: .inspect, parameters: [directory] + usual
  ) { _, repository in .string(try await repository.output("rev-parse", "--abbrev-ref", "HEAD")) }

  private static let revParse = function(
    "rev_parse", "What a revision stands for.",
    details: "Returns what `git rev-parse` prints. Example: `brine run web1 git.rev_parse /srv/app HEAD~1`",
    effect: .inspect, parameters: [directory, .optional("rev", .string, "The revision."), options, gitOptions] + usual
  ) { arguments, repository in
    let revision = try arguments.optionalString("rev").map { (text) throws(FunctionError) in
      [try GitText.word(text, "rev")]
    }
    return .string(
      try await repository.git.output(words(["rev-parse"], arguments) + (revision ?? []), in: repository.path))
  }

  private static let revision = function(
    "revision", "The commit of a revision.",
    details: "Returns its hash. Example: `brine run '*' git.revision /srv/app short=True`", effect: .inspect,
    parameters: [
      directory, .optional("rev", .string, default: "HEAD", "The revision."),
      .optional("short", .bool, default: false, "Only as much of the hash as is needed."),
    ] + usual
  ) { arguments, repository in
    let revision = try GitText.word(arguments.string("rev"), "rev")
    let words = ["rev-parse"] + (arguments.bool("short") ? ["--short"] : []) + [revision]
    return .string(try await repository.git.output(words, in: repository.path))
  }

  private static let describe = function(
    "describe", "The nearest tag of a revision.",
    details: "Returns what `git describe --always` prints. Example: `brine run '*' git.describe /srv/app`",
    effect: .inspect,
    parameters: [directory, .optional("rev", .string, default: "HEAD", "The revision.")] + usual
  ) { arguments, repository in
    .string(try await repository.output("describe", "--always", GitText.word(arguments.string("rev"), "rev")))
  }

  private static let status = function(
    "status", "The files that differ from the last commit.",
    details: """
      A map of lists: `modified`, `new`, `deleted`, `untracked`, and git's own letters for other cases.

      Example: `brine run '*' git.status /srv/app`
      """,
    effect: .inspect, parameters: [directory] + usual
  ) { _, repository in
    let names = ["M": "modified", "A": "new", "D": "deleted", "??": "untracked"]
    var map: ValueMap = [:]
    for entry in try await repository.output("status", "-z", "--porcelain").split(separator: "\0") {
      let text = entry.drop { $0 == " " }
      guard let space = text.firstIndex(of: " ") else { continue }
      let state = String(text[..<space])
      let name = names[state] ?? state
      map[.string(name)] = .list((map[name]?.listValue ?? []) + [.string(text[space...].trimmed())])
    }
    return .map(map)
  }

  private static let diff = function(
    "diff", "How revisions or files differ.",
    details: "Returns what `git diff` prints. Example: `brine run web1 git.diff /srv/app HEAD~1 HEAD`",
    effect: .inspect,
    parameters: [
      directory, .optional("item1", .string, "The first revision."), .optional("item2", .string, "The second."),
      options, gitOptions,
    ] + usual.prefix(2) + [
      .optional("no_index", .bool, default: false, "Compare two paths that need not be in a repository."),
      .optional("cached", .bool, default: false, "Compare what is staged."),
      .optional("paths", .stringList, "Only these paths."), usual[3],
    ]
  ) { arguments, repository in
    let (isIndexLess, isCached) = (arguments.bool("no_index"), arguments.bool("cached"))
    guard !isIndexLess || !isCached else {
      throw FunctionError(.badArguments, "The 'no_index' and 'cached' options cannot be used together")
    }
    var command = try words(["diff"], arguments)
    if isIndexLess { command.append("--no-index") }
    if isCached { command.append("--cached") }
    if !isIndexLess {
      let items = ["item1", "item2"].compactMap { arguments.optionalString($0) }.prefix(isCached ? 1 : 2)
      command += try items.map { try GitText.word($0, "item1") }
    }
    let paths = arguments.strings("paths")
    if !paths.isEmpty { command += ["--"] + paths }
    let result = try await repository.git.run(command, in: repository.path, isMerged: true)
    // Without an index 1 says that there are differences.
    guard result.isSuccess || isIndexLess && result.exitCode == 1 else {
      throw repository.git.error(command, result, isMerged: true)
    }
    return .string(result.outputText.trimmed())
  }

  private static let mergeBase = function(
    "merge_base", "The commit that revisions have in common.",
    details: """
      Returns a hash; with `all` a list; with `is_ancestor` whether the first of two is an ancestor of the second.

      Example: `brine run web1 git.merge_base /srv/app refs=main,next`
      """,
    effect: .inspect,
    parameters: [
      directory, .optional("refs", .stringList, "The revisions."),
      .optional("octopus", .bool, default: false, "Of all of them together."),
      .optional("is_ancestor", .bool, default: false, "Tell whether the first is an ancestor of the second."),
      .optional("independent", .bool, default: false, "Those that no other one reaches."),
      .optional("fork_point", .string, "Where a branch left this reference."), options, gitOptions,
    ] + usual + [.optional("all", .bool, default: false, "All of them.")]
  ) { arguments, repository in
    let refs = try arguments.strings("refs").map { try GitText.word($0, "refs") }
    let fork = arguments.optionalString("fork_point")
    let modes = ["octopus", "is_ancestor", "independent"].filter { arguments.bool($0) } + (fork == nil ? [] : ["fork"])
    guard modes.count <= 1 else {
      throw FunctionError(
        .badArguments, "Only one of 'octopus', 'independent', 'is_ancestor', and 'fork_point' is permitted")
    }
    if arguments.bool("is_ancestor") {
      guard refs.count == 2 else {
        throw FunctionError(.badArguments, "Two refs/commits are required if 'is_ancestor' is True")
      }
      return .bool(try await repository.isAncestor(refs[0], of: refs[1]))
    }
    var command = try words(["merge-base"], arguments)
    if arguments.bool("all") { command.append("--all") }
    if arguments.bool("octopus") { command.append("--octopus") }
    if arguments.bool("independent") { command.append("--independent") }
    if let fork { command += ["--fork-point", try GitText.word(fork, "fork_point")] }
    let lines = try await repository.git.output(command + refs, in: repository.path).splitLines()
    return arguments.bool("all") ? .strings(lines) : lines.first.map(Value.string) ?? .null
  }
}
