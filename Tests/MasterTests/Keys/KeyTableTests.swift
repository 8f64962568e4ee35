import Testing
import ZeroMQ

@testable import Master

/// Who may connect where, and under which name.
@Suite struct KeyTableTests {
  private let minion = CurveKeyPair.generate().publicKey
  private let person = CurveKeyPair.generate().publicKey

  @Test func eachDomainHasItsOwnKeys() {
    let table = KeyTable()
    #expect(table.userID(domain: "fleet", key: minion) == nil)
    table.setFleet([minion])
    table.setOperators([person])
    #expect(table.userID(domain: "fleet", key: minion) == minion.description)
    #expect(table.userID(domain: "operators", key: person) == person.description)
    #expect(table.userID(domain: "operators", key: minion) == nil)
    #expect(table.userID(domain: "fleet", key: person) == nil)
  }

  @Test(arguments: ["", "enrol", "Fleet", "fleet ", "global"])
  func otherDomainsHaveNone(_ domain: String) {
    let table = KeyTable()
    table.setFleet([minion])
    table.setOperators([minion])
    #expect(table.userID(domain: domain, key: minion) == nil)
  }

  @Test func keysComeAndGo() {
    let table = KeyTable()
    table.addFleet(minion)
    #expect(table.userID(domain: "fleet", key: minion) != nil)
    table.removeFleet(minion)
    #expect(table.userID(domain: "fleet", key: minion) == nil)
    table.setOperators([person])
    table.setOperators([])
    #expect(table.userID(domain: "operators", key: person) == nil)
  }
}
