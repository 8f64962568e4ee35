import Targeting
import TestSupport
import Testing

@Suite struct HostSetTests {
  static let folded: [([String], String)] = [
    ([], ""),
    (["web1"], "web1"),
    (["web1", "web2"], "web[1-2]"),
    (["web2", "web10", "web1", "web2"], "web[1-2,10]"),
    (["web01", "web02", "web03", "web07", "db1"], "db1,web[01-03,07]"),
    (["web08", "web09", "web10", "web11"], "web[08-11]"),
    (["n099", "n100", "n1000"], "n[099-100,1000]"),
    (["n1", "n01", "n2", "n02"], "n[1-2,01-02]"),
    (["n0", "n00"], "n[0,00]"),
    (["web1.lan", "web2.lan", "web1.wan"], "web[1-2].lan,web1.wan"),
    (["r1n1", "r1n2", "r2n1", "r2n2"], "r[1-2]n[1-2]"),
    (["r1n1", "r1n2", "r2n1"], "r1n[1-2],r2n1"),
    (["10.0.0.1", "10.0.0.2"], "10.0.0.[1-2]"),
    (["alpha", "beta"], "alpha,beta"),
    (["7", "8", "9"], "[7-9]"),
    (["x9999999999999999999", "x9999999999999999998"], "x9999999999999999998,x9999999999999999999"),
  ]

  @Test(arguments: folded) func folds(_ names: [String], _ text: String) throws {
    let set = HostSet(names)
    #expect(set.description == text)
    #expect(try HostSet(parsing: text) == set)
  }

  static let expanded: [(String, [String])] = [
    ("web1", ["web1"]),
    ("web[1-3]", ["web1", "web2", "web3"]),
    ("web[01-03,07],db1", ["web01", "web02", "web03", "web07", "db1"]),
    ("web[098-101]", ["web098", "web099", "web100", "web101"]),
    ("n[0-10/5]", ["n0", "n5", "n10"]),
    ("n[8-10]x", ["n8x", "n9x", "n10x"]),
    ("r[1-2]n[01-02]", ["r1n01", "r1n02", "r2n01", "r2n02"]),
    ("b,a,b", ["b", "a", "b"]),
    (",a,,b,", ["a", "b"]),
    ("n[5]", ["n5"]),
    ("", []),
  ]

  @Test(arguments: expanded) func expands(_ text: String, _ names: [String]) throws {
    #expect(try HostSet.expand(text) == names)
  }

  static let refused: [(String, TargetError.Code, Int)] = [
    ("x[0-99999999999]", .tooLarge, 1),
    ("ok,x[0-999999999999999999]", .tooLarge, 4),
    ("x[0-999999][0-999999][0-999999][0-999999]", .tooLarge, 1),
    ("x[1-1000001]", .tooLarge, 1),
    ("x[0-9999999999999999999]", .badHosts, 23),
    ("x[3-1]", .badHosts, 3),
    ("x[", .badHosts, 2),
    ("x[1", .badHosts, 2),
    ("x[1,", .badHosts, 2),
    ("x]", .badHosts, 2),
    ("x[]", .badHosts, 3),
    ("x[a-c]", .badHosts, 3),
    ("x[1-3", .badHosts, 2),
    ("x[1;3]", .badHosts, 4),
    ("x[[1]]", .badHosts, 3),
    ("x[1-03]", .badHosts, 5),
    ("x[1-9/0]", .badHosts, 7),
    (String(repeating: "x", count: 256), .tooLarge, 1),
  ]

  @Test(arguments: refused) func refuses(_ text: String, _ code: TargetError.Code, _ column: Int) throws {
    let error = try #require(throws: TargetError.self) { try HostSet.expand(text) }
    #expect(error.code == code)
    #expect(error.column == column, "\(error)")
  }

  @Test func aMillionIsAllowedAndItsLimitIsExact() throws {
    #expect(try HostSet.expand("x[1-1000]", limit: 1000).count == 1000)
    #expect(throws: TargetError.self) { try HostSet.expand("x[1-1000]", limit: 999) }
    #expect(throws: TargetError.self) { try HostSet.expand("a,b,c", limit: 2) }
  }

  @Test func naturalOrder() {
    #expect(
      NaturalOrder.sorted(["web10", "web9", "web1", "db2", "web01", "web", "web1a"])
        == ["db2", "web", "web01", "web1", "web1a", "web9", "web10"])
  }

  /// Whatever is folded is read back as the same names.
  @Test func foldingLosesNothing() throws {
    var random = SeededGenerator(seed: 11)
    let pieces = ["web", "db", "-", ".", "0", "1", "2", "9", "10", "007", "r", "n"]
    for _ in 0..<1_000 {
      let names = (0..<Int.random(in: 1...20, using: &random)).map { _ in
        (0..<Int.random(in: 1...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      }
      let set = HostSet(names)
      #expect(try HostSet(parsing: set.description) == set, "\(names)")
    }
  }

  @Test func foldsTenThousandQuickly() throws {
    let names = (1...10_000).map { "rack\($0 / 100)-node\($0 % 100).example.com" }
    var text = ""
    let time = ContinuousClock().measure { text = HostSet(names).description }
    #expect(text.utf8.count < 100)
    #expect(try HostSet(parsing: text).count == 10_000)
    #expect(time < .seconds(5))
  }
}
