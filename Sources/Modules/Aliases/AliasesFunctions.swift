public import Functions
import Value

/// `aliases.*`: mail aliases in /etc/aliases, or in `aliases.file` of the pillar.
public enum AliasesFunctions {
  public static let all: [Function] = [list, get, has, set, remove]

  private static let alias = Parameter.required("alias", .string, "The alias.")
  private static let target = Parameter.required("target", .any, "Who gets the mail: a text or a list.")

  private static let list = Function(
    "aliases.list_aliases", "Gives the mail aliases.", details: "Returns `{alias: target}`.", effect: .read
  ) { _, context in .map(try MailAliases(context).targets) }

  private static let get = Function(
    "aliases.get_target", "Gives an alias's target.", details: "Returns a text, empty when there is none.",
    effect: .read, parameters: [alias]
  ) { arguments, context in .string(try MailAliases(context).target(of: arguments.string("alias"))) }

  private static let has = Function(
    "aliases.has_target", "Tells whether an alias has a target.", effect: .read, parameters: [alias, target]
  ) { arguments, context in
    let target = try MailAliases.text(arguments["target"])
    return .bool(try MailAliases(context).target(of: arguments.string("alias")) == target)
  }

  private static let set = Function(
    "aliases.set_target", "Sets an alias.", details: "Returns True.", effect: .change, parameters: [alias, target]
  ) { arguments, context in
    var aliases = try MailAliases(context)
    let target = try MailAliases.text(arguments["target"])
    if !context.isTest { try await aliases.set(arguments.string("alias"), target) }
    return true
  }

  private static let remove = Function(
    "aliases.rm_alias", "Removes an alias.", details: "Returns True.", effect: .change, parameters: [alias]
  ) { arguments, context in
    var aliases = try MailAliases(context)
    if !context.isTest { try await aliases.remove(arguments.string("alias")) }
    return true
  }
}
