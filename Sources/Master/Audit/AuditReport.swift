import Glibc
public import HostSystem
public import Value

/// What a walk through the audit log found.
public struct AuditReport: Sendable {
  public var chain: AuditChain
  /// What is wrong and where; nil when the chain is whole.
  public var fault: String?
  public var validBytes: Int
  public var totalBytes: Int

  /// Longest line there is; anything longer was not written by this program.
  private static let maximumLine = 4 << 20

  /// Walks through the file, however long it is.
  public static func read(_ path: String) throws(HostError) -> AuditReport {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw HostError(errno: errno, "read", path) }
    defer { close(descriptor) }
    var report = AuditReport(chain: AuditChain(), fault: nil, validBytes: 0, totalBytes: 0)
    var rest: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw HostError(errno: errno, "read", path) }
      report.totalBytes += count
      rest += chunk[..<count]
      var start = 0
      while report.fault == nil, let newline = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
        report.fault = report.chain.verify(String(decoding: rest[start..<newline], as: UTF8.self))
        if report.fault == nil { report.validBytes += newline + 1 - start }
        start = newline + 1
      }
      rest.removeFirst(start)
      if rest.count > maximumLine { report.fault = report.fault ?? "line \(report.chain.count + 1) has no end" }
      if count == 0 || report.fault != nil { return report }
    }
  }

  /// For `brine audit-log verify`.
  public var value: Value {
    [
      "entries": .int(Int64(chain.count)), "head": .string(chain.head), "intact": .bool(fault == nil),
      "fault": fault.map(Value.string) ?? .null,
    ]
  }
}
