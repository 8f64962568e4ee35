import HostSystem
public import Value

/// Block devices that are no virtual ones: `disks` that turn, `ssds` that do not.
public struct DiskCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    let files = context.files
    var disks: [String] = []
    var solid: [String] = []
    for name in files.entriesIfPresent("/sys/block") {
      let target = files.linkTarget("/sys/block/\(name)") ?? ""
      guard !target.hasPrefix("../devices/virtual/") else { continue }
      switch files.firstLine("/sys/block/\(name)/queue/rotational")?.first {
      case "1": disks.append(name)
      case "0": solid.append(name)
      default: break
      }
    }
    return ["disks": .strings(disks), "ssds": .strings(solid)]
  }
}
