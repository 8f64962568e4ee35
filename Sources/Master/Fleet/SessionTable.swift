public import Wire

/// Who is there, and since when the others are silent. A session is online until it was silent for two and a half
/// heartbeats, said goodbye, or the transport says that it is gone.
public struct SessionTable: Sendable {
  private var sessions: [MinionID: Session] = [:]
  private let patience: Double

  public init(heartbeat: Double) { patience = heartbeat * 2.5 }

  public subscript(_ id: MinionID) -> Session? { sessions[id] }
  public var count: Int { sessions.count }

  /// - Returns: whether the minion was away before.
  public mutating func joined(_ id: MinionID, _ session: Session) -> Bool {
    var session = session
    let old = sessions[id]
    if let old { session.connectedSince = old.connectedSince }
    sessions[id] = session
    return old == nil
  }

  public mutating func heard(_ id: MinionID, now: Moment) { sessions[id]?.lastHeard = now }

  @discardableResult
  public mutating func left(_ id: MinionID) -> Session? { sessions.removeValue(forKey: id) }

  /// The minions that have been silent for too long.
  public func silent(now: Moment) -> [MinionID] {
    sessions.filter { now - $0.value.lastHeard > patience }.map(\.key)
  }
}
