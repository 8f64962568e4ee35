public import Wire

/// An invitation to join; only a digest of its secret is kept.
public struct StoredInvitation: Sendable, Hashable {
  /// SHA-256 of the secret.
  public var digest: [UInt8]
  public var idGlob: String
  public var usesLeft: Int64
  public var expires: Moment
  public var operatorName: String

  public init(digest: [UInt8], idGlob: String, usesLeft: Int64, expires: Moment, operatorName: String) {
    self.digest = digest
    self.idGlob = idGlob
    self.usesLeft = usesLeft
    self.expires = expires
    self.operatorName = operatorName
  }
}
