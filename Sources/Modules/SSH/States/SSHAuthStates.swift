public import Functions
import HostSystem
import OrderedCollections
import Value

/// States `ssh_auth.*`: the keys that let into accounts.
public enum SSHAuthStates {
  public static let all: [StateFunction] = [present, absent, manage]

  private static let name = Parameter.required(
    "name", .string, "The key: base64 alone, with a comment, or a whole line with options and type.")
  private static let source = Parameter.optional(
    "source", .string, default: "", "A file with keys in place of `name`: `salt://…` or a path of the host.")
  private static let settings = [
    SSHFunctions.type, SSHFunctions.comment, source, SSHFunctions.options, SSHFunctions.configuration,
    SSHFunctions.hash,
  ]

  private static let present = StateFunction.file(
    "ssh_auth.present", "A key lets into an account.",
    details: """
      The file and its directory are made for the user with modes 0600 and 0700. Options, other keys and lines that are \
      no keys stay. What lies in a home is reached through no link that a user laid.

      Example:

          AAAAC3NzaC1lZDI1NTE5AAAAI…:
            ssh_auth.present:
              - user: deploy
              - enc: ed25519
              - comment: ci
      """,
    parameters: [name, SSHFunctions.user] + settings
  ) { arguments, context in
    let run = try SSHAuthRun(arguments, context)
    return try await run.present(arguments.string("name"))
  }

  private static let absent = StateFunction.file(
    "ssh_auth.absent", "A key does not let into an account.",
    details: """
      Example:

          AAAAC3NzaC1lZDI1NTE5AAAAI…:
            ssh_auth.absent:
              - user: deploy
      """,
    parameters: [name, SSHFunctions.user] + settings
  ) { arguments, context in
    let run = try SSHAuthRun(arguments, context)
    return try await run.absent(arguments.string("name"))
  }

  private static let manage = StateFunction.file(
    "ssh_auth.manage", "These keys let into an account, and no others.",
    details: """
      Example:

          the keys of deploy:
            ssh_auth.manage:
              - user: deploy
              - ssh_keys:
                - ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI… ci
      """,
    parameters: [
      .required("name", .string, "A name for the state."),
      .required("ssh_keys", .list, "The keys, each as `name` of ssh_auth.present."),
      SSHFunctions.user,
    ] + settings
  ) { arguments, context in
    let run = try SSHAuthRun(arguments, context)
    return try await run.manage(arguments.strings("ssh_keys"))
  }
}
