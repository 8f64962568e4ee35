import Master
import Store
import Testing
import Wire

@Suite struct KeyRegistryTests {
  private let web1: MinionID
  private let web2: MinionID

  init() throws {
    web1 = try #require(MinionID("web1"))
    web2 = try #require(MinionID("web2"))
  }

  private func minion(_ key: String, _ status: StoredMinion.Status, _ id: MinionID? = nil, at seconds: Double = 0)
    -> StoredMinion
  {
    let moment = Moment(microseconds: 0) + seconds
    return StoredMinion(publicKey: key, id: id ?? web1, status: status, firstSeen: moment, lastSeen: moment)
  }

  @Test(arguments: StoredMinion.Status.allCases)
  func onlyAcceptedKeysHaveAnID(_ status: StoredMinion.Status) {
    let registry = KeyRegistry([minion("a", status)])
    let isAccepted = status == .accepted
    #expect(registry.acceptedID(ofKey: "a") == (isAccepted ? web1 : nil))
    #expect(registry[web1]?.publicKey == (isAccepted ? "a" : nil))
    #expect(registry.acceptedIDs == (isAccepted ? [web1] : []))
    #expect(registry.accepted.count == (isAccepted ? 1 : 0))
    #expect(registry[key: "a"]?.status == status)
    #expect(registry.acceptedID(ofKey: "b") == nil)
  }

  @Test func revokingCutsOffAtOnce() {
    var registry = KeyRegistry([minion("a", .accepted)])
    registry.save(minion("a", .revoked))
    #expect(registry.acceptedID(ofKey: "a") == nil)
    #expect(registry[web1] == nil)
    #expect(registry.all.map(\.status) == [.revoked])
  }

  @Test func aDeniedClaimTakesNothingFromTheOwner() {
    var registry = KeyRegistry([minion("a", .accepted), minion("b", .denied)])
    #expect(registry[web1]?.publicKey == "a")
    registry.remove(key: "b")
    #expect(registry.acceptedID(ofKey: "a") == web1)
    registry.save(minion("b", .rejected))
    #expect(registry[web1]?.publicKey == "a")
  }

  @Test func anIDPassesToItsNewKey() {
    var registry = KeyRegistry([minion("a", .accepted)])
    registry.save(minion("a", .revoked))
    registry.save(minion("b", .accepted))
    #expect(registry[web1]?.publicKey == "b")
    #expect(registry.acceptedID(ofKey: "a") == nil)
    // News about the old key does not take the id from the new one.
    registry.save(minion("a", .rejected))
    registry.remove(key: "a")
    #expect(registry[web1]?.publicKey == "b")
  }

  @Test func aKeyThatIsRenamedLeavesItsOldID() {
    var registry = KeyRegistry([minion("a", .accepted)])
    registry.save(minion("a", .accepted, web2))
    #expect(registry[web1] == nil)
    #expect(registry[web2]?.publicKey == "a")
  }

  @Test func waitingKeysAreCounted() {
    var registry = KeyRegistry()
    for number in 0..<KeyRegistry.maximumPending {
      #expect(!registry.isFull)
      registry.save(minion("key-\(number)", number.isMultiple(of: 2) ? .pending : .denied))
    }
    #expect(registry.isFull)
    registry.save(minion("key-0", .pending))
    registry.save(minion("another", .accepted, web2))
    #expect(registry.isFull)
    registry.save(minion("key-0", .rejected))
    #expect(!registry.isFull)
    registry.save(minion("key-0", .pending))
    #expect(registry.isFull)
    registry.remove(key: "key-1")
    registry.remove(key: "key-1")
    #expect(!registry.isFull)
    registry.save(minion("key-1", .pending))
    #expect(registry.isFull)
  }

  @Test func updatesReachTheAcceptedOne() {
    var registry = KeyRegistry([minion("a", .accepted), minion("b", .denied)])
    registry.update(web1) { $0.address = "10.0.0.9" }
    registry.update(web2) { $0.address = "never" }
    #expect(registry[key: "a"]?.address == "10.0.0.9")
    #expect(registry[key: "b"]?.address == "")
  }

  @Test func allAreListedByIDAndAge() {
    let registry = KeyRegistry([
      minion("c", .accepted, web2), minion("b", .denied, at: 2), minion("a", .accepted, at: 1),
    ])
    #expect(registry.all.map(\.publicKey) == ["a", "b", "c"])
  }
}
