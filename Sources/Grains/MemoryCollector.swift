import HostSystem
public import Value

/// Memory in MiB: `mem_total`, `swap_total`.
public struct MemoryCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    var total: Int64 = 0
    var swap: Int64 = 0
    for line in context.files.linesIfPresent("/proc/meminfo") {
      let fields = line.fields()
      guard fields.count > 1, let kibibytes = Int64(fields[1]) else { continue }
      switch fields[0] {
      case "MemTotal:": total = kibibytes / 1024
      case "SwapTotal:": swap = kibibytes / 1024
      default: break
      }
    }
    return ["mem_total": .int(total), "swap_total": .int(swap)]
  }
}
