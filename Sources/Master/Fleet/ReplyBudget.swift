public import Wire

/// How much is on its way to each minion and not known to be read: no I/O, no clock.
///
/// libzmq's queues have no limit here, so a minion that asks and never reads would fill the master's memory. Each reply
/// carries a ticket, which the minion gives back when it has read it. Above so many open tickets it is told that the
/// master is busy; above so many of these it is not answered at all. A connection that keeps a ticket too long is cut
/// off, and its queue goes with it.
public struct ReplyBudget: Sendable {
  /// Open replies of one minion, of all its processes, and their bytes.
  public static let maximumReplies = 64
  public static let maximumBytes = 16 << 20
  /// Bytes that are open for all minions together, beyond which each may have one reply at a time; and beyond which
  /// only small ones are given.
  public static let maximumTotal = 512 << 20
  public static let absoluteTotal = 1 << 30
  public static let smallReply = 64 << 10
  /// Open refusals.
  public static let maximumRefusals = 512
  /// Seconds that a ticket may stay open once the reply was sent.
  public static let lifetime = 120.0

  public enum Decision: Sendable, Hashable {
    case answer
    case refuse
    case drop
  }

  private struct Ticket {
    let connection: ConnectionIdentity
    var bytes: Int
    let isRefusal: Bool
    var sent: Moment?
  }

  private struct Account {
    var tickets: [Int64: Ticket] = [:]
    var replies = 0
    var bytes = 0
    var refusals = 0

    mutating func add(_ number: Int64, _ ticket: Ticket) {
      tickets[number] = ticket
      if ticket.isRefusal { refusals += 1 } else { replies += 1 }
      bytes += ticket.bytes
    }

    mutating func remove(_ number: Int64) {
      guard let ticket = tickets.removeValue(forKey: number) else { return }
      if ticket.isRefusal { refusals -= 1 } else { replies -= 1 }
      bytes -= ticket.bytes
    }
  }

  private var accounts: [MinionID: Account] = [:]
  /// Bytes that are open for all minions.
  public private(set) var total = 0

  public init() {}

  /// Decides about a request whose reply may have so many bytes, and opens the ticket unless it is dropped.
  ///
  /// - Parameter isOpen: whether a connection is still there; asked only when the minion has no room left.
  public mutating func ask(
    _ number: Int64, by minion: MinionID, over connection: ConnectionIdentity, bytes: Int,
    isOpen: (ConnectionIdentity) -> Bool
  ) -> Decision {
    var account = accounts[minion] ?? Account()
    let before = account.bytes
    defer { total += (accounts[minion]?.bytes ?? 0) - before }
    if !Self.hasRoom(account, bytes) {
      for (number, ticket) in account.tickets where !isOpen(ticket.connection) { account.remove(number) }
    }
    let hasRoom = Self.hasRoom(account, bytes) && hasRoomForAll(account, bytes)
    guard hasRoom || account.refusals < Self.maximumRefusals else {
      accounts[minion] = account
      return .drop
    }
    account.add(
      number, Ticket(connection: connection, bytes: hasRoom ? bytes : 0, isRefusal: !hasRoom, sent: nil))
    accounts[minion] = account
    return hasRoom ? .answer : .refuse
  }

  private static func hasRoom(_ account: Account, _ bytes: Int) -> Bool {
    account.replies < maximumReplies && account.bytes + bytes <= maximumBytes
  }

  /// A file that everybody fetches at once may not fill the memory, and who does not read may not keep others waiting.
  private func hasRoomForAll(_ account: Account, _ bytes: Int) -> Bool {
    guard total + bytes > Self.maximumTotal, bytes > Self.smallReply else { return true }
    return account.replies == 0 && total + bytes <= Self.absoluteTotal
  }

  /// The reply is in the queue, with so many bytes.
  public mutating func sent(_ number: Int64, to minion: MinionID, bytes: Int, now: Moment) {
    guard let ticket = accounts[minion]?.tickets[number] else { return }
    accounts[minion]?.bytes += bytes - ticket.bytes
    total += bytes - ticket.bytes
    accounts[minion]?.tickets[number]?.bytes = bytes
    accounts[minion]?.tickets[number]?.sent = now
  }

  /// Tickets that came back, or whose reply could not be sent. Others' and unknown ones are nothing.
  public mutating func giveBack(_ numbers: [Int64], of minion: MinionID) {
    guard let before = accounts[minion]?.bytes else { return }
    defer { total += (accounts[minion]?.bytes ?? 0) - before }
    for number in numbers { accounts[minion]?.remove(number) }
    if accounts[minion]?.tickets.isEmpty == true { accounts[minion] = nil }
  }

  /// Connections that kept a ticket for too long. They are to be cut off; their tickets are closed with that.
  public mutating func overdue(now: Moment) -> [ConnectionIdentity] {
    var late: Set<ConnectionIdentity> = []
    for account in accounts.values {
      for ticket in account.tickets.values {
        if let sent = ticket.sent, now - sent > Self.lifetime { late.insert(ticket.connection) }
      }
    }
    guard !late.isEmpty else { return [] }
    for minion in accounts.keys {
      let numbers = accounts[minion]?.tickets.filter { late.contains($0.value.connection) }.map(\.key) ?? []
      giveBack(numbers, of: minion)
    }
    return late.sorted { ($0.descriptor, $0.inode) < ($1.descriptor, $1.inode) }
  }

  /// Open replies of a minion and their bytes.
  public func open(of minion: MinionID) -> (replies: Int, refusals: Int, bytes: Int) {
    accounts[minion].map { ($0.replies, $0.refusals, $0.bytes) } ?? (0, 0, 0)
  }
}
