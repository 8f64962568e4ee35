import Testing

@testable import States

@Suite struct SlotExpressionTests {
  @Test func readsCallsAsSalt() throws {
    let slot = try #require(
      SlotExpression(#"__slot__:salt:test.arg("a, b", [1, 2], k="v w", n = 3).x.y ~ " end""#))
    #expect(slot.function == "test.arg")
    #expect(slot.positional == ["a, b", "[1,2]"])
    #expect(slot.named == ["k": "v w", "n": "3"])
    #expect(slot.path == "x.y")
    #expect(slot.suffix == " end")
  }

  @Test(arguments: [
    ("__slot__:salt:x.y()", []), ("__slot__:salt:x.y('it')", ["it"]),
    ("__slot__:salt:x.y(a b, \"c d\")", ["ab", "c d"]),
    ("__slot__:salt:x.y(/tmp/foo.txt)", ["/tmp/foo.txt"]), ("__slot__:salt:x.y({a: 1, b: [c]})", ["{a:1,b:[c]}"]),
    ("__slot__:salt:x.y(f(1, 2))", ["f(1,2)"]),
  ])
  func readsArguments(_ text: String, _ arguments: [String]) throws {
    #expect(try #require(SlotExpression(text)).positional == arguments)
  }

  @Test(arguments: [
    "__slot__:salt:x.y", "__slot__:salt:(a)", "__slot__:runner:x.y()", "x", "__slot__:salt:x.y(a",
    "__slot__:salt:x.y([a)",
    "__slot__:salt:x.y('a)",
  ])
  func leavesWhatIsNoSlot(_ text: String) { #expect(SlotExpression(text) == nil) }
}
