import OrderedCollections
import Targeting
import TestSupport
import Testing
import Value

/// Random texts: everything is either read or refused, and nothing takes long.
@Suite struct TargetFuzzTests {
  private static let pieces = [
    "and", "or", "not", "(", ")", " ", " ", " ", "G@", "P@", "I@", "J@", "L@", "E@", "S@", "N@", "G|@", "X@", "R@", "@",
    "web", "os:", "*", "?", "[", "]", "[!", "-", "1", "09", ",", "/", ":", "*:", "10.0.0.0", "fd00::", "{", "}", "{,2}",
    "+", "$", "^", "\\", "\\Z", "\\u00", "(?", "(?P<n>", "|", ".", "ß", "😀", "\u{0}", "\u{1B}", "\n", "\u{301}",
    "g", "h",
  ]

  private static let nodegroups: ValueMap = ["g": "web* or N@h", "h": ["db1", "db2"], "web": "N@g and N@h", "1": 5]

  @Test func twentyThousandRandomTargets() {
    var random = SeededGenerator(seed: 2_026)
    var accepted = 0
    var refused = 0
    let time = ContinuousClock().measure {
      for number in 0..<20_000 {
        let text = (0..<Int.random(in: 0...12, using: &random))
          .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
        let kind = number % 2 == 0 ? .compound : TargetKind.allCases.randomElement(using: &random) ?? .glob
        do throws(TargetError) {
          let target = try Target.parse(kind: kind, text: text, nodegroups: Self.nodegroups)
          accepted += 1
          for subject in Fleet.subjects { _ = try target.matches(subject) }
        } catch {
          refused += 1
          if error.code != .matchLimit { #expect(error.column >= 1) }
          #expect(error.column <= error.text.unicodeScalars.count + 1, "\(error)")
          #expect(!error.description.isEmpty)
        }
      }
    }
    #expect(accepted > 500)
    #expect(refused > 500)
    #expect(time < .seconds(60))
  }

  /// Found by `brine-fuzz targeting`: each colon is a cut, whatever the delimiter is, and each cut a pattern.
  @Test(arguments: ["G|@a|", "P|@a|", "I|@a|", "J|@a|", "G@a:"]) func manyColons(_ start: String) {
    let text = start + String(repeating: ":", count: 4_000)
    do throws(TargetError) {
      _ = try Target.parse(kind: .compound, text: text)
      Issue.record("four thousand parts are taken")
    } catch {
      #expect(error.code == .tooLarge)
    }
  }

  @Test func twentyThousandRandomHostSets() {
    var random = SeededGenerator(seed: 7)
    let pieces = ["web", "[", "]", "[1-3]", "[01-", "-", ",", "1", "007", "9", "/2", "a", "é", "99999999999"]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...10, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      do throws(TargetError) {
        let names = try HostSet.expand(text, limit: 2_000)
        #expect(names.count <= 2_000)
      } catch {
        #expect((1...text.unicodeScalars.count + 1).contains(error.column), "\(error)")
      }
      if let size = try? BatchSize(parsing: text) { #expect(size.count(of: 10) >= 1) }
    }
  }
}
