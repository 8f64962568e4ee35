public import Functions
import OrderedCollections
import Value

/// `acl.*`: access control lists of files.
public enum AclFunctions {
  public static let all: [Function] = [version, get, wipe, modify, delete]

  private static let files = Parameter.variadic("args", .string, "Files and directories.")
  private static let recursive = Parameter.keywords("kwargs", "`recursive=True` for all below as well; `raise_err`.")
  private static let type = Parameter.required("acl_type", .string, "user, group or mask; with `d:` the default.")
  private static let name = Parameter.required("acl_name", .string, "The user or group.")

  private static let version = Function("acl.version", "Gives the version of getfacl.", effect: .inspect) {
    _, context in
    let words = try await context.output(of: ["getfacl", "--version"], package: "acl").fields()
    return .string(words.count > 1 ? words[1] : "")
  }

  private static let get = Function(
    "acl.getfacl", "Gives the access control lists of files.",
    details: "Returns `{path: {comment, user, group, other, mask, defaults}}`.", effect: .inspect,
    parameters: [files, recursive]
  ) { arguments, context in
    let lists = try await AccessControlLists(context).lists(
      arguments.strings("args"), isRecursive: isRecursive(arguments))
    return .map(ValueMap(lists.map { (.string($0), AccessControlLists.value($1)) }, uniquingKeysWith: { $1 }))
  }

  private static let wipe = Function(
    "acl.wipefacls", "Removes the access control lists of files.", details: "Returns True.", effect: .change,
    parameters: [files, recursive]
  ) { arguments, context in
    if context.isTest { return true }
    try await AccessControlLists(context).clear(arguments.strings("args"), isRecursive: isRecursive(arguments))
    return true
  }

  private static let modify = Function(
    "acl.modfacl", "Adds or changes an entry.", details: "Returns True.", effect: .change,
    parameters: [type, name, .required("perms", .string, "Such as `rwx`."), files, recursive]
  ) { arguments, context in
    if context.isTest { return true }
    try await AccessControlLists(context).modify(
      arguments.string("acl_type"), arguments.string("acl_name"), arguments.string("perms"), arguments.strings("args"),
      isRecursive: isRecursive(arguments))
    return true
  }

  private static let delete = Function(
    "acl.delfacl", "Removes an entry.", details: "Returns True.", effect: .change,
    parameters: [type, name, files, recursive]
  ) { arguments, context in
    if context.isTest { return true }
    try await AccessControlLists(context).remove(
      arguments.string("acl_type"), arguments.string("acl_name"), arguments.strings("args"),
      isRecursive: isRecursive(arguments))
    return true
  }

  private static func isRecursive(_ arguments: Arguments) -> Bool { arguments.map("kwargs")["recursive"] == true }
}
