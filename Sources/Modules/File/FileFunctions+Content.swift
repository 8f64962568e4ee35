import Functions
import HostSystem
import Value

extension FileFunctions {
  static let contents = [read, seekRead, contains, containsGlob, grep, search]

  private static let read = Function.guarded(
    "file.read", "Returns what is in a file.",
    details: """
      The text, with what is not UTF-8 replaced, or the bytes with `binary`. At most 16 MiB.

      Example: `brine run 'web*' file.read /etc/nginx/nginx.conf`
      """,
    effect: .inspect, parameters: [path, .optional("binary", .bool, default: false, "Return the bytes as they are.")]
  ) { arguments, context in
    let bytes = try context.files.read(try AbsolutePath.argument("path", of: arguments))
    return arguments.bool("binary") ? .bytes(bytes) : .string(String(decoding: bytes, as: UTF8.self))
  }

  private static let seekRead = Function.guarded(
    "file.seek_read", "Returns a piece of a file.",
    details: """
      Bytes; fewer than asked for at the end of the file. At most 16 MiB. Example: `brine run web1 file.seek_read \
      /var/log/syslog 4096 0`
      """,
    effect: .inspect,
    parameters: [
      path, .required("size", .int, "How many bytes."),
      .required("offset", .int, "How many bytes before them to skip."),
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    guard let size = arguments.int("size"), (0...16 << 20).contains(size), let offset = arguments.int("offset"),
      offset >= 0, !size.addingReportingOverflow(offset).overflow
    else {
      throw FunctionError(.badArguments, "'size' has to be 0 to \(16 << 20), 'offset' 0 or more.")
    }
    return .bytes(try context.files.read(path, offset: offset, count: size))
  }

  private static let contains = Function.guarded(
    "file.contains", "Tells whether a text stands in a file.",
    details: """
      True or False; False too for a file that cannot be read. White space around the text does not count.

      Example: `brine run '*' file.contains /etc/ssh/sshd_config 'PermitRootLogin no'`
      """,
    effect: .inspect, parameters: [path, .required("text", .string, "The text, as it is.")]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    let text = Array(arguments.string("text").trimmed().utf8)
    return .bool((try? context.files.contains(path, text)) ?? false)
  }

  private static let containsGlob = Function.guarded(
    "file.contains_glob", "Tells whether a file as a whole matches a pattern.",
    details: """
      True or False; False too for a file that cannot be read. The pattern has to cover the whole file, so it mostly \
      begins and ends with `*`.

      Example: `brine run '*' file.contains_glob /etc/os-release '*bookworm*'`
      """,
    effect: .inspect, parameters: [path, .required("glob_expr", .string, "A pattern with `*`, `?`, `[a-z]`.")]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    guard let text = try? context.files.readText(path) else { return false }
    return .bool(GlobPattern(arguments.string("glob_expr")).matches(text))
  }

  private static let grep = Function.guarded(
    "file.grep", "Runs grep on a file, or on the files that a pattern of names stands for.",
    details: """
      A map with `pid`, `retcode` (1 when nothing was found), `stdout`, `stderr`. The expression is a basic one unless \
      `-E`, `-F` or `-P` is among the options.

      Example: `brine run 'web*' file.grep /etc/passwd nologin opts=-i`
      """,
    effect: .inspect,
    parameters: [
      .required("path", .string, "Absolute path; may be a pattern."),
      .required("pattern", .string, "What to look for."),
      .variadic("opts", .string, "Options of grep, each a word of its own, such as `-i` or `-B2`."),
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    let options = arguments.strings("opts")
    if let word = options.first(where: { !$0.hasPrefix("-") || $0.contains(where: \.isWhitespace) }) {
      throw FunctionError(
        .badArguments, "'\(word)' is not one option of grep.", hint: "Give each option as a word of its own: -i -B2.")
    }
    let found = PathGlob.expand(path, context.files)
    let paths = found.isEmpty ? [path] : found
    let argv = ["grep"] + options + ["-e", arguments.string("pattern"), "--"] + paths.map(context.files.resolve)
    let result = try await context.commands.runParsed(argv)
    return [
      "pid": .integer(result.processID), "retcode": .integer(result.exitCode),
      "stdout": .string(withoutLastNewline(result.outputText)), "stderr": .string(withoutLastNewline(result.errorText)),
    ]
  }

  private static let search = Function.guarded(
    "file.search", "Tells whether a regular expression matches a line of a file.",
    details: """
      True or False. The expression is read by `grep -P` (PCRE), which is nearly Python's; lines are looked at one \
      by one.

      Example: `brine run '*' file.search /etc/ssh/sshd_config '^PermitRootLogin\\s+no'`
      """,
    effect: .inspect,
    parameters: [
      path, .required("pattern", .string, "The regular expression."),
      .optional("flags", .any, default: 8, "`IGNORECASE` among them ignores case; Salt's default otherwise."),
      .optional("bufsize", .any, default: 1, "Kept for Salt's sake; has no effect."),
      .optional("ignore_if_missing", .bool, default: false, "False for a missing file instead of an error."),
      .optional("multiline", .bool, default: false, "Not offered: a match over several lines."),
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("path", of: arguments)
    guard !arguments.bool("multiline") else {
      throw FunctionError(.badArguments, "file.search looks at one line at a time.", hint: "Leave multiline out.")
    }
    guard context.files.exists(path) else {
      if arguments.bool("ignore_if_missing") { return false }
      throw missing(path)
    }
    let flags = arguments["flags"].listValue ?? [arguments["flags"]]
    let ignoresCase = flags.contains { $0.stringValue?.uppercased() == "IGNORECASE" || (($0.intValue ?? 0) & 2) != 0 }
    let argv =
      ["grep", "-P", "-a", "-q"] + (ignoresCase ? ["-i"] : [])
      + ["-e", arguments.string("pattern"), "--", context.files.resolve(path)]
    let result = try await context.commands.runParsed(argv)
    guard result.ending == .exited(0) || result.ending == .exited(1) else {
      throw FunctionError(
        .failed, "Cannot search '\(path)': grep ended with \(result.exitCode): \(result.errorText.trimmed())",
        hint: "Look at the regular expression.")
    }
    return .bool(result.isSuccess)
  }

  private static func withoutLastNewline(_ text: String) -> String {
    var text = text[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
