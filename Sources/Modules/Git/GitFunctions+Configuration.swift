import Functions
import HostSystem
import OrderedCollections
import Value

extension GitFunctions {
  static let configuration = [configGet, configGetRegexp, configSet, configUnset]

  private static let repository = Parameter.optional("cwd", .string, "The repository; not with `global`.")
  private static let global = Parameter.optional(
    "global", .bool, default: false, "The user's own configuration in place of a repository's.")
  private static let key = Parameter.required("key", .string, "The option, such as user.name.")

  private static let configGet = function(
    "config_get", "An option of git's configuration.",
    details: """
      Returns its value, the last where there are several, or None; with `all` the list of them.

      Example: `brine run web1 git.config_get user.name /srv/app`
      """,
    effect: .inspect,
    parameters: [key, repository] + usual + [global, .optional("all", .bool, default: false, "All its values.")]
  ) { arguments, place in
    let values = try await configuration(arguments, place).values(arguments.string("key"))
    guard let values else { return .null }
    return arguments.bool("all") ? .strings(values) : .string(values.last ?? "")
  }

  private static let configGetRegexp = function(
    "config_get_regexp", "Options of git's configuration by a pattern.",
    details: "A map of options and lists. Example: `brine run web1 git.config_get_regexp '^user' /srv/app`",
    effect: .inspect,
    parameters: [
      .required("key", .string, "A pattern of git's."), .optional("value_regex", .string, "A pattern for values."),
      repository,
    ] + usual + [global]
  ) { arguments, place in
    let found = try await configuration(arguments, place).values(
      matching: GitText.word(arguments.string("key"), "key"), value: arguments.optionalString("value_regex"))
    return .map(ValueMap(found.map { (.string($0.key), .strings($0.value)) }, uniquingKeysWith: { $1 }))
  }

  private static let configSet = function(
    "config_set", "Sets an option of git's configuration.",
    details: "Returns the list of its values then. Example: `brine run web1 git.config_set user.name Ops /srv/app`",
    effect: .change,
    parameters: [
      key, .optional("value", .string, "Its value."), .optional("multivar", .stringList, "Its values, several."),
      repository,
    ] + usual + [global, .optional("add", .bool, default: false, "Beside those that it has.")]
  ) { arguments, place in
    guard arguments.isGiven("value") != arguments.isGiven("multivar") else {
      throw FunctionError(.badArguments, "Only one of 'value' and 'multivar' is permitted")
    }
    let configuration = try configuration(arguments, place)
    let values =
      arguments.isGiven("value") ? [arguments.string("value")] : arguments.strings("multivar")
    try await configuration.set(arguments.string("key"), values, isAdding: arguments.bool("add"))
    return .strings(try await configuration.values(arguments.string("key")) ?? [])
  }

  private static let configUnset = function(
    "config_unset", "Takes an option out of git's configuration.",
    details: "Returns True. Example: `brine run web1 git.config_unset user.name /srv/app`", effect: .change,
    parameters: [key, .optional("value_regex", .string, "Only values that this pattern matches."), repository]
      + usual + [global, .optional("all", .bool, default: false, "All its values.")]
  ) { arguments, place in
    try await configuration(arguments, place).unset(
      arguments.string("key"), value: arguments.optionalString("value_regex"), isAll: arguments.bool("all"))
    return true
  }

  private static func configuration(_ arguments: Arguments, _ place: GitRepository) throws -> GitConfiguration {
    try GitConfiguration(
      place.git, directory: arguments.optionalString("cwd"), isGlobal: arguments.bool("global"),
      missing: "'cwd' argument required unless global=True")
  }
}
