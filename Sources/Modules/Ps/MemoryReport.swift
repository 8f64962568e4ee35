import HostSystem
import Value

/// Memory and swap in bytes, in psutil's shapes.
struct MemoryReport: Sendable {
  private let counters: [String: Int64]
  private let files: HostFiles

  init(_ files: HostFiles) {
    self.files = files
    var counters: [String: Int64] = [:]
    for line in files.linesIfPresent("/proc/meminfo") {
      let fields = line.fields()
      guard fields.count > 1, let number = Int64(fields[1]), number < 1 << 52 else { continue }
      counters[fields[0].filter { $0 != ":" }] = number * 1024
    }
    self.counters = counters
  }

  private func bytes(_ name: String) -> Int64 { counters[name] ?? 0 }

  var total: Int64 { bytes("MemTotal") }

  var virtual: ValueMap {
    // Kernels before 3.14 do not say what is available.
    let available = min(total, counters["MemAvailable"] ?? bytes("MemFree") + bytes("Buffers") + bytes("Cached"))
    return [
      "total": .int(total), "available": .int(available), "percent": Self.percent(total - available, of: total),
      "used": .int(total - available), "free": .int(bytes("MemFree")), "active": .int(bytes("Active")),
      "inactive": .int(bytes("Inactive")), "buffers": .int(bytes("Buffers")),
      "cached": .int(bytes("Cached") + bytes("SReclaimable")), "shared": .int(bytes("Shmem")),
      "slab": .int(bytes("Slab")),
    ]
  }

  var swap: ValueMap {
    let used = bytes("SwapTotal") - bytes("SwapFree")
    func moved(_ name: String) -> Int64 {
      let pages = files.linesIfPresent("/proc/vmstat").first { $0.hasPrefix("\(name) ") }?.fields().last ?? ""
      // The kernel counts these in pages of 4 KiB on every machine that has more than one size.
      return (Int64(pages) ?? 0).multipliedReportingOverflow(by: 4096).0
    }
    return [
      "total": .int(bytes("SwapTotal")), "used": .int(used), "free": .int(bytes("SwapFree")),
      "percent": Self.percent(used, of: bytes("SwapTotal")), "sin": .int(moved("pswpin")),
      "sout": .int(moved("pswpout")),
    ]
  }

  private static func percent(_ part: Int64, of whole: Int64) -> Value {
    .double(whole == 0 ? 0 : (Double(part) / Double(whole) * 1000).rounded() / 10)
  }
}
