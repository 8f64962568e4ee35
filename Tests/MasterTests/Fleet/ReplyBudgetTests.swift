import Master
import Testing
import Wire

@Suite struct ReplyBudgetTests {
  private let start = Moment(microseconds: 1_795_521_600_000_000)
  private let one = ConnectionIdentity(descriptor: 10, inode: 1)
  private let other = ConnectionIdentity(descriptor: 11, inode: 2)

  private func minion(_ name: String) throws -> MinionID { try #require(MinionID(name)) }

  private func ask(
    _ budget: inout ReplyBudget, _ number: Int64, _ minion: MinionID, _ connection: ConnectionIdentity? = nil,
    bytes: Int = 1000, isOpen: Bool = true
  ) -> ReplyBudget.Decision {
    budget.ask(number, by: minion, over: connection ?? one, bytes: bytes) { _ in isOpen }
  }

  @Test func repliesAreCounted() throws {
    var budget = ReplyBudget()
    let (web1, web2) = (try minion("web1"), try minion("web2"))
    for number in 0..<64 { #expect(ask(&budget, Int64(number), web1) == .answer) }
    #expect(ask(&budget, 64, web1) == .refuse)
    // Others have their own.
    #expect(ask(&budget, 65, web2) == .answer)
    // What was given back may be used again, once.
    budget.giveBack([0, 0, 999, -1], of: web1)
    #expect(ask(&budget, 66, web1) == .answer)
    #expect(ask(&budget, 67, web1) == .refuse)
    // Another's tickets are nothing.
    budget.giveBack(Array(0..<100), of: web2)
    #expect(budget.open(of: web1) == (64, 2, 64_000))
    #expect(budget.open(of: web2) == (0, 0, 0))
  }

  @Test func bytesAreCountedAsTheyAre() throws {
    var budget = ReplyBudget()
    let web1 = try minion("web1")
    for number in 0..<31 { #expect(ask(&budget, Int64(number), web1, bytes: 512 << 10) == .answer) }
    #expect(ask(&budget, 31, web1, bytes: 512 << 10 | 1) == .refuse)
    // Set aside for the largest, counted as sent.
    for number in 0..<31 { budget.sent(Int64(number), to: web1, bytes: 100, now: start) }
    #expect(budget.open(of: web1).bytes == 3100)
    #expect(ask(&budget, 32, web1, bytes: 512 << 10 | 1) == .answer)
    // A reply may also be larger than was thought.
    budget.sent(32, to: web1, bytes: 16 << 20, now: start)
    #expect(ask(&budget, 33, web1) == .refuse)
    budget.giveBack(Array(0..<33), of: web1)
    #expect(budget.open(of: web1) == (0, 1, 0))
  }

  @Test func whoNeverReadsIsNotAnsweredInTheEnd() throws {
    var budget = ReplyBudget()
    let web1 = try minion("web1")
    var counts: [ReplyBudget.Decision: Int] = [:]
    for number in 0..<10_000 { counts[ask(&budget, Int64(number), web1), default: 0] += 1 }
    #expect(counts == [.answer: 64, .refuse: 512, .drop: 9424])
  }

  @Test func ticketsOfConnectionsThatAreGoneAreWorthNothing() throws {
    var budget = ReplyBudget()
    let web1 = try minion("web1")
    for number in 0..<64 { #expect(ask(&budget, Int64(number), web1) == .answer) }
    #expect(ask(&budget, 64, web1, other) == .refuse)
    #expect(ask(&budget, 65, web1, other, isOpen: false) == .answer)
    #expect(budget.open(of: web1) == (1, 0, 1000))
  }

  @Test func whoKeepsATicketTooLongIsCutOff() throws {
    var budget = ReplyBudget()
    let (web1, web2) = (try minion("web1"), try minion("web2"))
    _ = ask(&budget, 1, web1)
    _ = ask(&budget, 2, web1)
    _ = ask(&budget, 3, web1, other)
    _ = ask(&budget, 4, web2, ConnectionIdentity(descriptor: 12, inode: 3))
    // Not sent yet: a large file is being read for it.
    #expect(budget.overdue(now: start + 1000).isEmpty)
    for (number, minion) in [(1, web1), (2, web1), (3, web1), (4, web2)] {
      budget.sent(Int64(number), to: minion, bytes: 10, now: start + Double(number))
    }
    #expect(budget.overdue(now: start + 121).isEmpty)
    #expect(budget.overdue(now: start + 121.5) == [one])
    // All of that connection's are closed, the other connection's are not.
    #expect(budget.open(of: web1) == (1, 0, 10))
    #expect(budget.overdue(now: start + 121.6).isEmpty)
  }

  @Test func allTogetherAreBounded() throws {
    var budget = ReplyBudget()
    var count: Int64 = 0
    func fill(_ name: String, _ budget: inout ReplyBudget, bytes: Int = 512 << 10) throws -> Int {
      let minion = try minion(name)
      var answered = 0
      while true {
        count += 1
        guard ask(&budget, count, minion, bytes: bytes) == .answer else { return answered }
        answered += 1
      }
    }
    // 32 minions take all there is for all; each other one has one reply at a time, until there is nothing left.
    for number in 0..<32 { #expect(try fill("a\(number)", &budget) == 32) }
    #expect(budget.total == ReplyBudget.maximumTotal)
    for number in 0..<1024 { #expect(try fill("b\(number)", &budget) == 1) }
    #expect(budget.total == ReplyBudget.absoluteTotal)
    #expect(try fill("c", &budget) == 0)
    // What is small is always given.
    #expect(try fill("d", &budget, bytes: 1000) == 64)
    let first = try minion("a0")
    budget.giveBack(Array(0...40), of: first)
    #expect(budget.total == ReplyBudget.absoluteTotal + 64_000 - (16 << 20))
    #expect(try fill("c", &budget) == 1)
  }
}
