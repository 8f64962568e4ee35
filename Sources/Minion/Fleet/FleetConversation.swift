public import Wire

/// What a process has asked its master and not been answered yet: no I/O, no clock.
///
/// Requests are sent as the connection and the window allow, again after a connection was lost, and after a while when the
/// master says that it is busy. Each ends with an answer or a reason. Tickets of replies go back with the next request,
/// or by themselves when there is none.
public struct FleetConversation: Sendable {
  public enum Event: Sendable, Hashable {
    case ask(Int64, FleetRequest, deadline: Moment)
    /// Nobody waits for the answer any more.
    case forget(Int64)
    case connected
    case disconnected
    /// The master does not let this host's key in, or is not the one whose key is pinned.
    case keyRefused
    case reply(Int64, ticket: Int64?, FleetReply)
    case tick
  }

  public enum Action: Sendable, Hashable {
    case send(Int64, tickets: [Int64], FleetRequest)
    case giveBack([Int64])
    case answer(Int64, FleetReply)
    case fail(Int64, Failure)
  }

  public enum Failure: Sendable, Hashable {
    case unreachable
    case keyRefused
    /// Asked, and not answered in time.
    case late
    /// The master was busy until the deadline.
    case busy
  }

  private struct Open {
    enum State { case waiting, sent, backingOff(until: Moment) }
    let request: FleetRequest
    let deadline: Moment
    var state = State.waiting
    var refusals = 0
  }

  /// Requests that are on their way at once. The master lets a minion have 64 unread replies, in all its processes.
  public static let window = 16

  private let patience: Double
  private var open: [Int64: Open] = [:]
  /// Ids in the order in which they are to be sent; those that are not waiting any more are skipped.
  private var queue: ArraySlice<Int64> = []
  private var sentCount = 0
  private var isConnected = false
  private var lostSince: Moment
  private var tickets: [Int64] = []

  /// - Parameter patience: seconds without a connection after which everything asked fails.
  public init(patience: Double = 30, now: Moment) {
    self.patience = patience
    lostSince = now
  }

  /// Whether nothing is open.
  public var isIdle: Bool { open.isEmpty && tickets.isEmpty }

  public mutating func on(_ event: Event, now: Moment) -> [Action] {
    var actions: [Action] = []
    switch event {
    case .ask(let id, let request, let deadline):
      open[id] = Open(request: request, deadline: deadline)
      queue.append(id)
    case .forget(let id): close(id)
    case .connected: isConnected = true
    case .disconnected:
      if isConnected { lostSince = now }
      isConnected = false
      // They belong to the connection, as do the requests that went over it.
      tickets = []
      sentCount = 0
      for id in open.keys { open[id]?.state = .waiting }
      queue = ArraySlice(open.keys.sorted())
    case .keyRefused:
      isConnected = false
      actions += failAll(.keyRefused)
    case .reply(let id, let ticket, let reply):
      if let ticket, isConnected { tickets.append(ticket) }
      actions += replied(id, reply, now)
    case .tick: actions += tick(now)
    }
    return actions + sendWaiting()
  }

  private mutating func replied(_ id: Int64, _ reply: FleetReply, _ now: Moment) -> [Action] {
    // An answer that came twice, or too late.
    guard var request = open[id], case .sent = request.state else { return [] }
    guard case .refused(let refusal) = reply, refusal.code == .busy else {
      close(id)
      return [.answer(id, reply)]
    }
    sentCount -= 1
    let wait = min(2, 0.02 * Double(1 << min(request.refusals, 7)))
    request.refusals += 1
    request.state = .backingOff(until: now + wait)
    open[id] = request
    return []
  }

  private mutating func tick(_ now: Moment) -> [Action] {
    if !isConnected, now - lostSince > patience { return failAll(.unreachable) }
    var actions: [Action] = []
    for (id, request) in open.sorted(by: { $0.key < $1.key }) {
      if now >= request.deadline {
        let failure: Failure =
          switch request.state {
          case _ where !isConnected: .unreachable
          case .backingOff: .busy
          default: .late
          }
        close(id)
        actions.append(.fail(id, failure))
      } else if case .backingOff(let until) = request.state, now >= until {
        open[id]?.state = .waiting
        queue.append(id)
      }
    }
    return actions
  }

  private mutating func sendWaiting() -> [Action] {
    guard isConnected else { return [] }
    var actions: [Action] = []
    while sentCount < Self.window, let id = queue.popFirst() {
      guard let request = open[id], case .waiting = request.state else { continue }
      open[id]?.state = .sent
      sentCount += 1
      actions.append(.send(id, tickets: tickets, request.request))
      tickets = []
    }
    if !tickets.isEmpty {
      actions.append(.giveBack(tickets))
      tickets = []
    }
    return actions
  }

  private mutating func failAll(_ failure: Failure) -> [Action] {
    let ids = open.keys.sorted()
    open = [:]
    queue = []
    sentCount = 0
    return ids.map { .fail($0, failure) }
  }

  private mutating func close(_ id: Int64) {
    guard let request = open.removeValue(forKey: id) else { return }
    if case .sent = request.state { sentCount -= 1 }
  }
}
