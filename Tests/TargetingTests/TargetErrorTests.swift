import OrderedCollections
import Targeting
import Testing
import Value

/// Bad expressions, and where the caret stands.
@Suite struct TargetErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var kind: TargetKind
    var text: String
    var code: TargetError.Code
    var column: Int

    init(_ kind: TargetKind, _ text: String, _ code: TargetError.Code, _ column: Int) {
      self.kind = kind
      self.text = text
      self.code = code
      self.column = column
    }

    var testDescription: String { "\(kind) \(text)" }
  }

  static let cases = [
    Case(.glob, "", .empty, 1),
    Case(.compound, "   ", .empty, 1),
    Case(.compound, "and web1", .syntax, 1),
    Case(.compound, "or web1", .syntax, 1),
    Case(.compound, "web1 and", .syntax, 6),
    Case(.compound, "web1 or", .syntax, 6),
    Case(.compound, "not", .syntax, 1),
    Case(.compound, "web1 and or web2", .syntax, 10),
    Case(.compound, "web1 web2", .syntax, 6),
    Case(.compound, "web1 AND web2", .syntax, 6),
    Case(.compound, "not not web1", .syntax, 5),
    Case(.compound, "( web1", .syntax, 1),
    Case(.compound, "web1 )", .syntax, 6),
    Case(.compound, ")", .syntax, 1),
    Case(.compound, "( )", .syntax, 3),
    Case(.compound, "( and web1 )", .syntax, 3),
    Case(.compound, "( web1 or )", .syntax, 11),
    Case(.compound, "( web1 ) ( web2 )", .syntax, 10),
    Case(.compound, "( web1 web2 )", .syntax, 8),
    Case(.compound, "(web1 or web2)", .syntax, 1),
    Case(.compound, "web1 or web2)", .syntax, 13),
    Case(.compound, "G@os", .badPattern, 3),
    Case(.compound, "web1 and G@os", .badPattern, 12),
    Case(.compound, "web1 or G@", .badPattern, 9),
    Case(.compound, "X@web1", .syntax, 1),
    Case(.compound, "web1 or g@os:Debian", .syntax, 9),
    Case(.compound, "R@%web", .unsupported, 3),
    Case(.compound, "T@vcf_host", .unsupported, 1),
    Case(.range, "%web", .unsupported, 1),
    Case(.compound, "web1 or E@web(1", .badPattern, 16),
    Case(.pcre, "web[", .badPattern, 5),
    Case(.pcre, "a{2,1}", .badPattern, 6),
    Case(.pcre, "*a", .badPattern, 1),
    Case(.pcre, "\\u0041*\\Z(", .badPattern, 11),
    Case(.grainPCRE, "os:(Debian", .badPattern, 11),
    Case(.grainPCRE, "os:(?:Debian|Ubuntu", .badPattern, 20),
    Case(.grain, "os", .badPattern, 1),
    Case(.subnet, "10.0.0.300", .badSubnet, 1),
    Case(.subnet, "10.0.0.0/33", .badSubnet, 10),
    Case(.subnet, "10.0.0.1/24", .badSubnet, 1),
    Case(.subnet, "fe80::/129", .badSubnet, 8),
    Case(.subnet, "10.0.0.0/255.0.255.0", .badSubnet, 10),
    Case(.subnet, "010.0.0.1", .badSubnet, 1),
    Case(.compound, "web1 or S@10/8", .badSubnet, 11),
    Case(.list, "web1, web2", .badHosts, 6),
    Case(.list, "web*", .badHosts, 4),
    Case(.list, ",", .empty, 1),
    Case(.list, "web[1-", .badHosts, 4),
    Case(.compound, "db1 or L@web[3-1]", .badHosts, 14),
    Case(.nodegroup, "nope", .unknownNodegroup, 1),
    Case(.compound, "web1 and N@nope", .unknownNodegroup, 10),
    Case(.nodegroup, "map", .badNodegroup, 1),
    Case(.nodegroup, "selfish", .nodegroupCycle, 9),
    Case(.nodegroup, "loop1", .nodegroupCycle, 1),
    Case(.nodegroup, "broken", .syntax, 6),
  ]

  static let nodegroups: ValueMap = [
    "map": ["a": "b"], "selfish": "web* or N@selfish", "loop1": "N@loop2", "loop2": ["web*", "or", "N@loop3"],
    "loop3": "N@loop1 or db*", "broken": "web* a web*",
  ]

  private func refusal(_ kind: TargetKind, _ text: String) -> TargetError? {
    do throws(TargetError) {
      _ = try Target.parse(kind: kind, text: text, nodegroups: Self.nodegroups)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: cases) func isRefusedWithTheCaretUnderTheFault(_ example: Case) throws {
    let error = try #require(refusal(example.kind, example.text))
    #expect(error.code == example.code)
    #expect(error.column == example.column, "\(error)")
  }

  @Test func rendersTheCaret() throws {
    let error = try #require(refusal(.compound, "web1 and or web2"))
    #expect(error.description == "There is no term before 'or'.\n  web1 and or web2\n           ^")
  }

  @Test func namesTheCycle() throws {
    let error = try #require(refusal(.nodegroup, "loop1"))
    #expect(error.message.contains("loop1 → loop2 → loop3 → loop1"))
    #expect(error.text == "N@loop1 or db*")
  }

  @Test func pointsIntoTheNodegroup() throws {
    let error = try #require(refusal(.compound, "db1 or N@broken"))
    #expect(error.text == "web* a web*")
    #expect(error.column == 6)
  }

  @Test func longAndHostileTextStaysOnOneLine() throws {
    let text = String(repeating: "web1 or ", count: 100) + "\u{1B}[31m or\nand"
    let lines = try #require(refusal(.compound, text)).description.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.count < 120 && !$0.unicodeScalars.contains("\u{1B}") })
    #expect(lines.last?.hasSuffix("^") == true)
  }
}
