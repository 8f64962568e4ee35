import Functions
import Value

extension PsFunctions {
  static let getPidList = Function(
    "ps.get_pid_list", "Lists the ids of all processes.",
    details: "Returns a list of numbers. Example: `brine run web1 ps.get_pid_list`.", effect: .read
  ) { _, context in .list(ProcessTable(files: context.files).ids().map(Value.integer)) }

  static let procInfo = Function(
    "ps.proc_info", "Describes a process.",
    details: """
      Returns psutil's attributes by name: \(ProcessFacts.names.joined(separator: ", ")). What may not be read \
      is null. \
      The environment is not given, because secrets are often in it. \
      Example: `brine run web1 ps.proc_info 2322 attrs=name,cmdline`.
      """,
    effect: .inspect,
    parameters: [
      .required("pid", .int, "The process's id."),
      .optional("attrs", .stringList, "Only these attributes."),
    ]
  ) { arguments, context in
    let table = ProcessTable(files: context.files)
    let wanted = arguments.isGiven("attrs") ? arguments.strings("attrs") : ProcessFacts.names
    if let unknown = wanted.first(where: { !ProcessFacts.names.contains($0) }) {
      throw FunctionError(
        .badArguments, "ps.proc_info: there is no attribute '\(unknown)'.",
        hint: "There are \(ProcessFacts.names.joined(separator: ", ")).")
    }
    guard let id = arguments.int("pid"), let process = table.process(id) else {
      throw FunctionError(.notFound, "ps.proc_info: there is no process \(arguments["pid"]).")
    }
    let facts = ProcessFacts(process: process, table: table)
    return .map(ValueMap(wanted.map { (.string($0), facts.value($0)) }, uniquingKeysWith: { $1 }))
  }

  static let pgrep = Function(
    "ps.pgrep", "Finds processes by name.",
    details:
      "Returns a list of ids, or null when none matches. Example: `brine run web1 ps.pgrep nginx user=www-data`.",
    effect: .inspect,
    parameters: matching + [
      .optional(
        "pattern_is_regex", .bool, default: false, "The pattern is a regular expression, not a part of the text.")
    ]
  ) { arguments, context in
    let search =
      arguments.bool("pattern_is_regex") ? try TextSearch(arguments.string("pattern"), in: "ps.pgrep") : nil
    let found = try matches(arguments, context, search: search).map { Value.integer($0.id) }
    return found.isEmpty ? .null : .list(found)
  }

  static let psaux = Function(
    "ps.psaux", "Finds lines of `ps aux` by a regular expression.",
    details: """
      Returns `[expression, [lines], 'N occurrence(s).']`. Example: `brine run web1 ps.psaux 'www-data.+apache2'`.
      """,
    effect: .inspect,
    parameters: [.required("name", .string, "The regular expression.")]
  ) { arguments, context in
    let name = arguments.string("name")
    let search = try TextSearch(name, in: "ps.psaux")
    let result = try await context.commands.run("ps", "auxww")
    guard result.isSuccess else {
      throw FunctionError(
        .failed, "ps.psaux: `ps auxww` ended with \(result.exitCode): \(result.errorText.trimmed())",
        hint: "ps(1) is in the package procps.")
    }
    // What asks is not what is asked for.
    let lines = try result.outputLines.filter { try !$0.contains("ps.psaux") && search.isFound(in: $0) }
    return [.string(name), .strings(lines), .string("\(lines.count) occurrence(s).")]
  }

  static let top = Function(
    "ps.top", "Lists the processes that use the most processor time during a few seconds.",
    details: """
      Returns a list of `{cmd, user, status, pid, create_time, cpu, mem}`, the busiest first; `cpu` in seconds \
      since the \
      process was started, `mem` in bytes. Example: `brine run db1 ps.top 5 interval=1`.
      """,
    effect: .inspect,
    parameters: [
      .optional("num_processes", .int, default: 5, "How many."),
      .optional("interval", .number, default: 3, "For how many seconds to look, at most 60."),
    ]
  ) { arguments, context in
    let table = ProcessTable(files: context.files)
    let before = Dictionary(
      table.processes().map { (Started(id: $0.id, ticks: $0.startTicks), $0.ticks.prefix(2).reduce(0, &+)) },
      uniquingKeysWith: { $1 })
    try await pause(arguments.double("interval") ?? 3, in: "ps.top")
    let boot = table.bootTime() ?? 0
    let used = table.processes().compactMap { process -> (process: ProcessEntry, ticks: UInt64)? in
      guard let earlier = before[Started(id: process.id, ticks: process.startTicks)] else { return nil }
      let now = process.ticks.prefix(2).reduce(0, &+)
      return (process, now >= earlier ? now - earlier : 0)
    }
    let busiest = used.sorted { $0.ticks > $1.ticks }.prefix(max(1, arguments.int("num_processes") ?? 5))
    return .list(
      busiest.map { entry in
        let process = entry.process
        let memory = ProcessFacts(process: process, table: table).memory()
        return [
          "cmd": process.arguments.isEmpty ? .string(process.name) : .strings(process.arguments),
          "user": .string(process.user), "status": .string(process.status), "pid": .integer(process.id),
          "create_time": .double(table.startTime(of: process, boot: boot)),
          "cpu": map(ProcessFacts.cpuTimes(process)), "mem": map(memory),
        ]
      })
  }

  /// A process id may be given to another process; together with the start it is one process.
  private struct Started: Hashable {
    var id: Int
    var ticks: UInt64
  }

  static let matching: [Parameter] = [
    .required("pattern", .string, "A part of the name."),
    .optional("user", .string, "Only processes of this user."),
    .optional("full", .bool, default: false, "Look at the whole command line."),
  ]

  /// The processes that `pattern`, `user` and `full` describe, this one and its parent left out.
  static func matches(
    _ arguments: Arguments, _ context: FunctionContext, search: TextSearch? = nil
  ) throws -> [ProcessEntry] {
    let pattern = arguments.string("pattern")
    guard !pattern.isEmpty else {
      throw FunctionError(.badArguments, "The pattern is empty, which every process matches.")
    }
    let user = arguments.optionalString("user")
    return try ProcessTable(files: context.files).processes().filter { process in
      guard user == nil || user == process.user else { return false }
      let text = arguments.bool("full") ? process.arguments.joined(separator: " ") : process.name
      return try search?.isFound(in: text) ?? text.contains(pattern)
    }
  }

  static func map(_ pairs: [(String, Value)]) -> Value {
    .map(ValueMap(pairs.map { (.string($0.0), $0.1) }, uniquingKeysWith: { $1 }))
  }

  /// Waits while a sample is taken.
  static func pause(_ seconds: Double, in name: String) async throws {
    guard seconds >= 0, seconds <= 60 else {
      throw FunctionError(.badArguments, "\(name): the interval is from 0 to 60 seconds, not \(seconds).")
    }
    try await Task.sleep(for: .milliseconds(Int(seconds * 1000)))
  }
}
