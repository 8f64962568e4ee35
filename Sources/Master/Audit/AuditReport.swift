public import HostSystem
public import Value

/// What a walk through the audit log found.
public struct AuditReport: Sendable {
  public var chain: AuditChain
  /// What is wrong and where; nil when the chain is whole.
  public var fault: String?
  public var validBytes: Int
  public var totalBytes: Int

  /// Walks through the file.
  public static func read(_ path: String) throws(HostError) -> AuditReport {
    let bytes = try HostFiles().read(path, limit: 1 << 31)
    var report = AuditReport(chain: AuditChain(), fault: nil, validBytes: 0, totalBytes: bytes.count)
    var rest = bytes[...]
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      if let fault = report.chain.verify(String(decoding: rest[..<newline], as: UTF8.self)) {
        report.fault = fault
        return report
      }
      report.validBytes = newline + 1
      rest = rest[(newline + 1)...]
    }
    return report
  }

  /// For `brine audit-log verify`.
  public var value: Value {
    [
      "entries": .int(Int64(chain.count)), "head": .string(chain.head), "intact": .bool(fault == nil),
      "fault": fault.map(Value.string) ?? .null,
    ]
  }
}
