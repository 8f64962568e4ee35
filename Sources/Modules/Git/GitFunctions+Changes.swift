import Functions
import HostSystem
import OrderedCollections
import Value

extension GitFunctions {
  static let changes = [
    add, commit, checkout, merge, reset, rebase, remove, stash, discard,
  ]

  private static let file = Parameter.required("filename", .string, "The file or directory.")

  private static let add = function(
    "add", "Stages a file.", details: "Returns what git prints. Example: `brine run web1 git.add /srv/app file`",
    effect: .change, parameters: [directory, file, options, gitOptions] + usual
  ) { arguments, repository in
    let flags = try GitText.options(arguments["opts"]).filter { !["-v", "--verbose"].contains($0) }
    let command = try GitText.options(arguments["git_opts"]) + ["add", "--verbose"] + flags
    return .string(
      try await repository.git.output(command + ["--", arguments.string("filename")], in: repository.path))
  }

  private static let commit = function(
    "commit", "Commits what is staged.",
    details: "Returns what git prints. Example: `brine run web1 git.commit /srv/app 'A change'`", effect: .change,
    parameters: [directory, .required("message", .string, "The message."), options, gitOptions]
      + usual.prefix(2) + [.optional("filename", .string, "Only this file.")] + usual.suffix(2)
  ) { arguments, repository in
    let command =
      try GitText.options(arguments["git_opts"]) + ["commit", "-m", arguments.string("message")]
      + GitText.options(arguments["opts"])
    let file = arguments.optionalString("filename").map { ["--", $0] } ?? []
    return .string(try await repository.git.output(command + file, in: repository.path))
  }

  private static let checkout = function(
    "checkout", "Checks a revision out.",
    details: "Returns what git prints. Example: `brine run web1 git.checkout /srv/app v1`", effect: .change,
    parameters: [
      directory, .optional("rev", .string, "The revision."),
      .optional("force", .bool, default: false, "Throw changes away."), options, gitOptions,
    ] + usual
  ) { arguments, repository in
    let flags = try GitText.options(arguments["opts"])
    var command = try GitText.options(arguments["git_opts"]) + ["checkout"]
    if arguments.bool("force") { command.append("--force") }
    command += flags
    if let revision = arguments.optionalString("rev") {
      command.append(try GitText.word(revision, "rev"))
    } else if !flags.contains("-b"), !flags.contains("-B") {
      throw FunctionError(.badArguments, "'rev' argument is required unless -b or -B in opts")
    }
    return .string(try await repository.git.output(command, in: repository.path, isMerged: true))
  }

  private static let merge = function(
    "merge", "Merges a revision.",
    details: "Returns what git prints. Example: `brine run web1 git.merge /srv/app next`", effect: .change,
    parameters: [directory, .optional("rev", .string, "The revision."), options, gitOptions]
      + usual.prefix(2) + [identity] + usual.suffix(2)
  ) { arguments, repository in
    let revision = try arguments.optionalString("rev").map { (text) throws(FunctionError) in
      [try GitText.word(text, "rev")]
    }
    return .string(
      try await repository.git.output(words(["merge"], arguments) + (revision ?? []), in: repository.path))
  }

  private static let reset = function(
    "reset", "Runs git reset.",
    details: "Returns what git prints. Example: `brine run web1 git.reset /srv/app opts='--hard origin/main'`",
    effect: .change,
    parameters: [directory, options, gitOptions] + usual.prefix(2) + [identity] + usual.suffix(2)
  ) { arguments, repository in
    .string(try await repository.git.output(words(["reset"], arguments), in: repository.path))
  }

  private static let rebase = function(
    "rebase", "Rebases the branch that is checked out.",
    details: "Returns what git prints. Example: `brine run web1 git.rebase /srv/app main`", effect: .change,
    parameters: [directory, .optional("rev", .string, default: "master", "Onto what."), options, gitOptions] + usual
  ) { arguments, repository in
    let flags = try GitText.options(arguments["opts"])
    guard !flags.contains("-i"), !flags.contains("--interactive") else {
      throw FunctionError(.badArguments, "Interactive rebases are not supported")
    }
    let revisions = try ShellWords.split(arguments.string("rev"))
    return .string(
      try await repository.git.output(words(["rebase"], arguments) + revisions, in: repository.path))
  }

  private static let remove = function(
    "rm", "Removes a file from the checkout and the index.",
    details: "Returns what git prints. Example: `brine run web1 git.rm /srv/app file`", effect: .change,
    parameters: [directory, file, options, gitOptions] + usual
  ) { arguments, repository in
    .string(
      try await repository.git.output(
        words(["rm"], arguments) + ["--", arguments.string("filename")], in: repository.path))
  }

  private static let stash = function(
    "stash", "Puts changes aside, or gets them back.",
    details: "Returns what git prints. Example: `brine run web1 git.stash /srv/app pop`", effect: .change,
    parameters: [
      directory, .optional("action", .string, default: "save", "`save`, `pop`, `list` and so on."), options, gitOptions,
    ] + usual
  ) { arguments, repository in
    let action = try GitText.word(arguments.string("action"), "action")
    return .string(try await repository.git.output(words(["stash", action], arguments), in: repository.path))
  }

  private static let discard = function(
    "discard_local_changes", "Throws changes of files away.",
    details: "Returns what git prints. Example: `brine run web1 git.discard_local_changes /srv/app`", effect: .change,
    parameters: [directory, .optional("path", .string, default: ".", "Of this file or directory.")] + usual
  ) { arguments, repository in
    .string(
      try await repository.git.output(
        ["checkout", "--", arguments.string("path")], in: repository.path, isMerged: true))
  }
}
