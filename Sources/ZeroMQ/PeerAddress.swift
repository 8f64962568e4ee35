/// Addresses of peers as people write them.
public enum PeerAddress {
  /// A socket for both families sees `10.0.0.1` as `::ffff:10.0.0.1`.
  public static func text(_ address: String) -> String {
    let mapped = "::ffff:"
    guard address.hasPrefix(mapped), address.contains(".") else { return address }
    return String(address.dropFirst(mapped.count))
  }
}
