public import Functions
import HostSystem
import Value

/// `disk.*`: file systems and block devices.
public enum DiskFunctions {
  public static let all: [Function] = [usage, inodeusage, percent, blkid, fstype] + devices

  private static let flags = Parameter.optional(
    "args", .string, "Letters of df(1)'s options to add, of `aBhHiklPtTxv`, such as `h`.")

  static let usage = Function(
    "disk.usage", "Gives the space of every mounted file system.",
    details: """
      Returns mount point → `{filesystem, 1K-blocks, used, available, capacity}`, all text. \
      Example: `brine run '*' disk.usage`.
      """,
    effect: .inspect, parameters: [flags]
  ) { arguments, context in
    .map(
      try await table(["-P"], arguments, "disk.usage", context) { row in
        [
          "filesystem": .string(row.fileSystem), "1K-blocks": .string(row.total), "used": .string(row.used),
          "available": .string(row.free), "capacity": .string(row.percent),
        ]
      })
  }

  static let inodeusage = Function(
    "disk.inodeusage", "Gives the inodes of every mounted file system.",
    details: """
      Returns mount point → `{inodes, used, free, use, filesystem}`, all text. Example: `brine run '*' disk.inodeusage`.
      """,
    effect: .inspect, parameters: [flags]
  ) { arguments, context in
    .map(
      try await table(["-iP"], arguments, "disk.inodeusage", context) { row in
        [
          "inodes": .string(row.total), "used": .string(row.used), "free": .string(row.free),
          "use": .string(row.percent), "filesystem": .string(row.fileSystem),
        ]
      })
  }

  static let percent = Function(
    "disk.percent", "Gives how full file systems are.",
    details: """
      Returns mount point → `'17%'`, or only the text for one mount point. Example: `brine run '*' disk.percent /var`.
      """,
    effect: .inspect,
    parameters: [.optional("args", .string, "One mount point; all of them without it.")]
  ) { arguments, context in
    let rows = try await rows(["-P"], "disk.percent", context)
    guard let path = arguments.optionalString("args") else {
      return .map(ValueMap(rows.map { (.string($0.path), .string($0.percent)) }, uniquingKeysWith: { $1 }))
    }
    guard let row = rows.last(where: { $0.path == path }) else {
      throw FunctionError(
        .notFound, "disk.percent: '\(path)' is not a mount point.", hint: "disk.usage lists the mount points.")
    }
    return .string(row.percent)
  }

  static let blkid = Function(
    "disk.blkid", "Gives the labels, ids and types of block devices.",
    details: """
      Returns device → `{UUID, TYPE, PARTUUID, …}`; an empty map when nothing is found. \
      Example: `brine run db1 disk.blkid token=TYPE=ext4`.
      """,
    effect: .inspect,
    parameters: [
      .optional("device", .string, "One device, such as /dev/sda1."),
      .optional("token", .string, "Only devices with this `NAME=value`."),
    ]
  ) { arguments, context in
    var argv = ["blkid"]
    if let device = arguments.optionalString("device") {
      guard device.hasPrefix("/") else {
        throw FunctionError(.badArguments, "disk.blkid: the device is a path, not '\(device)'.")
      }
      argv.append(device)
    } else if let token = arguments.optionalString("token") {
      argv += ["-t", token]
    }
    let result = try await context.commands.runParsed(argv)
    // 2 is blkid's way to say that there is nothing; it may have printed nothing wrong at all.
    if result.exitCode == 2 { return .map([:]) }
    guard result.isSuccess else { throw failure("disk.blkid", argv, result) }
    var devices: ValueMap = [:]
    for line in result.outputLines {
      guard let colon = endOfName(line) else { continue }
      devices[String(line[..<colon])] = .map(BlockAttributes.parse(line[colon...].dropFirst(2)))
    }
    return .map(devices)
  }

  static let fstype = Function(
    "disk.fstype", "Gives the type of the file system on a device.",
    details: "Returns text, empty when there is none. Example: `brine run db1 disk.fstype /dev/sdb1`.",
    effect: .inspect,
    parameters: [.required("device", .string, "The device's path.")]
  ) { arguments, context in
    let device = arguments.string("device")
    guard device.hasPrefix("/") else {
      throw FunctionError(.badArguments, "disk.fstype: the device is a path, not '\(device)'.")
    }
    let argv = ["lsblk", "--noheadings", "--nodeps", "--output", "FSTYPE", device]
    let result = try await context.commands.runParsed(argv)
    guard result.isSuccess else { throw failure("disk.fstype", argv, result) }
    return .string(result.outputLines.first?.trimmed() ?? "")
  }

  private static func table(
    _ options: [String], _ arguments: Arguments, _ name: String, _ context: FunctionContext,
    _ entry: (DiskFreeTable.Row) -> Value
  ) async throws -> ValueMap {
    var options = options
    if let flags = arguments.optionalString("args"), !flags.isEmpty {
      guard flags.allSatisfy({ "aBhHiklPtTxv".contains($0) }) else {
        throw FunctionError(.badArguments, "\(name): df has no options '\(flags)' that may be used here.")
      }
      options.append("-\(flags)")
    }
    var result: ValueMap = [:]
    for row in try await rows(options, name, context) { result[row.path] = entry(row) }
    return result
  }

  private static func rows(
    _ options: [String], _ name: String, _ context: FunctionContext
  ) async throws -> [DiskFreeTable.Row] {
    let argv = ["df"] + options
    let result = try await context.commands.runParsed(argv)
    let rows = DiskFreeTable(result.outputText).rows
    // df fails for one mount it may not look at, and still prints the others.
    guard result.isSuccess || !rows.isEmpty else { throw failure(name, argv, result) }
    return rows
  }

  private static func failure(_ name: String, _ argv: [String], _ result: CommandResult) -> FunctionError {
    FunctionError(
      .failed, "\(name): `\(argv.joined(separator: " "))` ended with \(result.exitCode): \(result.errorText.trimmed())")
  }

  /// Where the first `: ` is, which ends the device's name in blkid's lines; the name may hold colons.
  private static func endOfName(_ line: String) -> String.Index? {
    zip(line.indices, line.indices.dropFirst()).first { line[$0] == ":" && line[$1] == " " }?.0
  }
}
