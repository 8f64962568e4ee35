import Functions
import HostSystem
import OrderedCollections
import Value

extension GitFunctions {
  static let repositories = [initialize, clone, fetch, pull, push, submodule, archive]

  static let initialize = function(
    "init", "Makes a repository.",
    details: "Returns what git prints. Example: `brine run web1 git.init /srv/app.git bare=True`", effect: .change,
    parameters: [
      directory, .optional("bare", .bool, default: false, "One without a checkout."),
      .optional("template", .string, "A directory of files to begin with."),
      .optional("separate_git_dir", .string, "Where the repository itself is to be."),
      .optional("shared", .any, "Who else may write: True, group, all, or a mode."), options, gitOptions,
    ] + usual
  ) { arguments, repository in
    var command = try GitText.options(arguments["git_opts"]) + ["init"]
    if arguments.bool("bare") { command.append("--bare") }
    if let template = arguments.optionalString("template") { command.append("--template=\(template)") }
    if let place = arguments.optionalString("separate_git_dir") { command.append("--separate-git-dir=\(place)") }
    switch arguments["shared"] {
    case .null: break
    case .int(let mode): command.append("--shared=0\(mode)")
    case let other: command.append("--shared=\(other.description.lowercased())")
    }
    command += try GitText.options(arguments["opts"]) + ["--", repository.git.context.files.resolve(repository.path)]
    return .string(try await repository.git.output(command, in: nil))
  }

  static let clone = function(
    "clone", "Clones a repository.",
    details: """
      Returns True. A password reaches git in a file that only its user can read, and is not written into the clone.

      Example: `brine run web1 git.clone /srv/app https://git.example/app.git`
      """,
    effect: .change,
    parameters: [
      directory, .optional("url", .string, "The address."),
      .optional("name", .string, "A directory below `cwd` for the clone; else it is `cwd` itself."), options,
      gitOptions,
    ] + usual.prefix(2) + [identity, httpsUser, httpsPassword, usual[2], environment, usual[3]]
  ) { arguments, repository in
    guard arguments.isGiven("url") else { throw FunctionError(.badArguments, "Missing 'url' argument") }
    let url = try GitURL(arguments.string("url"), "url")
    var place = repository.path
    if let name = arguments.optionalString("name") {
      place = PathText.joined([place, try GitText.word(name, "name")])
      try repository.git.context.files.makeDirectory(repository.path)
    }
    let command = try words(["clone"], arguments) + ["--", url.text, repository.git.context.files.resolve(place)]
    try await repository.git.output(command, in: "/tmp")
    return true
  }

  private static let fetch = function(
    "fetch", "Fetches from a remote.",
    details: """
      A map of what is new: `new branches`, `new tags`, `updated branches`, `updated tags`; empty when nothing is.

      Example: `brine run '*' git.fetch /srv/app`
      """,
    effect: .change,
    parameters: [
      directory, .optional("remote", .string, "The remote."),
      .optional("force", .bool, default: false, "Also what is no fast-forward."),
      .optional("refspecs", .stringList, "What to fetch."), options, gitOptions,
    ] + usual.prefix(2) + [identity, usual[2], environment, usual[3]]
  ) { arguments, repository in
    .map(
      try await repository.fetch(
        arguments.optionalString("remote"), isForced: arguments.bool("force"),
        refspecs: arguments.strings("refspecs"), options: GitText.options(arguments["opts"]),
        gitOptions: GitText.options(arguments["git_opts"])))
  }

  private static let pull = function(
    "pull", "Fetches and merges.",
    details: "Returns what git prints. Example: `brine run web1 git.pull /srv/app opts=--ff-only`", effect: .change,
    parameters: [directory, options, gitOptions] + usual.prefix(2) + [identity, usual[2], environment, usual[3]]
  ) { arguments, repository in
    .string(try await repository.git.output(words(["pull"], arguments), in: repository.path))
  }

  private static let push = function(
    "push", "Pushes to a remote.",
    details: "Returns what git prints. Example: `brine run web1 git.push /srv/app origin main`", effect: .change,
    parameters: [
      directory, .optional("remote", .string, "The remote."), .optional("ref", .string, "What to push."), options,
      gitOptions,
    ] + usual.prefix(2) + [identity, usual[2], environment, usual[3]]
  ) { arguments, repository in
    let remote = try GitURL(arguments.string("remote"), "remote").text
    let reference = try GitText.word(arguments.string("ref"), "ref")
    return .string(
      try await repository.git.output(words(["push"], arguments) + [remote, reference], in: repository.path))
  }

  private static let submodule = function(
    "submodule", "Runs git submodule.",
    details: "Returns what git prints. Example: `brine run web1 git.submodule /srv/app update opts=--init`",
    effect: .change,
    parameters: [directory, .required("command", .string, "`update`, `init`, `sync` and so on."), options, gitOptions]
      + usual.prefix(2) + [identity, usual[2], environment, usual[3]]
  ) { arguments, repository in
    let command = try GitText.word(arguments.string("command"), "command")
    return .string(try await repository.git.output(words(["submodule", command], arguments), in: repository.path))
  }

  private static let archive = function(
    "archive", "Packs a revision into an archive.",
    details: "Returns True. Example: `brine run web1 git.archive /srv/app /tmp/app.tar.gz rev=v1`", effect: .change,
    parameters: [
      directory, .required("output", .string, "The archive's file."),
      .optional("rev", .string, default: "HEAD", "The revision."),
      .optional("prefix", .string, "What goes before each path; the directory's name when it is not given."),
      gitOptions,
    ] + usual + [.optional("format", .string, "The format; by the file's name when it is not given.")]
  ) { arguments, repository in
    let output = try repository.git.path(arguments.string("output"))
    var prefix = arguments.optionalString("prefix") ?? PathText.basename(repository.path) + "/"
    if !prefix.isEmpty, !prefix.hasSuffix("/") { prefix += "/" }
    var command = try GitText.options(arguments["git_opts"]) + ["archive", "--prefix=\(prefix)"]
    if let format = arguments.optionalString("format") { command.append("--format=\(format)") }
    command += ["--output=\(repository.git.context.files.resolve(output))"]
    command.append(try GitText.word(arguments.string("rev"), "rev"))
    try await repository.git.output(command, in: repository.path)
    return true
  }
}
