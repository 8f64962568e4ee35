import Sealing
public import ZeroMQ

/// An operator's public keys as one word, to be sent to whoever runs `brine operators add`.
public struct OperatorWord: Sendable {
  public static let prefix = "brine-operator1-"
  public var publicKey: CurveKey
  /// X25519, 32 bytes.
  public var sealingKey: [UInt8]

  public init(_ identity: OperatorIdentity) {
    publicKey = identity.keys.publicKey
    sealingKey = identity.sealingKey.publicKey
  }

  /// - Returns: nil when the text is no such word.
  public init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), text.utf8.count < 200,
      let bytes = Base64URL.decode(text.utf8.dropFirst(Self.prefix.utf8.count)), bytes.count == 64,
      let key = CurveKey(bytes: bytes.prefix(32))
    else { return nil }
    publicKey = key
    sealingKey = Array(bytes.suffix(32))
  }

  public var text: String { Self.prefix + Base64URL.encode(publicKey.bytes + sealingKey) }
}
