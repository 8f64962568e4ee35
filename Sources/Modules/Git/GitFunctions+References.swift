import Functions
import HostSystem
import OrderedCollections
import Value

extension GitFunctions {
  static let references = [
    listBranches, listTags, lsRemote, remoteRefs, remotes, remoteGet, remoteSet, symbolicRef, branch, tag,
  ]

  private static let remote = Parameter.optional("remote", .string, default: "origin", "The remote.")

  private static let listBranches = function(
    "list_branches", "The branches of a repository.",
    details: "A list of names. Example: `brine run web1 git.list_branches /srv/app`", effect: .inspect,
    parameters: [directory, .optional("remote", .bool, default: false, "Those of remotes.")] + usual
  ) { arguments, repository in .strings(try await repository.branches(isRemote: arguments.bool("remote"))) }

  private static let listTags = function(
    "list_tags", "The tags of a repository.",
    details: "A list of names. Example: `brine run web1 git.list_tags /srv/app`", effect: .inspect,
    parameters: [directory] + usual
  ) { _, repository in .strings(try await repository.tags()) }

  private static let lsRemote = function(
    "ls_remote", "The references of a remote.",
    details: "A map of references and commits. Example: `brine run web1 git.ls_remote /srv/app origin main`",
    effect: .inspect,
    parameters: [
      .optional("cwd", .string, "The repository that knows the remote."),
      .optional("remote", .string, default: "origin", "The remote, or an address."),
      .optional("ref", .string, "Only this reference."), options, gitOptions,
    ] + usual.prefix(2) + [identity, httpsUser, httpsPassword] + usual.suffix(2) + [environment]
  ) { arguments, repository in
    let remote = try GitURL(arguments.string("remote"), "remote").text
    let found = try await GitRepository.references(
      repository.git, remote, in: arguments.isGiven("cwd") ? repository.path : nil,
      options: GitText.options(arguments["opts"]), reference: arguments.optionalString("ref"))
    return map(found)
  }

  private static let remoteRefs = function(
    "remote_refs", "The references at an address.",
    details: "A map of references and commits. Example: `brine run web1 git.remote_refs https://git.example/app.git`",
    effect: .inspect,
    parameters: [
      .required("url", .string, "The address."), .optional("heads", .bool, default: false, "Branches only."),
      .optional("tags", .bool, default: false, "Tags only."),
    ] + usual.prefix(2) + [identity, httpsUser, httpsPassword] + usual.suffix(2) + [
      environment, .optional("filter", .string, "Only what this pattern of git's matches."),
    ]
  ) { arguments, repository in
    let url = try GitURL(arguments.string("url"), "url").text
    let flags = ["heads", "tags"].filter { arguments.bool($0) }.map { "--\($0)" }
    return map(
      try await GitRepository.references(
        repository.git, url, in: nil, options: flags, reference: arguments.optionalString("filter")))
  }

  private static let remotes = function(
    "remotes", "The remotes of a repository.",
    details: """
      A map of names, each with `fetch` and `push`. Passwords in addresses are never shown.

      Example: `brine run '*' git.remotes /srv/app`
      """,
    effect: .inspect, parameters: [directory] + usual.prefix(2) + [redaction] + usual.suffix(2)
  ) { _, repository in
    var map: ValueMap = [:]
    for (name, remote) in try await repository.remotes() { map[.string(name)] = value(remote) }
    return .map(map)
  }

  private static let remoteGet = function(
    "remote_get", "One remote of a repository.",
    details: """
      A map with `fetch` and `push`. Passwords in addresses are never shown.

      Example: `brine run '*' git.remote_get /srv/app origin`
      """,
    effect: .inspect, parameters: [directory, remote] + usual.prefix(2) + [redaction] + usual.suffix(2)
  ) { arguments, repository in try await one(arguments.string("remote"), repository) }

  private static let remoteSet = function(
    "remote_set", "Has a remote with an address.",
    details: """
      Returns the remote as `git.remote_get` does. A password is not written into the repository, unlike in Salt: give \
      it to the functions that fetch.

      Example: `brine run web1 git.remote_set /srv/app https://git.example/app.git`
      """,
    effect: .change,
    parameters: [directory, .required("url", .string, "The address."), remote] + usual.prefix(2) + [
      httpsUser, httpsPassword, .optional("push_url", .string, "Another address for pushing."),
      .optional("push_https_user", .string, "Not written: give it to git.push."),
      .optional("push_https_pass", .string, "Not written: give it to git.push."),
    ] + usual.suffix(2)
  ) { arguments, repository in
    let name = try GitText.word(arguments.string("remote"), "remote")
    let push = try arguments.optionalString("push_url").map { (text) throws(FunctionError) in
      try GitURL(text, "push_url")
    }
    try await repository.setRemote(name, GitURL(arguments.string("url"), "url"), push: push)
    return try await one(name, repository)
  }

  private static let symbolicRef = function(
    "symbolic_ref", "Reads, sets or removes a symbolic reference.",
    details: "Returns what it stands for. Example: `brine run web1 git.symbolic_ref /srv/app HEAD`", effect: .change,
    parameters: [
      directory, .required("ref", .string, "The reference."), .optional("value", .string, "What it is to stand for."),
      options, gitOptions,
    ] + usual
  ) { arguments, repository in
    let flags = try GitText.options(arguments["opts"])
    guard !arguments.isGiven("value") || !flags.contains("-d") && !flags.contains("--delete") else {
      throw FunctionError(
        .badArguments, "Value cannot be set for symbolic ref if -d/--delete is included in opts")
    }
    let value = try arguments.optionalString("value").map { (text) throws(FunctionError) in
      [try GitText.word(text, "value")]
    }
    let command = try words(["symbolic-ref"], arguments) + [GitText.word(arguments.string("ref"), "ref")]
    return .string(try await repository.git.output(command + (value ?? []), in: repository.path))
  }

  private static let branch = function(
    "branch", "Runs git branch.",
    details: "Returns True. Example: `brine run web1 git.branch /srv/app old opts=-d`", effect: .change,
    parameters: [directory, .optional("name", .string, "The branch."), options, gitOptions] + usual
  ) { arguments, repository in
    let name = try arguments.optionalString("name").map { (text) throws(FunctionError) in
      [try GitText.word(text, "name")]
    }
    try await repository.git.output(words(["branch"], arguments) + (name ?? []), in: repository.path)
    return true
  }

  private static let tag = function(
    "tag", "Makes or removes a tag.",
    details: "Returns what git prints. Example: `brine run web1 git.tag /srv/app v1 message='first one'`",
    effect: .change,
    parameters: [
      directory, .required("name", .string, "The tag."), .optional("ref", .string, default: "HEAD", "What it marks."),
      .optional("message", .string, "Its message, which makes it an annotated one."), options, gitOptions,
    ] + usual
  ) { arguments, repository in
    let flags = try GitText.options(arguments["opts"]).filter { !["-a", "--annotate"].contains($0) }
    guard !flags.contains(where: { $0 == "-m" || $0.hasPrefix("--message") }) else {
      throw FunctionError(.badArguments, "Tag messages must be passed in the \"message\" argument")
    }
    var command = try GitText.options(arguments["git_opts"]) + ["tag"]
    if let message = arguments.optionalString("message") { command += ["-a", "-m", message] }
    command += flags + [try GitText.word(arguments.string("name"), "name")]
    if !flags.contains("-d"), !flags.contains("--delete") {
      command.append(try GitText.word(arguments.string("ref"), "ref"))
    }
    return .string(try await repository.git.output(command, in: repository.path, isMerged: true))
  }

  private static let redaction = Parameter.optional(
    "redact_auth", .bool, default: true, "Taken for compatibility: passwords are never shown.")

  private static func one(_ name: String, _ repository: GitRepository) async throws -> Value {
    guard let remote = try await repository.remotes()[name] else {
      throw FunctionError(
        .notFound, "Remote '\(name)' not present in git checkout located at \(repository.path)")
    }
    return value(remote)
  }

  private static func value(_ remote: GitRepository.Remote) -> Value {
    var map: ValueMap = [:]
    if let fetch = remote.fetch { map["fetch"] = .string(GitText.redacted(fetch)) }
    if let push = remote.push { map["push"] = .string(GitText.redacted(push)) }
    return .map(map)
  }

  private static func map(_ found: OrderedDictionary<String, String>) -> Value {
    .map(ValueMap(found.map { (.string($0.key), .string($0.value)) }, uniquingKeysWith: { $1 }))
  }
}
