public import Functions
import HostSystem
import OrderedCollections
import Value

/// States `git.*`.
public enum GitStates {
  public static let all: [StateFunction] = [latest, present, detached, cloned, configUnset, configSet]

  private static let access = [
    GitFunctions.identity, GitFunctions.httpsUser, GitFunctions.httpsPassword,
  ]
  private static let encoding = Parameter.optional(
    "output_encoding", .string, "Taken for compatibility: git's output is read as UTF-8.")
  private static let user = [
    Parameter.optional("user", .string, "The user that git runs as and that then owns the files."),
    .optional("password", .any, "For Windows; not used here."),
  ]
  private static let notes = """
    Git asks nobody anything, and follows no host key that is not known: `ssh_known_hosts.present` makes one known. A \
    password is never on a command line, in the checkout's configuration or in a result, unlike in Salt.
    """

  private static let latest = state(
    "git.latest", "A repository is checked out here, as new as its remote.",
    details: """
      What was changed here is kept, and the state fails, unless `force_reset` says otherwise. \(notes)

      Example:

          https://git.example/app.git:
            git.latest:
              - target: /srv/app
              - rev: main
              - user: deploy
      """,
    parameters: [
      .required("name", .string, "The address of the repository."), .required("target", .string, "The directory."),
      .optional("rev", .string, default: "HEAD", "The branch, tag or commit."),
      .optional("branch", .string, "The name of the local branch."),
    ] + user + [
      .optional("update_head", .bool, default: true, "Also check out what is new."),
      .optional("force_checkout", .bool, default: false, "Throw changes away when the branch changes."),
      .optional("force_clone", .bool, default: false, "Empty a directory that is no repository."),
      .optional("force_fetch", .bool, default: false, "Also fetch what is no fast-forward."),
      .optional(
        "force_reset", .any, default: false,
        "Throw changes away and reset what is no fast-forward; `remote-changes` only when the remote has changed."),
      .optional("submodules", .bool, default: false, "Also check submodules out."),
      .optional("bare", .bool, default: false, "Without a checkout."),
      .optional("mirror", .bool, default: false, "Bare, with all references of the remote."),
      .optional("remote", .string, default: "origin", "The name of the remote."),
      .optional("fetch_tags", .bool, default: true, "Also fetch tags."),
      .optional("sync_tags", .bool, default: true, "Remove tags that the remote has not."),
      .optional("depth", .int, "Only so many commits, of a branch or tag."),
    ] + access + [
      .optional("refspec_branch", .string, default: "*", "The branches to fetch."),
      .optional("refspec_tag", .string, default: "*", "The tags to fetch."), encoding,
    ]
  ) { arguments, context in
    var run = try await GitLatest(arguments, context)
    return try await run.run()
  }

  private static let present = state(
    "git.present", "There is a repository.",
    details: """
      Example:

          /srv/app.git:
            git.present: []
      """,
    parameters: [
      .required("name", .string, "The directory."),
      .optional("force", .bool, default: false, "Empty a directory that is no repository."),
      .optional("bare", .bool, default: true, "One without a checkout."),
      .optional("template", .string, "A directory of files to begin with."),
      .optional("separate_git_dir", .string, "Where the repository itself is to be."),
      .optional("shared", .any, "Who else may write: True, group, all, or a mode."),
    ] + user + [encoding]
  ) { arguments, context in try await GitPresent.run(arguments, context) }

  private static let detached = state(
    "git.detached", "A commit of a repository is checked out here, on no branch.",
    details: """
      \(notes)

      Example:

          https://git.example/app.git:
            git.detached:
              - target: /srv/app
              - rev: v1.4
      """,
    parameters: [
      .required("name", .string, "The address of the repository."),
      .required("rev", .string, "The branch, tag or commit."), .required("target", .string, "The directory."),
      .optional("remote", .string, default: "origin", "The name of the remote."),
    ] + user + [
      .optional("force_clone", .bool, default: false, "Empty a directory that is no repository."),
      .optional("force_checkout", .bool, default: false, "Throw changes away."),
      .optional("fetch_remote", .bool, default: true, "Fetch what is new."),
      .optional("hard_reset", .bool, default: false, "Throw changes away before that."),
      .optional("submodules", .bool, default: false, "Also check submodules out."),
    ] + access + [encoding]
  ) { arguments, context in
    var run = try await GitDetached(arguments, context)
    return try await run.run()
  }

  private static let cloned = state(
    "git.cloned", "A repository has been cloned to here, and is on a branch.",
    details: """
      What is new in the remote is not fetched. \(notes)

      Example:

          https://git.example/app.git:
            git.cloned:
              - target: /srv/app
      """,
    parameters: [
      .required("name", .string, "The address of the repository."), .required("target", .string, "The directory."),
      .optional("branch", .string, "The branch."),
    ] + user + access + [encoding]
  ) { arguments, context in try await GitCloned(arguments, context).run() }

  private static let configUnset = state(
    "git.config_unset", "An option of git's configuration is not set.",
    details: """
      Example:

          user.email:
            git.config_unset:
              - repo: /srv/app
      """,
    parameters: [
      .required("name", .string, "The option, or a pattern of git's."),
      .optional("value_regex", .string, "Only values that this pattern matches."),
      .optional("repo", .string, "The repository; not with `global`."),
    ] + user + [
      encoding, .optional("global", .bool, default: false, "The user's own configuration."),
      .optional("all", .bool, default: false, "Also where there are several values."),
    ]
  ) { arguments, context in try await GitOption(arguments, context).unset() }

  private static let configSet = state(
    "git.config_set", "An option of git's configuration has a value.",
    details: """
      Example:

          user.email:
            git.config_set:
              - value: ops@example.com
              - repo: /srv/app
      """,
    parameters: [
      .required("name", .string, "The option, such as user.email."), .optional("value", .string, "Its value."),
      .optional("multivar", .stringList, "Its values, several."),
      .optional("repo", .string, "The repository; not with `global`."),
    ] + user + [encoding, .optional("global", .bool, default: false, "The user's own configuration.")]
  ) { arguments, context in try await GitOption(arguments, context).set() }

  /// What git says against it is the comment.
  private static func state(
    _ name: String, _ summary: String, details: String, parameters: [Parameter], body: @escaping StateFunction.Body
  ) -> StateFunction {
    StateFunction.file(name, summary, details: details, parameters: parameters) { arguments, context in
      do { return try await body(arguments, context) } catch let error as GitError {
        return StateResult(false, error.description)
      }
    }
  }
}
