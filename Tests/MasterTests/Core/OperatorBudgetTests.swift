import Master
import Testing
import Wire

@Suite struct OperatorBudgetTests {
  private let start = Moment(microseconds: 1_795_521_600_000_000)
  private let one = ConnectionIdentity(descriptor: 10, inode: 1)
  private let other = ConnectionIdentity(descriptor: 11, inode: 2)
  private let first: [UInt8] = [1]
  private let second: [UInt8] = [2]

  private func send(
    _ budget: inout OperatorBudget, _ ticket: Int64, to routingID: [UInt8], bytes: Int, isRefusal: Bool = false,
    now: Moment? = nil
  ) {
    budget.sent(ticket, to: routingID, number: ticket, bytes: bytes, isRefusal: isRefusal, now: now ?? start)
  }

  @Test func connectionsOfOneKeyCountTogether() {
    var budget = OperatorBudget()
    #expect(budget.asked(1, by: "anna", from: first, over: one, isWork: true) == .answer)
    #expect(budget.asked(1, by: "anna", from: second, over: other, isWork: true) == .answer)
    #expect(budget.open(of: "anna") == (0, 2, 0))
    send(&budget, 1, to: first, bytes: 16 << 20)
    #expect(budget.hasRoom(first) && budget.hasRoom(second))
    send(&budget, 2, to: second, bytes: 16 << 20)
    #expect(!budget.hasRoom(first) && !budget.hasRoom(second))
    #expect(budget.asked(9, by: "anna", from: first, over: one, isWork: true) == .refuse)
    // Somebody else has room, and nothing of another's tickets.
    #expect(budget.asked(1, by: "ben", from: [3], over: one, isWork: true) == .answer)
    budget.giveBack([1, 2, 3], of: "ben")
    #expect(!budget.hasRoom(first))
    budget.giveBack([1, 1, 77], of: "anna")
    #expect(budget.hasRoom(second))
    #expect(budget.open(of: "anna").bytes == 16 << 20)
  }

  @Test func whoAsksAndNeverReadsIsNotAnsweredInTheEnd() {
    var budget = OperatorBudget()
    var counts: [OperatorBudget.Decision: Int] = [:]
    for number in 0..<5000 as Range<Int64> {
      let decision = budget.asked(number, by: "anna", from: first, over: one, isWork: true)
      counts[decision, default: 0] += 1
      if decision != .drop { send(&budget, number, to: first, bytes: 1 << 20, isRefusal: decision == .refuse) }
    }
    #expect(counts == [.answer: 32, .refuse: 200, .drop: 4768])
  }

  @Test func requestsThatAreWorkedOnAreCounted() {
    var budget = OperatorBudget()
    for number in 0..<1000 as Range<Int64> {
      #expect(budget.asked(number, by: "anna", from: first, over: one, isWork: true) == .answer)
    }
    #expect(budget.asked(1000, by: "anna", from: first, over: one, isWork: true) == .refuse)
    // Giving back and ending is always possible, and an answer makes room.
    #expect(budget.asked(0, by: "anna", from: first, over: one, isWork: false) == .answer)
    send(&budget, 5, to: first, bytes: 10)
    #expect(budget.asked(1000, by: "anna", from: first, over: one, isWork: true) == .answer)
  }

  @Test func connectionsThatKeepATicketAreCutOff() {
    var budget = OperatorBudget()
    _ = budget.asked(1, by: "anna", from: first, over: one, isWork: true)
    _ = budget.asked(1, by: "anna", from: second, over: other, isWork: true)
    send(&budget, 1, to: first, bytes: 10)
    send(&budget, 2, to: second, bytes: 10, now: start + 100)
    #expect(budget.prune(now: start + 119) { _ in true }.overdue.isEmpty)
    let (gone, overdue) = budget.prune(now: start + 121) { _ in true }
    #expect(gone.isEmpty && overdue.map(\.routingID) == [first] && overdue.map(\.connection) == [one])
    #expect(budget.open(of: "anna") == (1, 1, 10))
    #expect(budget.prune(now: start + 122) { _ in false }.gone == [second])
    #expect(budget.open(of: "anna") == (0, 0, 0))
  }
}
