import Functions
import HostSystem
import Value

extension PsFunctions {
  static let virtualMemory = Function(
    "ps.virtual_memory", "Gives the use of memory in bytes.",
    details: """
      Returns `{total, available, percent, used, free, active, inactive, buffers, cached, shared, slab}`. \
      Example: `brine run '*' ps.virtual_memory`.
      """,
    effect: .read
  ) { _, context in .map(MemoryReport(context.files).virtual) }

  static let swapMemory = Function(
    "ps.swap_memory", "Gives the use of swap in bytes.",
    details: "Returns `{total, used, free, percent, sin, sout}`. Example: `brine run '*' ps.swap_memory`.",
    effect: .read
  ) { _, context in .map(MemoryReport(context.files).swap) }

  static let totalPhysicalMemory = Function(
    "ps.total_physical_memory", "Gives the bytes of memory of the host.",
    details: "Returns a number. Example: `brine run '*' ps.total_physical_memory`.", effect: .read
  ) { _, context in .int(MemoryReport(context.files).total) }

  static let numCpus = Function(
    "ps.num_cpus", "Counts the processors.",
    details: "Returns a number. Example: `brine run '*' ps.num_cpus`.", effect: .read
  ) { _, context in .integer(ProcessorTimes.read(context.files).each.count) }

  static let cpuTimes = Function(
    "ps.cpu_times", "Gives the seconds that the processors spent in each state.",
    details: """
      Returns `{user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice}`, or a list of them. \
      Example: `brine run db1 ps.cpu_times`.
      """,
    effect: .read,
    parameters: [.optional("per_cpu", .bool, default: false, "One map for each processor.")]
  ) { arguments, context in
    let times = ProcessorTimes.read(context.files)
    return arguments.bool("per_cpu") ? .list(times.each.map { .map($0.seconds) }) : .map(times.all.seconds)
  }

  static let cpuPercent = Function(
    "ps.cpu_percent", "Measures how busy the processors are.",
    details: "Returns a percentage, or a list of them. Example: `brine run '*' ps.cpu_percent interval=1`.",
    effect: .inspect,
    parameters: [
      .optional("interval", .number, default: 0.1, "For how many seconds to measure, at most 60."),
      .optional("per_cpu", .bool, default: false, "One percentage for each processor."),
    ]
  ) { arguments, context in
    let before = ProcessorTimes.read(context.files)
    try await pause(arguments.double("interval") ?? 0.1, in: "ps.cpu_percent")
    let after = ProcessorTimes.read(context.files)
    guard arguments.bool("per_cpu") else { return .double(after.all.busyPercent(since: before.all)) }
    return .list(zip(after.each, before.each).map { .double($0.busyPercent(since: $1)) })
  }

  static let bootTime = Function(
    "ps.boot_time", "Says when the host was booted.",
    details: "Returns seconds since the epoch, or text with a format. Example: `brine run '*' ps.boot_time '%F %T'`.",
    effect: .read,
    parameters: [.optional("time_format", .string, "How to write it, as in strftime(3).")]
  ) { arguments, context in
    guard let time = ProcessTable(files: context.files).bootTime() else {
      throw FunctionError(.unavailable, "ps.boot_time: /proc/stat does not say it.", hint: "Is /proc mounted?")
    }
    guard let format = arguments.optionalString("time_format") else { return .integer(time) }
    guard let text = LocalTimeText.format(format, at: time) else {
      throw FunctionError(.badArguments, "ps.boot_time: the format '\(format)' gives nothing, or too much.")
    }
    return .string(text)
  }

  static let diskUsage = Function(
    "ps.disk_usage", "Gives the space of the file system that a path is on, in bytes.",
    details: "Returns `{total, used, free, percent}`. Example: `brine run '*' ps.disk_usage /home`.", effect: .inspect,
    parameters: [.required("path", .string, "Any path on it.")]
  ) { arguments, context in .map(try usage(of: arguments.string("path"), context.files, "ps.disk_usage")) }

  static let diskPartitions = Function(
    "ps.disk_partitions", "Lists the mounted file systems.",
    details: """
      Returns a list of `{device, mountpoint, fstype, opts}`. Example: `brine run '*' ps.disk_partitions`.
      """,
    effect: .read,
    parameters: [.optional("all", .bool, default: false, "Also those without a device of their own, such as tmpfs.")]
  ) { arguments, context in
    .list(partitions(all: arguments.bool("all"), context.files).map { .map(entry(of: $0)) })
  }

  static let diskPartitionUsage = Function(
    "ps.disk_partition_usage", "Lists the mounted file systems with their space.",
    details: """
      Returns a list of `{device, mountpoint, fstype, opts, total, used, free, percent}`. \
      Example: `brine run '*' ps.disk_partition_usage`.
      """,
    effect: .inspect,
    parameters: [.optional("all", .bool, default: false, "Also those without a device of their own, such as tmpfs.")]
  ) { arguments, context in
    var result: [Value] = []
    for mount in partitions(all: arguments.bool("all"), context.files) {
      var entry = entry(of: mount)
      for (name, value) in try usage(of: mount.path, context.files, "ps.disk_partition_usage") { entry[name] = value }
      result.append(.map(entry))
    }
    return .list(result)
  }

  private static func usage(of path: String, _ files: HostFiles, _ name: String) throws -> ValueMap {
    guard let space = FileSystemSpace(path, files) else {
      throw FunctionError(.notFound, "\(name): the file system of '\(path)' does not answer, or there is no such path.")
    }
    return [
      "total": .integer(space.total), "used": .integer(space.used), "free": .integer(space.available),
      "percent": .double(space.percent),
    ]
  }

  private static func partitions(all: Bool, _ files: HostFiles) -> [MountTable.Mount] {
    // Types marked `nodev` live on no device; zfs does, and is marked all the same.
    let types =
      files.linesIfPresent("/proc/filesystems").filter { !$0.hasPrefix("nodev") }.map { $0.trimmed() } + ["zfs"]
    return MountTable.mounts(files).filter { all || ($0.device != "none" && types.contains($0.type)) }
  }

  private static func entry(of mount: MountTable.Mount) -> ValueMap {
    [
      "device": .string(mount.device), "mountpoint": .string(mount.path), "fstype": .string(mount.type),
      "opts": .string(mount.options),
    ]
  }
}
