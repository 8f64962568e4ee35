/// A network interface with its addresses.
public struct NetworkInterface: Sendable, Hashable {
  public struct Address: Sendable, Hashable {
    public var address: IPAddress
    public var prefixLength: Int
    public var broadcast: IPAddress?
    /// The name the address was given with (`eth0:1`); the interface's own when it has none.
    public var label: String
    /// Another address of the same network came first (IPv4), or it is a temporary one (IPv6).
    public var isSecondary: Bool

    public init(
      _ address: IPAddress, prefixLength: Int, broadcast: IPAddress? = nil, label: String = "",
      isSecondary: Bool = false
    ) {
      self.address = address
      self.prefixLength = prefixLength
      self.broadcast = broadcast
      self.label = label
      self.isSecondary = isSecondary
    }
  }

  public var name: String
  public var isUp: Bool
  public var hardwareAddress: String?
  /// What the interface lies on, as ip(8) shows it after the `@`.
  public var parent: String?
  public var addresses: [Address]

  public init(
    name: String, isUp: Bool, hardwareAddress: String? = nil, parent: String? = nil, addresses: [Address] = []
  ) {
    self.name = name
    self.isUp = isUp
    self.hardwareAddress = hardwareAddress
    self.parent = parent
    self.addresses = addresses
  }

  /// The addresses in the order that Salt lists them: IPv4, IPv6, then secondary ones.
  public var orderedAddresses: [Address] {
    let primary = addresses.filter { !$0.isSecondary }
    return primary.filter { !$0.address.isIPv6 } + primary.filter(\.address.isIPv6) + addresses.filter(\.isSecondary)
  }
}
