public import Functions
import Value

/// `cmd.*`: running commands and scripts.
public enum CmdFunctions {
  public static let all: [Function] = [
    run, runAll, runStdout, runStderr, retcode, shell, script, execCode, execCodeAll, which, whichBin, hasExec, shells,
    scriptRetcode, runChroot,
  ]

  static let command = Parameter.required(
    "cmd", .commandLine, "The command line, or a list: the program and its arguments, which nothing splits.")

  /// What every function that runs something takes.
  static let common: [Parameter] = [
    .optional("cwd", .string, "Directory to run in; the user's home when it is not given."),
    .optional("stdin", .string, "Text for standard input."),
    .optional("runas", .string, "User to run as; an unknown one is an error before anything runs."),
    .optional("group", .string, "Group to run as."),
    .optional("shell", .string, "The shell; /bin/bash, or /bin/sh where there is none."),
    .optional(
      "python_shell", .bool,
      "False: no shell, the line is split into words by quotes alone. True: a shell reads it. Without it as in Salt: "
        + "a shell for operators, none in templates and `module.run`."
    ),
    .optional("env", .any, "Environment variables: a map, or a list of maps or of NAME=value. Never logged."),
    .optional(
      "clean_env", .bool, default: false, "Start from an empty environment (but PATH) instead of the minion's."),
    .optional(
      "reset_system_locale", .bool, default: true, "Sets LC_… and LANGUAGE to C, where `env` does not say otherwise."),
    .optional("prepend_path", .string, "Directories to put before PATH."),
    .optional("rstrip", .bool, default: true, "Cut white space off the end of what it prints."),
    .optional("umask", .string, "File mode creation mask, octal."),
    .optional("timeout", .number, "Seconds until the command and all it started are ended."),
    .optional("ignore_retcode", .bool, default: false, "A failing command is no failure of the job."),
    .optional("success_retcodes", .list, "Exit codes that count as 0."),
    .optional("success_stdout", .stringList, "Outputs that make it count as 0."),
    .optional("success_stderr", .stringList, "Error outputs that make it count as 0."),
    .optional("hide_output", .bool, default: false, "Return no output."),
    .optional("bg", .bool, default: false, "Refused: use `brine run --async`, which keeps the result."),
    .optional("use_vt", .bool, default: false, "Refused: there is no terminal to show it on."),
    .optional("template", .string, "Refused: templates are rendered in states."),
    .optional("saltenv", .string, "The environment of a salt:// source; base."),
    .optional("output_loglevel", .string, "Taken for compatibility; outputs are not logged."),
    .optional("redirect_stderr", .bool, default: false, "Taken for compatibility; `cmd.run` has both in order anyway."),
  ]

  static let commonDetails = """
    The job fails when the exit code is not 0. When `timeout` passes, the whole process group is ended, the exit code is 124 \
    and the output ends with `… : Timed out after N seconds`. Output beyond 4 MiB is cut off, and said so. \
    A secret in `env` or on the command line is your choice: any process on the host may read a command line.
    """

  static func refuseUnsupported(_ arguments: Arguments, isRendering: Bool = false) throws {
    if arguments.bool("bg") {
      throw FunctionError(
        .badArguments, "bg=True is not supported: what it would start has no result.",
        hint: "Use `brine run --async`, or `systemd-run` in the command.")
    }
    if arguments.bool("use_vt") {
      throw FunctionError(.badArguments, "use_vt=True is not supported: there is no terminal.")
    }
    if !isRendering, arguments.isGiven("template") {
      throw FunctionError(.badArguments, "template= is not supported here.", hint: "States render templates.")
    }
  }
}
