import Value

/// The private keys that a master opens sealed pillar values with: the newest is the one that is sealed to, older ones
/// open what was sealed before the key was changed.
public struct PillarKeyring: Sendable {
  /// Newest first.
  private let keys: [(word: PillarSealWord, key: SealingKey)]

  /// - Parameter keys: newest first.
  public init(_ keys: [SealingKey] = []) { self.keys = keys.map { (PillarSealWord($0.publicKey), $0) } }

  public var isEmpty: Bool { keys.isEmpty }
  /// What is sealed to; nil when there is no key.
  public var current: PillarSealWord? { keys.first?.word }
  /// Names of all keys, newest first.
  public var keyIDs: [String] { keys.map(\.word.keyID) }

  /// Opens a value with the key it names.
  ///
  /// - Throws: `SealingError`: `refused` when the key is not here, or does not open it.
  public func open(_ value: SealedPillarValue) throws(SealingError) -> (secret: Secret, audience: String?) {
    let candidates = keys.filter { $0.word.keyID == value.keyID }
    guard let first = candidates.first else {
      throw SealingError(
        .refused,
        keys.isEmpty
          ? "It is sealed to the key \(value.keyID) of a master, and there is no key here."
          : "It is sealed to the key \(value.keyID), which is not here (any more); here are \(keyIDs.joined(separator: ", "))."
      )
    }
    return try value.open(first.key)
  }
}
