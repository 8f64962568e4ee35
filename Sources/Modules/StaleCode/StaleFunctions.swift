public import Functions
import Value

/// `stale.*`: processes that still run the old code of libraries and programs that were replaced on disk.
public enum StaleFunctions {
  public static let all: [Function] = [list, units]

  static let libraries = Parameter.optional(
    "libraries", .stringList,
    "Only these files, by the name before `.so` (libssl), or as a glob of the file's name or whole path.")
  static let skip = Parameter.optional(
    "skip", .stringList, "Globs of units to leave alone besides those that are never restarted.")

  static let list = Function(
    "stale.list", "Lists the processes that run code of files which were replaced or deleted since they started.",
    details: """
      Returns a list of `{pid, name, kind, owner, files}`. `kind` is `unit`, `systemd` (process 1), `session`, \
      `container` or `other`, and `owner` the unit, the session or the container's control group. After an upgrade of a \
      library nothing is patched that is still in this list.

      Example: `brine run '*' stale.list libraries=libssl,libcrypto`.
      """,
    effect: .inspect, parameters: [libraries]
  ) { arguments, context in
    .list(try StaleUnits(context, libraries: arguments.strings("libraries")).processes().map(\.value))
  }

  static let units = Function(
    "stale.units", "Tells which units must be restarted to be rid of replaced code, and what a restart does not cure.",
    details: """
      Returns `{restart, systemd, protected, leftovers, sessions, containers, others}`: units that `stale.restarted` \
      restarts; whether systemd itself is stale; units that are never restarted unasked (the bus, logins, networks, \
      virtual machines, the minion); processes that outlived their unit's restart; and those that no unit of this host \
      started.

      Example: `brine run '*' stale.units libraries=libssl,libcrypto`.
      """,
    effect: .inspect, parameters: [libraries, skip]
  ) { arguments, context in try await StaleUnits(arguments, context).plan().value }
}
