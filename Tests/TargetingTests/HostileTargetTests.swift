import OrderedCollections
import Targeting
import Testing
import Value

/// Patterns, texts and grains that are made to take for ever.
@Suite struct HostileTargetTests {
  private func code(_ body: () throws(TargetError) -> Bool) -> TargetError.Code? {
    do throws(TargetError) {
      _ = try body()
      return nil
    } catch {
      return error.code
    }
  }

  @Test(arguments: ["(a+)+$", "(a|a)*$", "(a|aa)+$", "([a-z]+)*$", "(.*a){20}$", "(?:a?){40}a{40}$"])
  func backtrackingIsAnErrorAndQuick(_ pattern: String) throws {
    let subject = TargetSubject(id: String(repeating: "a", count: 60) + "!")
    let target = try Target.parse(kind: .pcre, text: pattern)
    let time = ContinuousClock().measure {
      #expect(code { () throws(TargetError) in try target.matches(subject) } == .matchLimit)
    }
    #expect(time < .seconds(2))
  }

  @Test func theErrorPointsAtThePattern() throws {
    let target = try Target.parse(kind: .compound, text: "web* or E@(a+)+$")
    do throws(TargetError) {
      _ = try target.matches(TargetSubject(id: String(repeating: "a", count: 60) + "!"))
      Issue.record("no error")
    } catch {
      #expect(error.code == .matchLimit)
      #expect(error.column == 11)
    }
  }

  @Test func grainValuesHitTheLimitToo() throws {
    let target = try Target.parse(kind: .grainPCRE, text: "motd:(a+)+$")
    let subject = TargetSubject(id: "a", grains: ["motd": .string(String(repeating: "A", count: 60) + "!")])
    #expect(code { () throws(TargetError) in try target.matches(subject) } == .matchLimit)
  }

  @Test func aShortCircuitedPatternIsNotTried() throws {
    let target = try Target.parse(kind: .compound, text: "a* or E@(a+)+$")
    #expect(try target.matches(TargetSubject(id: String(repeating: "a", count: 60) + "!")))
  }

  @Test func globsDoNotBlowUp() throws {
    let glob = Glob(String(repeating: "*a", count: 500) + "b")
    let text = String(repeating: "a", count: 5_000)
    let time = ContinuousClock().measure { #expect(!glob.matches(text)) }
    #expect(time < .seconds(2))
  }

  @Test func deepGrainsAreGivenUpOn() throws {
    var grains: Value = ["a": "leaf"]
    for _ in 0..<40 { grains = ["a": grains] }
    let text = Array(repeating: "a", count: 31).joined(separator: ":") + ":x"
    let target = try Target.parse(kind: .grain, text: text)
    let subject = TargetSubject(id: "a", grains: grains.mapValue ?? [:])
    let time = ContinuousClock().measure {
      #expect(code { () throws(TargetError) in try target.matches(subject) } == .matchLimit)
    }
    #expect(time < .seconds(5))
  }

  @Test func oversizedTargetsAreRefused() {
    func parse(_ kind: TargetKind, _ text: String, _ nodegroups: ValueMap = [:]) -> TargetError.Code? {
      code { () throws(TargetError) in
        _ = try Target.parse(kind: kind, text: text, nodegroups: nodegroups)
        return true
      }
    }
    #expect(parse(.glob, String(repeating: "a", count: 5_000)) == .tooLarge)
    #expect(parse(.list, String(repeating: "a,", count: 600_000)) == .tooLarge)
    #expect(parse(.list, "x[0-99999999999]") == .tooLarge)
    #expect(parse(.grain, String(repeating: "a:", count: 40)) == .tooLarge)
    #expect(parse(.compound, String(repeating: "( ", count: 5_000) + "a") == .tooLarge)
    var laughs: ValueMap = ["g0": "a or b*"]
    for level in 1...30 {
      laughs[.string("g\(level)")] = .string(Array(repeating: "N@g\(level - 1)", count: 10).joined(separator: " or "))
    }
    #expect(parse(.nodegroup, "g30", laughs) == .tooLarge)
  }

  @Test func oddLettersMatch() {
    #expect(Glob("?").matches("ß"))
    #expect(Glob("[à-ü]b").matches("éb"))
    #expect(!Glob("[!à-ü]b").matches("éb"))
    #expect(Glob("*😀?").matches("a😀b"))
    #expect(!Glob("??").matches("😀"))
    #expect(Glob("MÜNCHEN*", ignoresCase: true).matches("münchen-1"))
    #expect(Glob("").matches(""))
    #expect(Glob("*").matches(""))
    #expect(!Glob("?").matches(""))
  }
}
