import Functions
import HostSystem
import OrderedCollections
import Value

extension DiskFunctions {
  static let devices: [Function] = [format, dump, tune]

  private static let device = Parameter.required("device", .string, "The block device, such as /dev/sdb1.")
  private static let asked = [
    "getro", "getsz", "getss", "getpbsz", "getiomin", "getioopt", "getalignoff", "getmaxsect", "getsize", "getsize64",
    "getra", "getfra",
  ]
  /// blockdev(8)'s options by Salt's names; true for those without a value.
  private static let settings: [String: (option: String, asks: String, isFlag: Bool)] = [
    "read-ahead": ("setra", "getra", false), "filesystem-read-ahead": ("setfra", "getfra", false),
    "read-only": ("setro", "getro", true), "read-write": ("setrw", "getro", true),
  ]

  static let format = Function(
    "disk.format", "Makes a file system on a device. What is on it is lost.", details: "Returns whether that worked.",
    effect: .change,
    parameters: [
      device, .optional("fs_type", .string, default: "ext4", "Its type."),
      .optional("inode_size", .any, "Bytes for each inode (ext) or of an inode (xfs)."),
      .optional("lazy_itable_init", .any, "For ext: 0 or 1."), .optional("fat", .int, "For vfat: 12, 16 or 32."),
      .optional("force", .bool, default: false, "Also when there is a file system already."),
    ]
  ) { arguments, context in
    let (path, type) = (try AbsolutePath.argument("device", of: arguments), arguments.string("fs_type"))
    guard type.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }), !type.isEmpty else {
      throw FunctionError(.badArguments, "'\(type)' is not the type of a file system.")
    }
    var argv = ["mkfs", "-t", type]
    let isExt = type.hasPrefix("ext")
    if let size = arguments.optionalString("inode_size") {
      if isExt { argv += ["-i", size] } else if type == "xfs" { argv += ["-i", "size=\(size)"] }
    }
    if let lazy = arguments.optionalString("lazy_itable_init"), isExt { argv += ["-E", "lazy_itable_init=\(lazy)"] }
    if let bits = arguments.int("fat"), [12, 16, 32].contains(bits), type.hasSuffix("fat") {
      argv += ["-F", "\(bits)"]
    }
    if arguments.bool("force") { argv += isExt ? ["-F"] : type == "xfs" ? ["-f"] : [] }
    try context.stopIfTest("run `\((argv + [path]).joined(separator: " "))`")
    guard try await context.start(argv + [path], package: "e2fsprogs").isSuccess else { return false }
    return .bool(try await context.commands.run("sync").isSuccess)
  }

  static let dump = Function(
    "disk.dump", "Gives what blockdev(8) knows of a device.", details: "Returns `{getro, getsz, …}`, or False.",
    effect: .inspect, parameters: [device, .optional("args", .stringList, "Only these.")]
  ) { arguments, context in
    let path = try AbsolutePath.argument("device", of: arguments)
    let result = try await context.start(["blockdev"] + asked.map { "--\($0)" } + [path], package: "util-linux")
    guard result.isSuccess else { return false }
    let only = arguments.strings("args")
    var map: ValueMap = [:]
    for (name, line) in zip(asked, result.outputLines) where only.isEmpty || only.contains(name) {
      map[name] = .string(line)
    }
    return .map(map)
  }

  static let tune = Function(
    "disk.tune", "Sets attributes of a block device.", details: "Returns them as disk.dump does.", effect: .change,
    parameters: [
      device, .keywords("kwargs", "`read-ahead`, `filesystem-read-ahead`, `read-only=True`, `read-write=True`."),
    ]
  ) { arguments, context in
    let path = try AbsolutePath.argument("device", of: arguments)
    var (argv, asks) = (["blockdev"], [Value]())
    for (name, value) in arguments.map("kwargs") {
      guard let setting = settings[name.description], !setting.isFlag || value == true,
        setting.isFlag || Int(value.description) != nil
      else { throw FunctionError(.badArguments, "Invalid keyword arguments: \(name)=\(value)") }
      argv.append("--\(setting.option)")
      if !setting.isFlag { argv.append(value.description) }
      asks.append(.string(setting.asks))
    }
    try context.stopIfTest("run `\((argv + [path]).joined(separator: " "))`")
    _ = try await context.output(of: argv + [path], package: "util-linux")
    return try await dump.call(["device": .string(path), "args": .list(asks)], context)
  }
}
