import HostSystem
public import Value

/// The processors: `num_cpus`, `cpu_model`, `cpu_flags`.
public struct ProcessorCollector: GrainCollector {
  public init() {}

  public func collect(_ context: GrainContext) async -> ValueMap {
    var count: Int64 = 0
    var model = "Unknown"
    var flags: [String] = []
    for line in context.files.linesIfPresent("/proc/cpuinfo") {
      let parts = line.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count > 1 else { continue }
      let value = parts[1].trimmed()
      switch parts[0].trimmed() {
      case "processor": count += 1
      case "# processors": count = Int64(value) ?? count
      case "vendor_id", "model name", "cpu": model = value
      case "flags", "Features": flags = value.fields()
      case "Processor":
        model = String(value.prefix { $0 != "-" })
        count = 1
      default: break
      }
    }
    return ["num_cpus": .int(count), "cpu_model": .string(model), "cpu_flags": .strings(flags)]
  }
}
