public import Functions
import OrderedCollections
import Value

/// States `group.*`: groups of the host.
public enum GroupStates {
  public static let all: [StateFunction] = [present, absent]

  private static let name = Parameter.required("name", .string, "The group's name.")
  private static let local = Parameter.optional(
    "local", .bool, default: false, "Use the tools that ignore directories such as LDAP.")

  private static let present = StateFunction(
    "group.present", "Has a group, with its number and its members.",
    details: "Changes are the new group, or `{Final: …}` when an existing one was changed.",
    parameters: [
      name, .optional("gid", .any, "Its number."),
      .optional("system", .bool, default: false, "A system group: a low number, when it is made."),
      .optional("addusers", .stringList, "Users who are to be members."),
      .optional("delusers", .stringList, "Users who are to be no members."),
      .optional("members", .stringList, "All members; others are taken out."),
      .optional("non_unique", .bool, default: false, "Allow a number that another group has."), local,
    ]
  ) { arguments, context in
    if arguments.isGiven("members"), arguments.isGiven("addusers") || arguments.isGiven("delusers") {
      let conflict =
        "Error: Conflicting options \"members\" with \"addusers\" and/or \"delusers\" can not be used together. "
      return StateResult(nil, conflict)
    }
    guard Set(arguments.strings("addusers")).isDisjoint(with: arguments.strings("delusers")) else {
      return StateResult(nil, "Error. Same user(s) can not be added and deleted simultaneously")
    }
    do {
      let wish = try GroupWish(arguments)
      guard let group = try await wish.current(context) else { return try await wish.made(arguments, context) }
      return try await wish.changed(group, context)
    } catch { return StateResult(false, (error as? FunctionError)?.description ?? String(describing: error)) }
  }

  private static let absent = StateFunction(
    "group.absent", "Has no such group.", details: "Changes are `{group: \"\"}`.", parameters: [name, local]
  ) { arguments, context in
    let name = arguments.string("name")
    do {
      let database = try AccountDatabase(context.functions)
      guard try await database.group(named: AccountName.existing(name)) != nil else {
        return StateResult(true, "Group not present")
      }
      if context.isTest { return StateResult(nil, "Group \(name) is set for removal") }
      try await GroupWish.call("delete", ["name": .string(name), "local": arguments["local"]], context)
      return StateResult(true, "Removed group \(name)", changes: [.string(name): ""])
    } catch {
      let reason = (error as? FunctionError)?.description ?? String(describing: error)
      return StateResult(false, "Failed to remove group \(name)\n\(reason)")
    }
  }
}
