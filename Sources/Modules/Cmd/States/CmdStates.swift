public import Functions
import OrderedCollections
import Value

/// States `cmd.*`: commands and scripts that run once in every state run, or when something that they watch has changed.
public enum CmdStates {
  public static let all: [StateFunction] = [
    run, waiting("cmd.wait"), waiting("cmd.watch"), script, waitScript,
  ]

  /// What commands and scripts take.
  static let common: [Parameter] = [
    .optional("cwd", .string, "Directory to run in; the user's home when it is not given."),
    .optional("runas", .string, "User to run as."), .optional("group", .string, "Group to run as."),
    .optional("password", .string, "Taken for compatibility; only Windows needs it."),
    .optional("shell", .string, "The shell; that of the grain `shell`."),
    .optional("env", .any, "Environment variables: a map, or a list of maps or of NAME=value."),
    .optional("prepend_path", .string, "Directories to put before PATH."),
    .optional("clean_env", .bool, default: false, "Start from an empty environment (but PATH)."),
    .optional(
      "stateful", .any, default: false,
      "The last line of the output (`changed=yes comment='…'`), or all of it as JSON, says what changed. "
        + "A list with `test_name` names the command for test mode."),
    .optional("umask", .string, "File mode creation mask, octal."),
    .optional("stdin", .string, "Text for standard input."),
    .optional("rstrip", .bool, default: true, "Cut white space off the end of what it prints."),
    .optional("output_loglevel", .any, "Taken for compatibility; outputs are not logged."),
    .optional("hide_output", .bool, default: false, "Leave the output out of the result."),
    .optional("timeout", .number, "Seconds until the command and all it started are ended."),
    .optional("use_vt", .bool, default: false, "Taken for compatibility; there is no terminal."),
    .optional("success_retcodes", .any, "Exit codes that count as 0."),
    .optional("success_stdout", .any, "Outputs that make it count as 0."),
    .optional("success_stderr", .any, "Error outputs that make it count as 0."),
    .keywords("kwargs", "Taken for compatibility and not used."),
  ]

  /// A value of the declaration; what the engine keeps for itself (`runas`, `umask`) stands in the chunk only.
  static func given(_ name: String, _ arguments: Arguments, _ context: StateContext) -> Value? {
    if arguments.isGiven(name) { return arguments[name] }
    guard let value = context.chunk[name], !value.isNull else { return nil }
    return value
  }

  /// A host's default shell as Salt's: the grain's, where it is there.
  static func shell(_ arguments: Arguments, _ context: StateContext) -> Value? {
    if let shell = given("shell", arguments, context) { return shell }
    guard let shell = context.functions.grains["shell"]?.stringValue,
      context.functions.files.isExecutable(shell)
    else { return nil }
    return .string(shell)
  }

  /// The reason to refuse before anything runs; nil when there is none.
  static func refusal(_ arguments: Arguments, _ context: StateContext) -> String? {
    let environment = arguments["env"]
    guard environment.isNull || environment.listValue != nil || environment.mapValue != nil else {
      return "Invalidly-formatted 'env' parameter. See documentation."
    }
    return nil
  }

  static func missingDirectory(_ arguments: Arguments, _ context: StateContext) -> String? {
    guard let directory = arguments.optionalString("cwd"), !directory.isEmpty,
      !context.functions.files.isDirectory(directory)
    else { return nil }
    return "Desired working directory \"\(directory)\" is not available"
  }

  /// The error as a state's comment.
  static func comment(_ error: any Error, _ arguments: Arguments, _ context: StateContext) -> String {
    guard let error = error as? FunctionError else { return String(describing: error) }
    if error.code == .notFound, error.message.hasPrefix("There is no user"),
      let user = given("runas", arguments, context)
    {
      return "User '\(user)' is not available"
    }
    return error.description
  }
}
