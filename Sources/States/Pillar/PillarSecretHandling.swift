/// What becomes of the encrypted values of a pillar.
public enum PillarSecretHandling: Sendable, Hashable {
  /// They are decrypted: for the minion.
  case opened
  /// They are decrypted, and stand there as `**********`: for people, who see that they can be.
  case masked
  /// They are null, and no key is used: for matching, so that nobody finds out a secret by asking who has it.
  case withheld
}
