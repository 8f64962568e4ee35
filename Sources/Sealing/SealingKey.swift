public import Value

/// The private half of a key that secrets are sealed to. It prints as `***`.
public struct SealingKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The raw 32 bytes to store, in a file of mode 0600.
  public let rawBytes: Secret
  /// The raw 32 bytes that others seal to.
  public let publicKey: [UInt8]

  /// A new key.
  public init() {
    // A key of the right length always has its public half.
    let bytes = Secret(HybridEncryption.newPrivateKey())
    rawBytes = bytes
    publicKey = bytes.withBytes { HybridEncryption.publicKey(of: KeyMaterial($0)) } ?? []
  }

  /// A stored key: 32 bytes.
  public init(_ rawBytes: Secret) throws(SealingError) {
    guard let publicKey = rawBytes.withBytes({ HybridEncryption.publicKey(of: KeyMaterial($0)) }) else {
      throw SealingError(.invalidKey, "A private sealing key is 32 bytes of X25519; this one has \(rawBytes.count).")
    }
    self.rawBytes = rawBytes
    self.publicKey = publicKey
  }

  public var description: String { "***" }
  public var debugDescription: String { "***" }
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
