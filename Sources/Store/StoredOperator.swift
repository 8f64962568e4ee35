public import Wire

/// A person or program that may ask the master for things.
public struct StoredOperator: Sendable, Hashable {
  public var name: String
  public var role: String
  /// CURVE, Z85.
  public var publicKey: String
  /// X25519, 32 bytes: new secrets are sealed to it.
  public var sealingKey: [UInt8]
  public var added: Moment

  public init(name: String, role: String, publicKey: String, sealingKey: [UInt8], added: Moment) {
    self.name = name
    self.role = role
    self.publicKey = publicKey
    self.sealingKey = sealingKey
    self.added = added
  }
}
