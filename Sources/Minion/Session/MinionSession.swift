public import Wire

/// A minion's session with its master: no I/O, no clock.
///
/// The transport reconnects by itself (with back-off and jitter); this decides what is said once it is connected, and
/// when a silent master is given up.
public struct MinionSession: Sendable {
  public enum State: Sendable, Hashable {
    case disconnected
    /// Hello was sent at that moment.
    case greeting(Moment)
    case joined
  }

  public enum Event: Sendable, Hashable {
    case connected
    case disconnected
    /// The master's words of welcome: seconds between heartbeats.
    case welcome(heartbeat: Int64)
    /// The master does not know this session (it was restarted).
    case rejoin
    /// Anything else that came from the master.
    case heard
    case tick
  }

  public enum Action: Sendable, Hashable {
    case sendHello
    case sendHeartbeat
    /// Say again what the master has not acknowledged.
    case sendUnacknowledged
    /// Drop the connection and make a new one.
    case reconnect
  }

  /// Seconds to wait for a welcome, and between looks at results not acknowledged.
  static let patience = 20.0

  public private(set) var state: State = .disconnected
  private var heartbeat = 30.0
  private var lastHeard = Moment(microseconds: 0)
  private var lastSent = Moment(microseconds: 0)
  private var lastResent = Moment(microseconds: 0)

  public init() {}

  public mutating func on(_ event: Event, now: Moment) -> [Action] {
    switch event {
    case .connected, .rejoin:
      state = .greeting(now)
      lastHeard = now
      lastSent = now
      return [.sendHello]
    case .disconnected:
      state = .disconnected
      return []
    case .welcome(let seconds):
      heartbeat = Double(max(1, min(seconds, 3600)))
      lastHeard = now
      lastResent = now
      state = .joined
      return [.sendUnacknowledged]
    case .heard:
      lastHeard = now
      return []
    case .tick: return tick(now)
    }
  }

  private mutating func tick(_ now: Moment) -> [Action] {
    switch state {
    case .disconnected: return []
    case .greeting(let since) where now - since > Self.patience:
      state = .disconnected
      return [.reconnect]
    case .greeting: return []
    case .joined where now - lastHeard > heartbeat * 3:
      state = .disconnected
      return [.reconnect]
    case .joined:
      var actions: [Action] = []
      if now - lastSent >= heartbeat {
        lastSent = now
        actions.append(.sendHeartbeat)
      }
      if now - lastResent >= Self.patience {
        lastResent = now
        actions.append(.sendUnacknowledged)
      }
      return actions
    }
  }

  /// How long until `tick` has something to do, in seconds.
  public var interval: Double { min(heartbeat / 2, Self.patience) }
}
