/// A message as it came: its frames, and what the transport (not the peer) says of its sender.
public struct ReceivedMessage: Sendable {
  static let maximumFrames = 8

  public var frames: [[UInt8]] = []
  /// What the ZAP authenticator gave this connection: the only identity that counts.
  public var userID: String?
  public var peerAddress: String?
  /// The descriptor of the connection it came over, to cut it off; -1 when unknown.
  public var descriptor: Int32 = -1
  /// More frames than any message of ours has.
  public var isOverlong = false
}
