public import Wire

/// What is on its way to each operator and not known to be read: no I/O, no clock.
///
/// libzmq's queues have no limit here. Each reply carries a ticket, which the client gives back when it has read it.
/// All connections of one key count together. Who has no room left gets streams later and refusals at once; a connection
/// that keeps a ticket too long is cut off, and its queue goes with it.
public struct OperatorBudget: Sendable {
  /// Bytes of one operator that may be open before no more is sent; the last reply may go beyond.
  public static let maximumBytes = 32 << 20
  public static let maximumReplies = 20_000
  /// Open refusals, beyond which nothing is said any more.
  public static let maximumRefusals = 200
  /// Requests of one operator that are being worked on.
  public static let maximumRequests = 1000
  /// Seconds that a ticket may stay open.
  public static let lifetime = 120.0

  public enum Decision: Sendable, Hashable {
    case answer
    case refuse
    case drop
  }

  private struct Ticket {
    let connection: ConnectionIdentity
    let bytes: Int
    let isRefusal: Bool
    let sent: Moment
  }

  private struct Account {
    var tickets: [Int64: Ticket] = [:]
    var bytes = 0
    var refusals = 0
    var requests: Set<Request> = []
    var hasRoom: Bool { bytes < maximumBytes && tickets.count < maximumReplies }
  }

  private struct Request: Hashable {
    let routingID: [UInt8]
    let number: Int64
  }

  private var accounts: [String: Account] = [:]
  private var connections: [[UInt8]: (key: String, connection: ConnectionIdentity)] = [:]

  public init() {}

  /// A request came.
  ///
  /// - Parameter isWork: whether an answer follows; not for what only gives something back.
  public mutating func asked(
    _ number: Int64, by key: String, from routingID: [UInt8], over connection: ConnectionIdentity, isWork: Bool
  ) -> Decision {
    connections[routingID] = (key, connection)
    guard isWork else { return .answer }
    let account = accounts[key] ?? Account()
    guard account.hasRoom, account.requests.count < Self.maximumRequests else {
      return account.refusals < Self.maximumRefusals ? .refuse : .drop
    }
    accounts[key, default: Account()].requests.insert(Request(routingID: routingID, number: number))
    return .answer
  }

  /// Whether a stream may be sent more now.
  public func hasRoom(_ routingID: [UInt8]) -> Bool {
    connections[routingID].flatMap { accounts[$0.key] }?.hasRoom ?? true
  }

  /// A reply is in the queue.
  public mutating func sent(
    _ ticket: Int64, to routingID: [UInt8], number: Int64, bytes: Int, isRefusal: Bool, now: Moment
  ) {
    guard let (key, connection) = connections[routingID] else { return }
    var account = accounts.removeValue(forKey: key) ?? Account()
    account.requests.remove(Request(routingID: routingID, number: number))
    account.tickets[ticket] = Ticket(connection: connection, bytes: bytes, isRefusal: isRefusal, sent: now)
    account.bytes += bytes
    if isRefusal { account.refusals += 1 }
    accounts[key] = account
  }

  /// Tickets that came back. Others' and unknown ones are nothing.
  public mutating func giveBack(_ tickets: [Int64], of key: String) {
    guard var account = accounts.removeValue(forKey: key) else { return }
    for number in tickets {
      guard let ticket = account.tickets.removeValue(forKey: number) else { continue }
      account.bytes -= ticket.bytes
      if ticket.isRefusal { account.refusals -= 1 }
    }
    if !account.tickets.isEmpty || !account.requests.isEmpty { accounts[key] = account }
  }

  /// Forgets connections that are gone, with what was on its way to them.
  ///
  /// - Returns: their routing ids, and those that kept a ticket for too long, which are to be cut off.
  public mutating func prune(
    now: Moment, isOpen: (ConnectionIdentity) -> Bool
  ) -> (gone: [[UInt8]], overdue: [(routingID: [UInt8], connection: ConnectionIdentity)]) {
    var late: Set<ConnectionIdentity> = []
    for account in accounts.values {
      for ticket in account.tickets.values where now - ticket.sent > Self.lifetime { late.insert(ticket.connection) }
    }
    var gone: [[UInt8]] = []
    var overdue: [(routingID: [UInt8], connection: ConnectionIdentity)] = []
    for (routingID, peer) in connections {
      let isLate = late.contains(peer.connection)
      guard isLate || !isOpen(peer.connection) else { continue }
      if isLate { overdue.append((routingID, peer.connection)) } else { gone.append(routingID) }
      connections[routingID] = nil
      let tickets = accounts[peer.key]?.tickets.filter { $0.value.connection == peer.connection }.map(\.key) ?? []
      if var account = accounts[peer.key] {
        account.requests = account.requests.filter { $0.routingID != routingID }
        accounts[peer.key] = account
      }
      giveBack(tickets, of: peer.key)
    }
    return (gone, overdue)
  }

  /// Open replies of an operator and their bytes.
  public func open(of key: String) -> (replies: Int, requests: Int, bytes: Int) {
    accounts[key].map { ($0.tickets.count, $0.requests.count, $0.bytes) } ?? (0, 0, 0)
  }
}
