import Functions
import HostSystem
import OrderedCollections
import Value

extension CronStates {
  static let file = StateFunction(
    "cron.file", "Has a whole crontab as a file of the file roots has it.", details: "Changes are `{diff: …}`.",
    parameters: [
      .required("name", .any, "The file, `salt://…` or a path on the host; of a list the first that is there."),
      .optional("source_hash", .any, default: "", "Taken for compatibility; files of other servers are not fetched."),
      .optional("source_hash_name", .any, "Taken for compatibility."), user,
      .optional("template", .string, "The template engine that renders it: jinja."),
      .optional("context", .map, "Variables for the template."),
      .optional("replace", .bool, default: true, "False leaves a crontab that is there alone."),
      .optional("defaults", .map, "Variables for the template; `context` goes over them."),
      .optional("backup", .any, default: "", "Taken for compatibility."),
      .keywords("kwargs", "Taken for compatibility and not used."),
    ]
  ) { arguments, context in
    let user = arguments.string("user")
    do {
      let program = try CrontabProgram(user: user, context.functions)
      guard try await AccountDatabase(context.functions).user(named: user) != nil else {
        return StateResult(false, "Could not identify group for user \(user)")
      }
      let old = try await program.read()
      if !arguments.bool("replace"), !old.isEmpty {
        return StateResult(true, "User \(user) already has a crontab. No changes made")
      }
      guard let new = try await content(arguments, context) else {
        let names = arguments.strings("name")
        return StateResult(
          false,
          names.count == 1
            ? "Source file \(names[0]) not found in saltenv '\(context.environment)'"
            : "Unable to manage file: none of the specified sources were found")
      }
      let difference = UnifiedDiff.text(Array(old.utf8), new)
      guard !difference.isEmpty else {
        let comment =
          context.isTest ? "The file is in the correct state" : "Crontab for user \(user) is in the correct state"
        return StateResult(true, comment)
      }
      let changes: ValueMap = ["diff": .string(difference)]
      if context.isTest {
        return StateResult(nil, "The crontab of user \(user) is set to be changed", changes: changes)
      }
      var command = Command("crontab", "-u", user, "-")
      command.standardInput = .bytes(new)
      let result = try await context.functions.commands.run(command)
      guard result.isSuccess else {
        return StateResult(
          false, "Unable to update user \(user) crontab. Error: \(result.errorText.trimmed())")
      }
      return StateResult(true, "Crontab for user \(user) was updated", changes: changes)
    } catch {
      let reason = (error as? FunctionError)?.description ?? String(describing: error)
      return StateResult(false, "Unable to manage file: \(reason)")
    }
  }

  private static func content(_ arguments: Arguments, _ context: StateContext) async throws -> [UInt8]? {
    var variables = arguments["defaults"].mapValue ?? [:]
    variables.merge(arguments["context"].mapValue ?? [:]) { $1 }
    for source in arguments.strings("name") {
      let script = ScriptSource(
        source, template: arguments.optionalString("template"), environment: context.environment, sls: context.sls,
        variables: variables)
      if let content = try await script.content(context.functions) { return content }
    }
    return nil
  }
}
