import Modules
import Testing

@Suite struct DebianVersionTests {
  @Test(arguments: [
    ("1.0", "1.0", 0), ("1.0", "1.00", 0), ("0:1.0", "1.0", 0), ("1.0-0", "1.0", 0), ("1.0", "1.1", -1),
    ("1.9", "1.10", -1), ("1.0~rc1", "1.0", -1), ("1.0~rc1", "1.0~rc2", -1), ("1.0~~", "1.0~", -1),
    ("1.0~~a", "1.0~", -1), ("1.0a", "1.0", 1), ("1.0+b1", "1.0a", 1), ("1.0+deb12u1", "1.0", 1),
    ("1:0.1", "9.9", 1), ("2:1.0", "10:1.0", -1), ("1.0-1", "1.0-2", -1), ("1.0-1", "1.0-1+b1", -1),
    ("1.0-1~bpo11+1", "1.0-1", -1), ("3.0.19-1~deb12u2", "3.0.22-1~deb12u2", -1),
    ("1.1.1n-0+deb11u5", "1.1.1w-0+deb11u1", -1), ("3.0.11-1~deb12u2", "3.0.11-1", -1),
    ("1:8.4p1-5+deb11u3", "1:9.2p1-2", -1), ("7.6p2-4", "7.6-0", 1), ("1.0.3-3", "1.0-1", 1),
    ("1.18.36", "1.18.35-1", 1), ("2.4.7-1", "2.4.7-z", -1), ("1.002-1+b2", "1.00", 1),
    ("4.0.1.3.0.3", "4.0.1.3.0.5", -1),
    ("0-pre", "0-pree", -1), ("1.1.6r2-2", "1.1.6r-1", 1), ("98.1p5-1", "98.1-pre2-b6-2", -1), ("12.0", "12~", 1),
    ("99999999999999999999999", "99999999999999999999998", 1),
  ]) func ordersAsDpkg(_ left: String, _ right: String, _ expected: Int) throws {
    let a = try #require(DebianVersion(left))
    let b = try #require(DebianVersion(right))
    #expect(a.order(to: b) == expected)
    #expect(b.order(to: a) == -expected)
  }

  @Test(arguments: ["", " ", "1 2", "x:1", ":1", "1:", "-1", "1_2", "1.0\n", "é"])
  func refusesWhatIsNoVersion(_ text: String) { #expect(DebianVersion(text) == nil) }

  @Test func keepsDashesOfTheUpstreamVersion() throws {
    let version = try #require(DebianVersion("1:2.0-beta-3"))
    #expect(version.epoch == 1)
    #expect(version.upstream == "2.0-beta")
    #expect(version.revision == "3")
  }

  @Test func canLeaveTheEpochOut() throws {
    let old = try #require(DebianVersion("1:1.0"))
    let new = try #require(DebianVersion("2.0"))
    #expect(old.order(to: new) == 1)
    #expect(old.order(to: new, ignoringEpoch: true) == -1)
  }
}
