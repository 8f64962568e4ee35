public import Functions
import OrderedCollections
import Value

/// States `alias.*`.
public enum AliasStates {
  public static let all: [StateFunction] = [present, absent]

  private static let name = Parameter.required("name", .string, "The local user whose mail it is.")

  private static let present = StateFunction(
    "alias.present", "Has a mail alias in /etc/aliases.", details: "Changes are `{alias: name}`.",
    parameters: [name, .required("target", .any, "Who gets the mail: a text or a list.")]
  ) { arguments, context in
    let name = arguments.string("name")
    let shown = PythonText.str(arguments["target"])
    do {
      var aliases = try MailAliases(context.functions)
      let target = try MailAliases.text(arguments["target"])
      if aliases.target(of: name) == target { return StateResult(true, "Alias \(name) already present") }
      if context.isTest { return StateResult(nil, "Alias \(name) -> \(shown) is set to be added") }
      try await aliases.set(name, target)
      return StateResult(true, "Set email alias \(name) -> \(shown)", changes: ["alias": .string(name)])
    } catch { return StateResult(failed: error, "Failed to set alias \(name) -> \(shown): ") }
  }

  private static let absent = StateFunction(
    "alias.absent", "Has no such mail alias.", details: "Changes are `{alias: name}`.", parameters: [name]
  ) { arguments, context in
    let name = arguments.string("name")
    do {
      var aliases = try MailAliases(context.functions)
      guard !aliases.target(of: name).isEmpty else { return StateResult(true, "Alias \(name) already absent") }
      if context.isTest { return StateResult(nil, "Alias \(name) is set to be removed") }
      try await aliases.remove(name)
      return StateResult(true, "Removed alias \(name)", changes: ["alias": .string(name)])
    } catch { return StateResult(failed: error, "Failed to remove alias \(name): ") }
  }
}
