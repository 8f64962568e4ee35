public import Functions
import OrderedCollections
import Value

/// States `acl.*`.
public enum AclStates {
  public static let all: [StateFunction] = [present, absent, listPresent, listAbsent]

  private static let common: [Parameter] = [
    .required("name", .string, "A file or directory."),
    .required(
      "acl_type", .string, "user, group or mask; with `d:` or `default:` before it the default of a directory."),
  ]
  private static let entry = Parameter.optional("acl_name", .string, default: "", "The user or group.")
  private static let names = Parameter.optional("acl_names", .stringList, "The users or groups.")
  private static let permissions = Parameter.optional("perms", .string, default: "", "Such as `rwx`.")
  private static let recursive = Parameter.optional("recurse", .bool, default: false, "All below as well.")
  private static let force = Parameter.optional("force", .bool, default: false, "Other entries are removed first.")

  private static let present = StateFunction(
    "acl.present", "Has an entry in a file's access control list.",
    details: "Changes are `{new: {acl_name, acl_type, perms}, old}`.",
    parameters: common + [entry, permissions, recursive, force]
  ) { arguments, context in
    try await examined(arguments, context) { wish, lists in
      let name = arguments.string("acl_name")
      let wanted = lists.name(name, wish)
      guard let found = lists.own.last(where: { $0.name == wanted }) else {
        return try await applied(
          wish, [name], old: nil,
          ("New permissions will be applied for \(name): \(wish.permissions)", "Applied new permissions for \(name)"),
          name)
      }
      let octal = octal(wish.permissions)
      let isConditional = wish.permissions.hasSuffix("X")
      func isRight(_ entry: AccessControlLists.Entry) -> Bool {
        entry.octal == octal || (wish.isRecursive && isConditional && entry.octal % 2 == 0 && entry.octal == octal - 1)
      }
      let isFine =
        wish.isRecursive
        ? lists.all.allSatisfy { path, list in
          (wish.isDefault && !context.functions.files.isDirectory(path))
            || list.entries(wish.type, isDefault: wish.isDefault).contains { $0.name == wanted && isRight($0) }
        } : found.octal == octal
      if isFine { return StateResult(true, "Permissions are in the desired state") }
      let old = letters(found.octal)
      return try await applied(
        wish, [name], old: .string(old),
        (
          "Updated permissions will be applied for \(name): \(old) -> \(wish.permissions)",
          "Updated permissions for \(name)"
        ), name)
    }
  }

  private static let absent = StateFunction(
    "acl.absent", "Has no such entry in a file's access control list.", details: "Salt reports no changes either.",
    parameters: common + [entry, permissions, recursive]
  ) { arguments, context in
    try await examined(arguments, context) { wish, lists in
      let name = lists.name(arguments.string("acl_name"), wish)
      let isThere =
        lists.own.contains { $0.name == name }
        || lists.all.values.contains { $0.entries(wish.type, isDefault: false).contains { $0.name == name } }
      guard isThere else { return StateResult(true, "Permissions are in the desired state") }
      if context.isTest { return StateResult(nil, "Removing permissions") }
      try await wish.lists.remove(
        wish.fullType, arguments.string("acl_name"), [wish.path], isRecursive: wish.isRecursive)
      return StateResult(true, "Removing permissions")
    }
  }

  private static let listPresent = StateFunction(
    "acl.list_present", "Has entries in a file's access control list.",
    details: "Changes are `{new: {acl_name, acl_type, perms}, old}`.",
    parameters: common + [names, permissions, recursive, force]
  ) { arguments, context in
    try await examined(arguments, context) { wish, lists in
      let names = arguments.strings("acl_names")
      let octal = octal(wish.permissions)
      let found = lists.own.filter { names.contains($0.name) }
      let shown = PythonText.str(.strings(names))
      if names.allSatisfy({ name in found.contains { $0.name == name } }) {
        guard let wrong = found.first(where: { $0.octal != octal }) else {
          return StateResult(true, "Permissions are in the desired state")
        }
        let old = String(wrong.octal)
        return try await applied(
          wish, names, old: .string(old),
          (
            "Updated permissions will be applied for \(shown): \(old) -> \(wish.permissions)",
            "Updated permissions for \(shown)"
          ), shown, new: .integer(octal))
      }
      return try await applied(
        wish, names, old: nil,
        (
          "New permissions will be applied for \(shown): \(wish.permissions)",
          "Applied new permissions for \(names.joined(separator: ", "))"
        ), shown)
    }
  }

  private static let listAbsent = StateFunction(
    "acl.list_absent", "Has no such entries in a file's access control list.",
    details: "Salt reports no changes either.", parameters: common + [names, recursive]
  ) { arguments, context in
    try await examined(arguments, context) { wish, lists in
      let names = arguments.strings("acl_names")
      guard lists.own.contains(where: { names.contains($0.name) }) else {
        return StateResult(true, "Permissions are in the desired state")
      }
      if context.isTest { return StateResult(nil, "Removing permissions") }
      for name in names { try await wish.lists.remove(wish.fullType, name, [wish.path], isRecursive: wish.isRecursive) }
      return StateResult(true, "Removing permissions")
    }
  }

  // MARK: What is wanted and what is there

  private struct Wish {
    var lists: AccessControlLists
    var path: String
    /// With `d:` where it is the default.
    var fullType: String
    var type: String
    var isDefault: Bool
    var permissions: String
    var isRecursive: Bool
    var isForced: Bool
    var isTest: Bool
  }

  private struct Found {
    var all: OrderedDictionary<String, AccessControlLists.List>
    var own: [AccessControlLists.Entry]
    var comments: ValueMap

    /// The owner or the owning group for an entry without a name.
    func name(_ name: String, _ wish: Wish) -> String {
      name.isEmpty ? comments[.string(wish.type)]?.description ?? "" : name
    }
  }

  private static func examined(
    _ arguments: Arguments, _ context: StateContext, _ body: (Wish, Found) async throws -> StateResult
  ) async throws -> StateResult {
    let (path, fullType) = (arguments.string("name"), arguments.string("acl_type"))
    let isDefault = fullType.hasPrefix("d:") || fullType.hasPrefix("default:")
    let wish = Wish(
      lists: AccessControlLists(context.functions), path: path, fullType: fullType,
      type: isDefault ? String(fullType.drop { $0 != ":" }.dropFirst()) : fullType, isDefault: isDefault,
      permissions: arguments.has("perms") ? arguments.string("perms") : "", isRecursive: arguments.bool("recurse"),
      isForced: arguments.has("force") && arguments.bool("force"), isTest: context.isTest)
    guard context.functions.files.exists(path) else { return StateResult(false, "\(path) does not exist") }
    do {
      let all = try await wish.lists.lists([path], isRecursive: wish.isRecursive)
      let list = all[path] ?? all.values.first ?? AccessControlLists.List()
      let found = Found(
        all: all, own: list.entries(wish.type, isDefault: isDefault), comments: list.comments)
      guard !found.own.isEmpty || isDefault else { return StateResult(false, "ACL Type does not exist") }
      return try await body(wish, found)
    } catch { return StateResult(failed: error) }
  }

  /// - Parameter words: the comment of test mode, and that of success.
  private static func applied(
    _ wish: Wish, _ names: [String], old: Value?, _ words: (planned: String, done: String), _ shown: String,
    new: Value? = nil
  ) async throws -> StateResult {
    let name = Value.string(names.joined(separator: ", "))
    func entry(_ permissions: Value) -> Value {
      ["acl_name": name, "acl_type": .string(wish.fullType), "perms": permissions]
    }
    var changes: ValueMap = ["new": entry(new ?? .string(wish.permissions))]
    if let old { changes["old"] = entry(old) }
    if wish.isTest { return StateResult(nil, words.planned, changes: changes) }
    do {
      if wish.isForced { try await wish.lists.clear([wish.path], isRecursive: wish.isRecursive) }
      for name in names {
        try await wish.lists.modify(
          wish.fullType, name, wish.permissions, [wish.path], isRecursive: wish.isRecursive)
      }
    } catch { return StateResult(failed: error, "Error updating permissions for \(shown): ") }
    return StateResult(true, words.done, changes: changes)
  }

  private static func octal(_ permissions: String) -> Int {
    permissions.reduce(0) { sum, letter in
      sum + (["r": 4, "w": 2, "x": 1, "X": 1][letter] ?? letter.wholeNumberValue ?? 0)
    }
  }

  private static func letters(_ octal: Int) -> String {
    (octal & 4 != 0 ? "r" : "-") + (octal & 2 != 0 ? "w" : "-") + (octal & 1 != 0 ? "x" : "-")
  }
}
