/// The kinds of key pairs that are made here.
public enum KeyKind: Sendable, Hashable {
  /// 2048 to 16384 bits.
  case rsa(bits: Int)
  case ec(Curve)
  case ed25519
  case ed448

  public enum Curve: String, Sendable, CaseIterable {
    case p256 = "P-256"
    case p384 = "P-384"
    case p521 = "P-521"
  }
}
