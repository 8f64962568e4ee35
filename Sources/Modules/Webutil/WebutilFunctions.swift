public import Functions
import HostSystem
import OrderedCollections
import Value

/// `webutil.*`: files of htpasswd(1).
public enum WebutilFunctions {
  public static let all: [Function] = [add, remove, verify]

  private static let file = Parameter.required("pwfile", .string, "The file.")
  private static let user = Parameter.required("user", .string, "The user.")
  private static let password = Parameter.required("password", .string, "The password.")
  private static let options = Parameter.optional("opts", .string, default: "", "Letters of options, such as `B`.")
  private static let runas = Parameter.optional("runas", .string, "The user that htpasswd runs as.")

  private static let add = Function(
    "webutil.useradd", "Adds a user to a file of htpasswd.", details: "Returns what `cmd.run_all` returns.",
    effect: .change, parameters: [file, user, password, options, runas]
  ) { arguments, context in
    let file = try PasswordFile(arguments.string("pwfile"), context)
    try context.stopIfTest("run htpasswd on \(file.path)")
    return value(
      try await file.add(
        arguments.string("user"), arguments.string("password"), options: arguments.string("opts"),
        runas: arguments.optionalString("runas")))
  }

  private static let remove = Function(
    "webutil.userdel", "Removes a user from a file of htpasswd.", details: "Returns what it prints, by lines.",
    effect: .change,
    parameters: [
      file, user, runas, .optional("all_results", .bool, default: false, "Return what `cmd.run_all` returns."),
    ]
  ) { arguments, context in
    let file = try PasswordFile(arguments.string("pwfile"), context)
    guard file.exists else { return "Error: The specified htpasswd file does not exist" }
    try context.stopIfTest("run htpasswd on \(file.path)")
    let result = try await file.remove(arguments.string("user"), runas: arguments.optionalString("runas"))
    return arguments.bool("all_results") ? value(result) : .strings((result.outputText + result.errorText).splitLines())
  }

  private static let verify = Function(
    "webutil.verify", "Tells whether a user's password is this one.", effect: .inspect,
    parameters: [file, user, password, options, runas]
  ) { arguments, context in
    .bool(
      try await PasswordFile(arguments.string("pwfile"), context).verify(
        arguments.string("user"), arguments.string("password"), options: arguments.string("opts"),
        runas: arguments.optionalString("runas")))
  }

  private static func value(_ result: CommandResult) -> Value {
    [
      "pid": .integer(result.processID), "retcode": .integer(result.exitCode),
      "stdout": .string(result.outputText.trimmed()), "stderr": .string(result.errorText.trimmed()),
    ]
  }
}
