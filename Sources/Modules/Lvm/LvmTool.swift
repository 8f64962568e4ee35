import Functions
import HostSystem
import OrderedCollections
import Value

/// lvm(8): physical volumes, volume groups, logical volumes.
struct LvmTool: Sendable {
  /// What `pvdisplay -c` and its like print, by Salt's names.
  enum Kind: String, Sendable {
    case pv, vg, lv

    var columns: [String] {
      switch self {
      case .pv:
        [
          "Physical Volume Device", "Volume Group Name", "Physical Volume Size (kB)", "Internal Physical Volume Number",
          "Physical Volume Status", "Physical Volume (not) Allocatable", "Current Logical Volumes Here",
          "Physical Extent Size (kB)", "Total Physical Extents", "Free Physical Extents", "Allocated Physical Extents",
        ]
      case .vg:
        [
          "Volume Group Name", "Volume Group Access", "Volume Group Status", "Internal Volume Group Number",
          "Maximum Logical Volumes", "Current Logical Volumes", "Open Logical Volumes", "Maximum Logical Volume Size",
          "Maximum Physical Volumes", "Current Physical Volumes", "Actual Physical Volumes", "Volume Group Size (kB)",
          "Physical Extent Size (kB)", "Total Physical Extents", "Allocated Physical Extents", "Free Physical Extents",
          "UUID",
        ]
      case .lv:
        [
          "Logical Volume Name", "Volume Group Name", "Logical Volume Access", "Logical Volume Status",
          "Internal Logical Volume Number", "Open Logical Volumes", "Logical Volume Size",
          "Current Logical Extents Associated", "Allocated Logical Extents", "Allocation Policy", "Read Ahead Sectors",
          "Major Device Number", "Minor Device Number",
        ]
      }
    }
  }

  /// Options of creation by Salt's names; those without a value are in `flags`.
  static let options: [Kind: [String]] = [
    .pv: [
      "metadatasize", "dataalignment", "dataalignmentoffset", "pvmetadatacopies", "metadatacopies", "metadataignore",
      "restorefile", "norestorefile", "labelsector", "setphysicalvolumesize",
    ],
    .vg: [
      "addtag", "alloc", "autobackup", "clustered", "maxlogicalvolumes", "maxphysicalvolumes", "metadatatype",
      "vgmetadatacopies", "metadatacopies", "physicalextentsize", "zero",
    ],
    .lv: [
      "activate", "chunksize", "contiguous", "discards", "stripes", "stripesize", "minor", "persistent", "mirrors",
      "nosync", "noudevsync", "monitor", "ignoremonitoring", "permission", "poolmetadatasize", "readahead",
      "regionsize",
      "type", "virtualsize", "zero", "thin",
    ],
  ]
  private static let flags: Set<String> = ["norestorefile", "nosync", "noudevsync", "ignoremonitoring", "thin"]

  let context: FunctionContext

  init(_ context: FunctionContext) { self.context = context }

  /// By device, name or path; empty when there is none.
  func display(_ kind: Kind, _ name: String = "") async throws -> ValueMap {
    let words = name.isEmpty ? [] : [try checked(name)]
    let result = try await context.start(["\(kind.rawValue)display", "-c"] + words, package: "lvm2")
    guard result.isSuccess else { return [:] }
    var map: ValueMap = [:]
    for line in result.outputLines where !line.contains("is a new physical volume") {
      let fields = line.trimmed().split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= kind.columns.count else { continue }
      map[fields[0]] = .map(
        ValueMap(zip(kind.columns, fields).map { (.string($0), .string($1)) }, uniquingKeysWith: { $1 }))
    }
    return map
  }

  func has(_ kind: Kind, _ name: String) async throws -> Bool { try await !display(kind, name).isEmpty }

  /// The error's words, or nil when all went well.
  func run(_ argv: [String]) async throws -> String? {
    let result = try await context.start(argv, package: "lvm2")
    return result.isSuccess ? nil : result.errorText.trimmed()
  }

  /// `--option value` of those that are given.
  ///
  /// - Throws: `FunctionError` with `badArguments` for one that the program does not have.
  func words(_ kind: Kind, _ named: ValueMap) throws -> [String] {
    var words: [String] = []
    for (name, value) in named {
      guard Self.options[kind]?.contains(name.description) == true else {
        throw FunctionError(.badArguments, "\(kind.rawValue)create has no option '\(name)'.")
      }
      guard ![.null, false, ""].contains(value) else { continue }
      words.append("--\(name)")
      if !Self.flags.contains(name.description) { words.append(value.description) }
    }
    return words
  }

  /// What is neither an option nor more than one word.
  func checked(_ name: String) throws -> String {
    guard !name.isEmpty, !name.hasPrefix("-"), !name.contains(where: \.isWhitespace) else {
      throw FunctionError(.badArguments, "'\(name)' is not the name of a volume or device.")
    }
    return name
  }

  static func devices(_ value: Value) -> [String] { PipOptions.items(value) }

  // MARK: Creation

  func createPhysical(_ devices: [String], isForced: Bool, isOverriding: Bool, _ named: ValueMap) async throws -> Value
  {
    guard !devices.isEmpty else { return "Error: at least one device is required" }
    var wanted: [String] = []
    for device in devices {
      guard context.files.exists(device) else { return .string("\(device) does not exist") }
      if try await !has(.pv, device) {
        wanted.append(try checked(device))
      } else if !isOverriding {
        return .string("Device \"\(device)\" is already an LVM physical volume.")
      }
    }
    if wanted.isEmpty { return true }
    if let error = try await run(["pvcreate", isForced ? "--yes" : "-qq"] + wanted + words(.pv, named)) {
      return .string(error)
    }
    for device in devices where try await !has(.pv, device) {
      return .string("Device \"\(device)\" was not affected.")
    }
    return true
  }

  func changePhysical(_ program: String, _ devices: [String], isForced: Bool, isOverriding: Bool) async throws -> Value
  {
    var wanted: [String] = []
    for device in devices {
      if try await has(.pv, device) {
        wanted.append(device)
      } else if !isOverriding {
        return .string("\(device) is not a physical volume")
      }
    }
    if wanted.isEmpty { return true }
    if let error = try await run([program, isForced ? "--yes" : "-qq"] + wanted) { return .string(error) }
    for device in devices where program == "pvremove" {
      if try await has(.pv, device) { return .string("Device \"\(device)\" was not affected.") }
    }
    return true
  }

  func createGroup(_ name: String, _ devices: [String], isForced: Bool, _ named: ValueMap) async throws -> Value {
    guard !name.isEmpty, !devices.isEmpty else { return "Error: vgname and device(s) are both required" }
    let argv =
      try ["vgcreate", checked(name)] + devices.map(checked) + [isForced ? "--yes" : "-qq"] + words(.vg, named)
    let error = try await run(argv)
    var data = try await display(.vg, name)
    data["Output from vgcreate"] = .string(error ?? "Volume group \"\(name)\" successfully created")
    return .map(data)
  }

  func extendGroup(_ name: String, _ devices: [String], isForced: Bool) async throws -> Value {
    guard !name.isEmpty, !devices.isEmpty else { return "Error: vgname and device(s) are both required" }
    let error = try await run(["vgextend", checked(name), isForced ? "--yes" : "-qq"] + devices.map(checked))
    return ["Output from vgextend": .string(error ?? "Volume group \"\(name)\" successfully extended")]
  }

  func remove(_ kind: Kind, _ name: String, isForced: Bool) async throws -> Value {
    let error = try await run(["\(kind.rawValue)remove", checked(name), isForced ? "--yes" : "-qq"])
    let (noun, shown) = kind == .vg ? ("Volume group", name) : ("Logical volume", PathText.basename(name))
    return .string(error ?? "\(noun) \"\(shown)\" successfully removed")
  }

  func createLogical(_ name: String, _ arguments: Arguments, snapshot: String?) async throws -> Value {
    let group = try checked(arguments.string("vgname"))
    func text(_ key: String) -> String? { arguments.optionalString(key).flatMap { $0.isEmpty ? nil : $0 } }
    let isThin = arguments.bool("thinvolume")
    if isThin, arguments.bool("thinpool") { return "Error: Please set only one of thinvolume or thinpool to True" }
    var argv = ["lvcreate"] + (isThin ? ["--thin", "-n"] : arguments.bool("thinpool") ? ["--thinpool"] : ["-n"])
    argv.append(try checked(name))
    argv += snapshot.map { ["-s", "\(group)/\($0)"] } ?? [group]
    if let size = text("size") {
      argv += [isThin ? "-V" : "-L", size]
    } else if let extents = text("extents") {
      if isThin { return "Error: Thin volume size cannot be specified as extents" }
      argv += ["-l", extents]
    } else {
      return "Error: Either size or extents must be specified"
    }
    if let device = text("pv") { argv.append(try checked(device)) }
    argv += try words(.lv, arguments.map("kwargs")) + [arguments.bool("force") ? "--yes" : "-qq"]
    let error = try await run(argv)
    var data = try await display(.lv, "/dev/\(group)/\(name)")
    data["Output from lvcreate"] = .string(error ?? "Logical volume \"\(name)\" created.")
    return .map(data)
  }

  /// - Parameter program: lvresize or lvextend.
  func resize(_ program: String, _ path: String, _ arguments: Arguments) async throws -> ValueMap {
    let isExtension = program == "lvextend"
    var argv = [program, arguments.bool("force") ? (isExtension ? "--yes" : "--force") : "-qq"]
    if arguments.bool("resizefs") { argv.append("--resizefs") }
    if let size = arguments.optionalString("size"), !size.isEmpty {
      argv += ["-L", size]
    } else if let extents = arguments.optionalString("extents"), !extents.isEmpty {
      argv += ["-l", extents]
    } else {
      return [:]
    }
    let error = try await run(argv + [checked(path)])
    let word = isExtension ? "extended" : "resized"
    return [
      .string("Output from \(program)"): .string(error ?? "Logical volume \"\(path)\" successfully \(word).")
    ]
  }
}
