import HostSystem
public import Value

/// What the firmware says of the machine, as far as the minion may read it: `biosversion`, `biosvendor`, `boardname`,
/// `productname`, `manufacturer`, `biosreleasedate`, `uuid`, `serialnumber`.
public struct FirmwareCollector: GrainCollector {
  private static let fields = [
    ("biosversion", "bios_version"), ("biosvendor", "bios_vendor"), ("boardname", "board_name"),
    ("productname", "product_name"), ("manufacturer", "sys_vendor"), ("biosreleasedate", "bios_date"),
    ("uuid", "product_uuid"), ("serialnumber", "product_serial"),
  ]

  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    var grains = deviceTree(context.files)
    for (grain, file) in Self.fields {
      guard let text = try? context.files.readText("/sys/class/dmi/id/\(file)", limit: 4096) else { continue }
      grains[grain] = .string(grain == "uuid" ? text.trimmed().lowercased() : text.trimmed())
    }
    return grains
  }

  /// The same facts of boards that have a device tree instead of a BIOS.
  private func deviceTree(_ files: HostFiles) -> ValueMap {
    func text(_ name: String) -> String? {
      guard let bytes = try? files.read("/proc/device-tree/\(name)", limit: 4096) else { return nil }
      let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      return text.isEmpty ? nil : text
    }
    var grains: ValueMap = [:]
    if let model = text("model") {
      let parts = model.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if parts.count == 2 { grains["manufacturer"] = .string(parts[0]) }
      grains["productname"] = .string(parts.last ?? model)
    }
    if let serial = text("serial-number") ?? text("system-id") { grains["serialnumber"] = .string(serial) }
    return grains
  }
}
