import HostSystem
public import Value

/// Graphics processors: `num_gpus` and `gpus`, each with `vendor` and `model`.
public struct GraphicsCollector: GrainCollector {
  /// Classes of PCI: VGA, 3D, other displays, accelerators.
  private static let classes = ["0x0300", "0x0302", "0x0380", "0x1200"]
  private static let classNames = [
    "vga compatible controller", "3d controller", "display controller", "processing accelerators",
  ]
  private static let vendors = [
    "nvidia", "amd", "ati", "intel", "cirrus logic", "vmware", "matrox", "aspeed",
  ]

  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    let folder = "/sys/bus/pci/devices"
    let isThere = context.files.entriesIfPresent(folder).contains { name in
      guard let text = context.files.firstLine("\(folder)/\(name)/class") else { return false }
      return Self.classes.contains { text.hasPrefix($0) }
    }
    // Most servers have none, and need no program started to say so.
    guard isThere else { return ["num_gpus": 0, "gpus": []] }
    guard let output = await context.output("lspci", "-vmm") else { return [:] }
    let gpus = Self.gpus(output)
    return ["num_gpus": .integer(gpus.count), "gpus": .list(gpus)]
  }

  /// Records of `Key:\tvalue` with an empty line between them.
  private static func gpus(_ output: String) -> [Value] {
    var found: [Value] = []
    var record: [String: String] = [:]
    for line in output.splitLines() + [""] {
      guard !line.isEmpty else {
        if classNames.contains(record["Class", default: ""].lowercased()) {
          let words = record["Vendor", default: ""].lowercased().split {
            !$0.isLetter && !$0.isNumber
          }
          let vendor = vendors.first { words.contains(Substring($0)) } ?? "unknown"
          found.append(["vendor": .string(vendor), "model": .string(record["Device", default: ""])])
        }
        record = [:]
        continue
      }
      guard let colon = line.firstIndex(of: ":") else { continue }
      record[String(line[..<colon])] = line[line.index(after: colon)...].trimmed()
    }
    return found
  }
}
