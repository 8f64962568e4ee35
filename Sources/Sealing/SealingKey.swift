import Crypto
import FoundationEssentials
public import Value

/// The private half of a key that secrets are sealed to. It prints as `***`.
public struct SealingKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  let key: Curve25519.KeyAgreement.PrivateKey

  /// A new key.
  public init() { key = Curve25519.KeyAgreement.PrivateKey() }

  /// A stored key: 32 bytes.
  public init(_ rawBytes: Secret) throws(SealingError) {
    let key = rawBytes.withBytes { try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: $0) }
    guard let key else {
      throw SealingError(.invalidKey, "A private sealing key is 32 bytes of X25519; this one has \(rawBytes.count).")
    }
    self.key = key
  }

  /// The raw 32 bytes to store, in a file of mode 0600.
  public var rawBytes: Secret { Secret(Array(key.rawRepresentation)) }

  /// The raw 32 bytes that others seal to.
  public var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  public var description: String { "***" }
  public var debugDescription: String { "***" }
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
