import Sealing
public import Value
public import ZeroMQ

/// What `brine keys invite` prints and `brine-minion join` takes: the master's public key, which the host pins, and a secret
/// that lets it in, as one word `brine1-…`.
public struct Invitation: Sendable {
  public static let prefix = "brine1-"
  static let secretSize = 20

  public var masterKey: CurveKey
  public var secret: Secret

  public init(masterKey: CurveKey, secret: Secret) {
    self.masterKey = masterKey
    self.secret = secret
  }

  /// Reads the word.
  ///
  /// - Returns: nil when it is not one, or was cut or mistyped.
  public init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), text.utf8.count < 200,
      let bytes = Base64URL.decode(text.utf8.dropFirst(Self.prefix.utf8.count)),
      bytes.count == 32 + Self.secretSize + 1,
      Self.checksum(bytes.dropLast()) == bytes.last, let key = CurveKey(bytes: bytes.prefix(32))
    else { return nil }
    self.init(masterKey: key, secret: Secret(Array(bytes[32..<32 + Self.secretSize])))
  }

  /// The word itself: to be shown to the person who invites, and to nobody else.
  public var word: String {
    let bytes = secret.withBytes { masterKey.bytes + $0 }
    return Self.prefix + Base64URL.encode(bytes + [Self.checksum(bytes)])
  }

  /// Catches a word that lost a character on its way, so that the message can say so.
  private static func checksum(_ bytes: some Sequence<UInt8>) -> UInt8 {
    bytes.reduce(0x5A) { ($0 << 1 | $0 >> 7) ^ $1 }
  }
}
