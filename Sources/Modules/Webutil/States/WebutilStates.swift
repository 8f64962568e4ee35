public import Functions
import OrderedCollections
import Value

/// States `webutil.*`.
public enum WebutilStates {
  public static let all: [StateFunction] = [exists, absent]

  private static let name = Parameter.required("name", .string, "The user.")
  private static let runas = Parameter.optional("runas", .string, "The user that htpasswd runs as.")

  private static let exists = StateFunction(
    "webutil.user_exists", "Has a user in a file of htpasswd.", details: "Changes are `{user: True}`.",
    parameters: [
      name, .required("password", .string, "The password."), .required("htpasswd_file", .string, "The file."),
      .optional("options", .string, default: "", "Letters of htpasswd's options, such as `B`."),
      .optional("force", .bool, default: false, "Write it even when the user is known."), runas,
      .optional("update", .bool, default: false, "Write it when the password is another one."),
    ]
  ) { arguments, context in
    let (name, password) = (arguments.string("name"), arguments.string("password"))
    let (options, runas) = (arguments.string("options"), arguments.optionalString("runas"))
    do {
      let file = try PasswordFile(arguments.string("htpasswd_file"), context.functions)
      var isWanted = arguments.bool("force") || !file.has(name)
      if !isWanted, arguments.bool("update") {
        isWanted = try await !file.verify(name, password, options: options, runas: runas)
      }
      guard isWanted else { return StateResult(true, "User already known") }
      let changes: ValueMap = [.string(name): true]
      if context.isTest {
        return StateResult(nil, "User '\(name)' is set to be added to htpasswd file", changes: changes)
      }
      let result = try await file.add(name, password, options: options, runas: runas)
      return StateResult(
        result.isSuccess, result.errorText.trimmed(), changes: result.isSuccess ? changes : [:])
    } catch { return StateResult(failed: error) }
  }

  private static let absent = StateFunction(
    "webutil.user_absent", "Has no such user in a file of htpasswd.", details: "Changes are `{user: True}`.",
    parameters: [name, .required("htpasswd_file", .string, "The file."), runas]
  ) { arguments, context in
    let name = arguments.string("name")
    do {
      let file = try PasswordFile(arguments.string("htpasswd_file"), context.functions)
      guard file.has(name) else { return StateResult(context.isTest ? nil : true, "User already not in file") }
      let changes: ValueMap = [.string(name): true]
      if context.isTest {
        return StateResult(nil, "User '\(name)' is set to be removed from htpasswd file", changes: changes)
      }
      let result = try await file.remove(name, runas: arguments.optionalString("runas"))
      return StateResult(
        result.isSuccess, result.errorText.trimmed(), changes: result.isSuccess ? changes : [:])
    } catch { return StateResult(failed: error) }
  }
}
