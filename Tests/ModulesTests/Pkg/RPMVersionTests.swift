import Modules
import Testing

@Suite struct RPMVersionTests {
  @Test(arguments: [
    ("1.0", "1.0", 0), ("1.0", "2.0", -1), ("2.0.1", "2.0.1", 0), ("2.0", "2.0.1", -1), ("2.0.1a", "2.0.1", 1),
    ("5.5p1", "5.5p2", -1), ("5.5p10", "5.5p1", 1), ("10xyz", "10.1xyz", -1), ("xyz10", "xyz10.1", -1),
    ("xyz.4", "xyz.4", 0), ("xyz.4", "8", -1), ("8", "xyz.4", 1), ("5.5p2", "5.6p1", -1), ("6.0.rc1", "6.0", 1),
    ("10b2", "10a1", 1), ("1.0aa", "1.0a", 1), ("10.0001", "10.1", 0), ("10.0001", "10.0039", -1),
    ("4.999.9", "5.0", -1), ("20101121", "20101122", -1), ("2_0", "2.0", 0), ("a+", "a_", 0), ("+_", "_+", 0),
    ("1.0~rc1", "1.0", -1), ("1.0~rc1", "1.0~rc2", -1), ("1.0~rc1~git123", "1.0~rc1", -1), ("1.0^", "1.0", 1),
    ("1.0^git1", "1.0^git2", -1), ("1.0^git1", "1.01", -1), ("1.0^20160101", "1.0.1", -1),
    ("1.0~rc1^git1", "1.0~rc1", 1), ("1.0^git1~pre", "1.0^git1", -1), ("1:0.1", "9", 1),
    ("3.0.7-24.el9", "3.0.7-27.el9", -1), ("1:3.0.7-24.el9", "3.0.7-27.el9", 1),
    ("1.0.2k-26.el7_9", "1.0.2k-25.el7_9", 1),
    ("3.0.7", "3.0.7-27.el9", 0), ("(none):1.0-1", "0:1.0-1", 0),
    ("99999999999999999999999", "99999999999999999999998", 1),
  ]) func ordersAsRpm(_ left: String, _ right: String, _ expected: Int) throws {
    // Separators alone are no version with a name, but rpm can compare them.
    let a = try #require(RPMVersion(left))
    let b = try #require(RPMVersion(right))
    #expect(a.order(to: b) == expected)
    #expect(b.order(to: a) == -expected)
  }

  @Test(arguments: ["", "1 0", "x:1", "-1", "1:"])
  func refusesWhatIsNoVersion(_ text: String) { #expect(RPMVersion(text) == nil) }

  @Test(arguments: [("0:1.0-1", "1.0-1"), ("2:1.0-1.el9", "2:1.0-1.el9"), ("1.0", "1.0")])
  func leavesOutAnEpochOfZero(_ text: String, _ shown: String) { #expect(RPMVersion(text)?.description == shown) }
}
