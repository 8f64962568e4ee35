import Functions
import Grains
import HostSystem
import Value

extension StatusFunctions {
  static let uptime = Function(
    "status.uptime", "Says since when the host is up and how many users are logged in.",
    details: """
      Returns `{seconds, since_iso, since_t, days, time: 'H:M', users}`; `users` is left out where who(1) is missing. \
      Example: `brine run '*' status.uptime`.
      """,
    effect: .inspect
  ) { _, context in try await uptimeReport(context) }

  static let diskusage = Function(
    "status.diskusage", "Gives the free and total bytes of file systems.",
    details: """
      Returns mount point → `{available, total}` in bytes; both are null where the file system does not answer. \
      Example: `brine run '*' status.diskusage / 'ext?'`.
      """,
    effect: .inspect,
    parameters: [
      .variadic("args", .string, "Paths, and globs of file system types (`ext?`); all file systems without any.")
    ]
  ) { arguments, context in .map(fileSystems(arguments.strings("args"), context.files)) }

  static let time = Function(
    "status.time", "Gives the host's local time.",
    details: "Returns text. Example: `brine run '*' status.time '%F %T'`.", effect: .read,
    parameters: [
      .optional("format", .string, default: "%A, %d. %B %Y %I:%M%p", "How to write it, as in strftime(3).")
    ]
  ) { arguments, _ in
    guard let text = LocalTimeText.format(arguments.string("format"), at: Int(LocalTimeText.now())) else {
      throw FunctionError(
        .badArguments, "status.time: the format '\(arguments.string("format"))' gives nothing, or too much.",
        hint: "See strftime(3) for the letters.")
    }
    return .string(text)
  }

  static let w = Function(
    "status.w", "Lists the users that are logged in and what they do.",
    details: """
      Returns a list of `{user, tty, login, idle, jcpu, pcpu, what}`, as w(1) prints them. Example: `brine run \
      '*' status.w`.
      """,
    effect: .inspect
  ) { _, context in try await users(context) }

  static let master = Function(
    "status.master", "Says whether this minion has a connection to the master.",
    details: """
      Returns true or false; null when no master is named or its name does not resolve. It looks for an \
      established TCP \
      connection to the master's addresses and its port for minions. Example: `brine run '*' status.master`.
      """,
    effect: .inspect,
    parameters: [
      .optional("master", .string, "The master's name or address; the configured one without it."),
      .optional("connected", .bool, default: true, "What is expected. Kept for Salt's sake; it changes nothing."),
    ]
  ) { arguments, context in
    let configured = context.options["master"]?.stringValue
    guard let name = arguments.optionalString("master") ?? configured else { return .null }
    let addresses = await HostLookup.addresses(of: MasterAddress.host(in: name), context.commands)
    guard !addresses.isEmpty else { return .null }
    let port = MasterAddress.port(in: name) ?? context.options["fleet_port"]?.intValue.flatMap { Int(exactly: $0) }
    return .bool(
      ConnectionTable(files: context.files).established().contains {
        addresses.contains($0.remoteAddress) && $0.remotePort == port ?? MasterAddress.defaultPort
      })
  }

  static let allStatus = Function(
    "status.all_status", "Gives everything that the other status functions give.",
    details: """
      Returns a map with `cpuinfo`, `cpustats`, `diskstats`, `diskusage`, `loadavg`, `meminfo`, `netdev`, `netstats`, \
      `uptime`, `vmstats` and `w`. It is large. Example: `brine run db1 status.all_status --out json`.
      """,
    effect: .inspect
  ) { _, context in
    let counters = KernelCounters(files: context.files)
    return [
      "cpuinfo": .map(counters.processor()), "cpustats": .map(counters.scheduler()),
      "diskstats": .map(counters.disks()), "diskusage": .map(fileSystems([], context.files)),
      "loadavg": .map(counters.load()), "meminfo": .map(counters.memory()), "netdev": .map(counters.interfaces()),
      "netstats": .map(counters.protocols()), "uptime": try await uptimeReport(context),
      "vmstats": .map(counters.virtualMemory()), "w": try await users(context),
    ]
  }

  private static func uptimeReport(_ context: FunctionContext) async throws -> Value {
    guard let text = context.files.firstLine("/proc/uptime")?.fields().first, let number = Double(text),
      let seconds = Int(exactly: number.rounded(.down))
    else {
      throw FunctionError(.unavailable, "status.uptime: /proc/uptime cannot be read.", hint: "Is /proc mounted?")
    }
    let start = LocalTimeText.now() - Double(seconds)
    var report: ValueMap = [
      "seconds": .integer(seconds), "since_iso": .string(LocalTimeText.iso(start)), "since_t": .integer(Int(start)),
      "days": .integer(seconds / 86400),
      "time": .string("\(seconds % 86400 / 3600):\(seconds % 3600 / 60)"),
    ]
    if context.commands.which("who") != nil {
      let result = try await context.commands.run("who", "-s")
      if result.isSuccess { report["users"] = .integer(result.outputLines.count) }
    }
    return .map(report)
  }

  private static func users(_ context: FunctionContext) async throws -> Value {
    let result = try await context.commands.run("w", "-fh")
    guard result.isSuccess else {
      throw FunctionError(
        .failed, "status.w: `w -fh` ended with \(result.exitCode): \(result.errorText.trimmed())",
        hint: "w(1) is in the package procps.")
    }
    let users = result.outputLines.compactMap { line -> Value? in
      let fields = line.fields()
      guard fields.count >= 6 else { return nil }
      return [
        "idle": .string(fields[3]), "jcpu": .string(fields[4]), "login": .string(fields[2]), "pcpu": .string(fields[5]),
        "tty": .string(fields[1]), "user": .string(fields[0]),
        "what": .string(fields.dropFirst(6).joined(separator: " ")),
      ]
    }
    return .list(users)
  }

  /// Free and total bytes of the paths, and of the mounts whose type one of the globs matches.
  private static func fileSystems(_ words: [String], _ files: HostFiles) -> ValueMap {
    let globs = words.isEmpty ? ["*"] : words.filter { !$0.hasPrefix("/") }
    var paths = words.filter { $0.hasPrefix("/") }
    for mount in MountTable.mounts(files) where globs.contains(where: { MountTable.matches(mount.type, glob: $0) }) {
      if !paths.contains(mount.path) { paths.append(mount.path) }
    }
    var result: ValueMap = [:]
    for path in paths where files.exists(path) {
      let space = FileSystemSpace(path, files)
      result[path] = [
        "available": space.map { .integer($0.available) } ?? .null, "total": space.map { .integer($0.total) } ?? .null,
      ]
    }
    return result
  }
}
