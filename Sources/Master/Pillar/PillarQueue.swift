import Wire

/// Who may compile now, who waits and who is sent away: a few at once, of each minion one, the others in the order they
/// came; and no minion has more than a few on the way. So a minion that asks without end holds up itself alone.
struct PillarQueue {
  /// A request's number, chosen by whoever keeps the queue.
  typealias Ticket = Int

  enum Decision: Hashable {
    case start, wait
    /// This minion, or everybody together, has too many.
    case refuse
  }

  private let width: Int
  private let perMinion: Int
  private let total: Int
  private var running: Set<MinionID> = []
  /// In the order they came; nil where one has started out of turn.
  private var waiting: [(ticket: Ticket, minion: MinionID)?] = []
  private var head = 0
  private var counts: [MinionID: Int] = [:]

  init(width: Int, perMinion: Int = 4, total: Int = 50_000) {
    self.width = width
    self.perMinion = perMinion
    self.total = total
  }

  mutating func entered(_ ticket: Ticket, _ minion: MinionID) -> Decision {
    guard counts[minion, default: 0] < perMinion, waiting.count - head < total else { return .refuse }
    counts[minion, default: 0] += 1
    if running.count < width, running.insert(minion).inserted { return .start }
    waiting.append((ticket, minion))
    return .wait
  }

  /// One has ended.
  ///
  /// - Returns: who may start in its place.
  mutating func ended(_ minion: MinionID) -> Ticket? {
    let count = counts[minion, default: 0]
    counts[minion] = count > 1 ? count - 1 : nil
    running.remove(minion)
    for index in head..<waiting.count {
      guard let next = waiting[index], !running.contains(next.minion) else { continue }
      waiting[index] = nil
      running.insert(next.minion)
      compact()
      return next.ticket
    }
    return nil
  }

  private mutating func compact() {
    while head < waiting.count, waiting[head] == nil { head += 1 }
    guard head > 1024, head * 2 > waiting.count else { return }
    waiting.removeFirst(head)
    head = 0
  }
}
