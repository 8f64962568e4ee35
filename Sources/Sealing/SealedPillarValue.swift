import OrderedCollections
public import Value

/// A secret sealed to a master's pillar key: a text that stands in a pillar file, and so in git, in place of the secret.
///
/// The text is `brine-pillar1.KEY.` and then base64url. KEY names the key, so that `grep` finds what is to be sealed
/// again when the key is given up. Inside, beside the secret, stands whom it may be handed to.
public struct SealedPillarValue: Sendable, Hashable {
  /// What every text begins with; the digit is the version of the format.
  public static let prefix = "brine-pillar1."
  /// Largest secret, in bytes.
  public static let maximumSecret = 256 << 10

  /// The whole text.
  public let text: String
  /// Which key it was sealed to.
  public let keyID: String
  private let body: String

  /// Reads a text: white space around it, and within it where it was wrapped, does not count.
  ///
  /// - Returns: nil when it is no sealed pillar value, or one that was cut.
  public init?(_ text: String) {
    guard text.utf8.count <= SealedSecret.maximumLength else { return nil }
    let text = String(decoding: text.utf8.filter { $0 > 0x20 }, as: UTF8.self)
    guard text.hasPrefix(Self.prefix) else { return nil }
    let rest = text.dropFirst(Self.prefix.count)
    guard let dot = rest.firstIndex(of: "."), dot != rest.startIndex else { return nil }
    let body = rest[rest.index(after: dot)...]
    guard !body.isEmpty, Base64URL.decode(body.utf8) != nil else { return nil }
    self.text = text
    self.body = String(body)
    keyID = String(rest[..<dot])
  }

  /// Whether a text begins like one; it may still be damaged.
  public static func isMarked(_ text: String) -> Bool {
    text.utf8.drop { $0 <= 0x20 }.starts(with: prefix.utf8)
  }

  /// Seals a secret.
  ///
  /// - Parameter audience: a glob on minion ids: others do not get it wherever the text stands. Nil for everybody that
  ///   the pillar's top file gives it to.
  /// - Throws: `SealingError`.
  public static func seal(
    _ secret: Secret, for audience: String?, to key: PillarSealWord
  ) throws(SealingError) -> SealedPillarValue {
    guard secret.count <= maximumSecret else {
      throw SealingError(.invalidText, "A secret has at most \(maximumSecret) bytes; this one has \(secret.count).")
    }
    let envelope = Secret(
      secret.withBytes { bytes in
        var fields: ValueMap = ["secret": .bytes(bytes)]
        if let audience { fields["for"] = .string(audience) }
        return MessagePackWriter.encode(.map(fields))
      })
    let sealed = try SealedSecret.seal(envelope, to: key.publicKey)
    let text = "\(prefix)\(key.keyID).\(sealed.dropFirst(SealedSecret.prefix.count))"
    guard let value = SealedPillarValue(text) else {
      throw SealingError(.invalidText, "The secret could not be sealed.")
    }
    return value
  }

  /// Opens it.
  ///
  /// - Returns: the secret, and the glob on minion ids that it is for; nil for all.
  /// - Throws: `SealingError`, which never holds a part of the secret.
  public func open(_ key: SealingKey) throws(SealingError) -> (secret: Secret, audience: String?) {
    let envelope = try SealedSecret.open(SealedSecret.prefix + body, privateKey: key)
    let fields = envelope.withBytes { try? MessagePackReader.decode($0).mapValue }
    guard let fields, let bytes = fields["secret"]?.bytesValue else {
      throw SealingError(.invalidText, "What is sealed here is no pillar value.")
    }
    return (Secret(bytes), fields["for"]?.stringValue)
  }
}
