import OrderedCollections
import Targeting
import Testing
import Value

@Suite struct TargetMatchingTests {
  @Test(arguments: SaltCases.all) func matchesWhatSaltMatches(_ example: TargetCase) throws {
    let target = try Target.parse(kind: example.kind, text: example.text, nodegroups: Fleet.nodegroups)
    let ids = try Fleet.subjects.filter { try target.matches($0) }.map(\.id)
    #expect(ids == example.ids)
  }

  @Test func delimiterOfAGrainTarget() throws {
    let target = try Target.parse(kind: .grain, text: "url|http://web1:8080/*", delimiter: "|")
    #expect(try Fleet.subjects.filter { try target.matches($0) }.map(\.id) == ["web1"])
  }

  @Test func listedIDsAreInOrderAndOnce() throws {
    let list = try Target.parse(kind: .list, text: "web[01-03],db1,web02")
    #expect(list.listedIDs == ["web01", "web02", "web03", "db1"])
    #expect(try list.matches(TargetSubject(id: "web03")))
    #expect(try !list.matches(TargetSubject(id: "web3")))
    #expect(try Target.parse(kind: .compound, text: "L@db1,web1").listedIDs == ["db1", "web1"])
    #expect(try Target.parse(kind: .nodegroup, text: "pair", nodegroups: ["pair": "b a"]).listedIDs == ["b", "a"])
    #expect(try Target.parse(kind: .glob, text: "db1").listedIDs == nil)
    #expect(try Target.parse(kind: .compound, text: "L@db1 or web1").listedIDs == nil)
  }

  @Test func saysWhatItNeedsToKnow() throws {
    func usesPillar(_ text: String) throws -> Bool {
      try Target.parse(kind: .compound, text: text).usesPillar
    }
    #expect(try !usesPillar("web* and not L@web1"))
    #expect(try !usesPillar("web* and not ( E@db or G@os:Debian )"))
    #expect(try !usesPillar("S@10.0.0.0/8"))
    #expect(try usesPillar("not I@role:db"))
    #expect(try usesPillar("P@os:deb or J@role:.*"))
  }

  @Test func missingPillarMatchesNothing() throws {
    let target = try Target.parse(kind: .pillar, text: "role:*")
    #expect(try !target.matches(TargetSubject(id: "a", grains: ["role": "x"])))
  }

  @Test func manySubjectsAreFast() throws {
    let subjects = (0..<10_000).map { number in
      TargetSubject(
        id: "web\(number).example.com",
        grains: [
          "os": number % 2 == 0 ? "Debian" : "Rocky", "env": "prod", "roles": ["web", "cache"],
          "ip4_interfaces": ["eth0": ["10.0.0.1"]], "ipv4": ["10.0.0.1"],
        ])
    }
    let target = try Target.parse(
      kind: .compound,
      text: "( G@os:Debian and G@ip4_interfaces:eth0:10.* ) and not ( web1* or E@web2\\d or G@roles:db )")
    var count = 0
    let time = try ContinuousClock().measure { count = try subjects.filter { try target.matches($0) }.count }
    let expected = (0..<10_000).filter { number in
      let text = String(number)
      return number % 2 == 0 && !text.hasPrefix("1") && !(text.hasPrefix("2") && text.utf8.count > 1)
    }.count
    #expect(count == expected)
    // Some 10 ms optimised; the bound is for a debug build on a busy machine.
    #expect(time < .seconds(5))
  }
}
