/// One certificate on a revocation list.
public struct RevokedEntry: Sendable, Hashable {
  /// The magnitude, most significant byte first.
  public var serialNumber: [UInt8]
  /// Seconds since the epoch.
  public var date: Int64
  /// OpenSSL's word for the reason (`keyCompromise`); nil for none.
  public var reason: String?

  /// The reasons of RFC 5280 §5.3.1 and their numbers.
  static let codes: [(name: String, code: UInt8)] = [
    ("unspecified", 0), ("keyCompromise", 1), ("CACompromise", 2), ("affiliationChanged", 3), ("superseded", 4),
    ("cessationOfOperation", 5), ("certificateHold", 6), ("removeFromCRL", 8), ("privilegeWithdrawn", 9),
    ("AACompromise", 10),
  ]

  public static let reasons = codes.map(\.name)

  public init(serialNumber: [UInt8], date: Int64, reason: String? = nil) {
    self.serialNumber = serialNumber
    self.date = date
    self.reason = reason
  }
}
