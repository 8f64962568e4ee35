public import Wire

/// A minion's connection as the master last saw it.
public struct Session: Sendable, Hashable {
  /// libzmq's id of the newest connection; replaced at each hello.
  public var routingID: [UInt8]
  public var lastHeard: Moment
  public var connectedSince: Moment
  public var version: String
  public var address: String
  /// Of the connection, to cut it off; -1 when unknown.
  public var descriptor: Int32
  /// Seconds by which the minion's clock is ahead.
  public var clockSkew: Double
}
