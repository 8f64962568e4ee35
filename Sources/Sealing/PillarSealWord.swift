import Value

/// The public half of a master's pillar key as one word: what `brine seal --key` takes where no master can be asked.
public struct PillarSealWord: Sendable, Hashable, CustomStringConvertible {
  public static let prefix = "brine-seal1-"
  /// X25519, 32 bytes.
  public var publicKey: [UInt8]

  public init(_ publicKey: [UInt8]) { self.publicKey = publicKey }

  /// - Returns: nil when the text is no such word.
  public init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), text.utf8.count < 100,
      let bytes = Base64URL.decode(text.utf8.dropFirst(Self.prefix.utf8.count)), bytes.count == 32
    else { return nil }
    publicKey = bytes
  }

  public var description: String { Self.prefix + Base64URL.encode(publicKey) }
  /// How sealed values name the key: eight characters.
  public var keyID: String { Base64URL.encode(Array(publicKey.prefix(6))) }
}
