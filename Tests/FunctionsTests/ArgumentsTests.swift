import OrderedCollections
import Testing
import Value

@testable import Functions

@Suite struct ArgumentsTests {
  private static let signature = FunctionSignature(
    name: "pkg.install", summary: "", details: "",
    parameters: [
      .required("name", .string, ""), .optional("refresh", .bool, default: false, ""),
      .optional("version", .string, ""), .optional("mode", .string, default: "safe", "", choices: ["safe", "full"]),
    ], effect: .change)
  private static let words = FunctionSignature(
    name: "cmd.run", summary: "", details: "",
    parameters: [.required("program", .string, ""), .variadic("arguments", .string, ""), .keywords("environment", "")],
    effect: .change)

  private func bind(_ positional: [Value], _ named: ValueMap = [:], to signature: FunctionSignature = signature) throws
    -> Arguments
  { try Arguments(binding: CallArguments(positional, named: named), to: signature) }

  private func refusal(_ positional: [Value], _ named: ValueMap = [:], to signature: FunctionSignature = signature)
    -> FunctionError?
  {
    do { _ = try bind(positional, named, to: signature) } catch { return error as? FunctionError }
    return nil
  }

  @Test func byPositionThenByNameThenByDefault() throws {
    let bound = try bind(["nginx", true], ["mode": "full"])
    #expect(bound.string("name") == "nginx")
    #expect(bound.bool("refresh"))
    #expect(bound.string("mode") == "full")
    #expect(!bound.isGiven("version"))
    #expect(bound.optionalString("version") == nil)
    #expect(bound.string("version") == "")
    #expect(try bind([], ["name": "nginx"]).string("mode") == "safe")
  }

  @Test(
    arguments: [
      ([], [:], "'name' is missing."), (["a", true, "1", "safe", 5, 6], [:], "2 argument(s) too many, from '5' on."),
      (["a"], ["name": "b"], "'name' is given twice."),
      (["a"], ["refesh": true], "there is no argument 'refesh'; did you mean 'refresh'?"),
      (["a"], ["xyz": true], "there is no argument 'xyz'."),
      (["a", "perhaps"], [:], "'refresh' takes bool, not a string ('perhaps')."),
      (["a"], ["refresh": 2], "'refresh' takes bool, not an integer ('2')."),
      ([["a", "b"]], [:], "'name' takes string, not a list ('[\"a\",\"b\"]')."),
      ([.null], [:], "'name' takes string, not null ('None')."),
      (["a"], ["mode": "fast"], "'mode' is one of safe, full, not 'fast'."),
    ] as [([Value], ValueMap, String)])
  func whatTheSignatureDoesNotAllowIsRefused(_ positional: [Value], _ named: ValueMap, _ message: String) {
    let error = refusal(positional, named)
    #expect(error?.code == .badArguments)
    #expect(error?.message == "pkg.install: \(message)")
    #expect(error?.hint == "Usage: pkg.install(name, refresh=False, version=None, mode=safe)")
  }

  @Test func variadicTakesTheRestAndKeywordsWhatIsNotKnown() throws {
    let bound = try bind(["ls", "-l", 5], ["PATH": "/bin", "A": 1], to: Self.words)
    #expect(bound.strings("arguments") == ["-l", "5"])
    #expect(bound.map("environment") == ["PATH": "/bin", "A": 1])
    #expect(try bind(["ls"], to: Self.words).list("arguments").isEmpty)
    #expect(try bind(["ls"], to: Self.words).map("environment").isEmpty)
    #expect(try bind(["ls"], ["arguments": ["-l"]], to: Self.words).strings("arguments") == ["-l"])
    #expect(try bind(["ls"], ["arguments": "-l"], to: Self.words).strings("arguments") == ["-l"])
    #expect(
      refusal(["ls", "-a"], ["arguments": "-l"], to: Self.words)?.message == "cmd.run: 'arguments' is given twice.")
    #expect(Self.words.line == "cmd.run(program, *arguments, **environment)")
  }

  /// A keyword that is called as the parameter that takes keywords is one of them.
  @Test func aKeywordMayHaveThatParametersName() throws {
    #expect(try bind(["ls"], ["environment": "x"], to: Self.words).map("environment") == ["environment": "x"])
  }

  struct Conversion: Sendable, CustomStringConvertible {
    let type: ParameterType
    let from: Value
    /// Nil when it is refused.
    let to: Value?
    var description: String { "\(type) from \(from)" }
    init(_ type: ParameterType, _ from: Value, _ to: Value?) {
      self.type = type
      self.from = from
      self.to = to
    }
  }

  @Test(arguments: [
    Conversion(.any, ["a": [1]], ["a": [1]]), .init(.any, .null, .null),
    .init(.bool, true, true), .init(.bool, "True", true), .init(.bool, "yes", true), .init(.bool, "ON", true),
    .init(.bool, "1", true), .init(.bool, 1, true), .init(.bool, "no", false), .init(.bool, "off", false),
    .init(.bool, 0, false), .init(.bool, "", nil), .init(.bool, 2, nil), .init(.bool, 1.0, nil), .init(.bool, [], nil),
    .init(.int, 5, 5), .init(.int, "5", 5), .init(.int, "-5", -5), .init(.int, "5.0", nil), .init(.int, 5.5, nil),
    .init(.int, "five", nil), .init(.int, true, nil), .init(.int, "99999999999999999999", nil),
    .init(.number, 5, 5), .init(.number, 5.5, 5.5), .init(.number, "5.5", 5.5), .init(.number, "5", 5),
    .init(.number, "x", nil), .init(.number, false, nil),
    .init(.string, "a", "a"), .init(.string, 5, "5"), .init(.string, 1.5, "1.5"), .init(.string, true, "True"),
    .init(.string, .bytes([1, 2]), .bytes([1, 2])), .init(.string, ["a"], nil), .init(.string, ["a": 1], nil),
    .init(.list, ["a", 1], ["a", 1]), .init(.list, "a, b,c", ["a", "b", "c"]), .init(.list, 5, [5]),
    .init(.list, ["a": 1], nil),
    .init(.stringList, ["a", "b"], ["a", "b"]), .init(.stringList, "a,b", ["a", "b"]), .init(.stringList, 5, ["5"]),
    .init(.stringList, "a", ["a"]), .init(.stringList, [["a"]], nil), .init(.stringList, ["a": 1], nil),
    .init(.map, ["a": 1], ["a": 1]), .init(.map, "a", nil), .init(.map, ["a"], nil),
  ])
  func conversion(_ conversion: Conversion) throws {
    let signature = FunctionSignature(
      name: "t.t", summary: "", details: "", parameters: [.required("p", conversion.type, "")], effect: .read)
    guard let expected = conversion.to else {
      #expect(refusal([conversion.from], to: signature)?.code == .badArguments)
      return
    }
    #expect(try bind([conversion.from], to: signature)["p"] == expected)
    #expect(try bind([], ["p": conversion.from], to: signature)["p"] == expected)
  }

  @Test func nothingIsTheDefaultWhereThereIsOne() throws {
    #expect(try !bind(["a"], ["version": .null]).isGiven("version"))
  }
}
