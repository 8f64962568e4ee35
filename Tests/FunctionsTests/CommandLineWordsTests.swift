import OrderedCollections
import Testing
import Value

@testable import Functions

/// What words of a command line mean, as in Salt; but a parameter that takes a string gets the word as it was typed.
@Suite struct CommandLineWordsTests {
  private static let signature = FunctionSignature(
    name: "pkg.install", summary: "", details: "",
    parameters: [
      .required("name", .string, ""), .optional("refresh", .bool, default: false, ""),
      .optional("pkgs", .stringList, ""),
      .optional("data", .any, ""),
    ], effect: .change)
  private static let command = FunctionSignature(
    name: "cmd.run", summary: "", details: "",
    parameters: [.variadic("cmd", .string, ""), .optional("cwd", .string, "")], effect: .change)
  private static let keywords = FunctionSignature(
    name: "t.kwarg", summary: "", details: "", parameters: [.keywords("kwargs", "")], effect: .read)

  private func read(_ words: String..., for signature: FunctionSignature? = signature) -> CallArguments {
    CommandLineWords.arguments(words, for: signature)
  }

  @Test func stringsStayAsTyped() {
    #expect(read("1.10").positional == ["1.10"])
    #expect(read("0644").positional == ["0644"])
    #expect(read("yes").positional == ["yes"])
    #expect(read("{a: b}").positional == ["{a: b}"])
    #expect(read("name=1.10").named == ["name": "1.10"])
    #expect(read("name=").named == ["name": ""])
    #expect(read("name=a=b").named == ["name": "a=b"])
  }

  @Test(
    arguments: [
      ("3", 3), ("-3", -3), ("1.5", 1.5), ("1.10", "1.10"), ("0644", "0644"), ("0x1F", "0x1F"), ("1_000", "1_000"),
      ("True", true), ("false", false), ("null", .null), ("~", .null), ("", ""), ("#5", "#5"), ("a # b", "a # b"),
      ("[a, 1]", ["a", 1]), ("{a: 1}", ["a": 1]), ("a: b", "a: b"), ("- a", "- a"), ("[a", "[a"),
      ("'quoted'", "'quoted'"),
      ("nginx", "nginx"), ("*.conf", "*.conf"), (" ", " "), (" # x", " # x"), ("|", "|"), ("!", "!"),
      ("/etc/passwd", "/etc/passwd"), ("12:30", "12:30"),
    ] as [(String, Value)])
  func anyIsReadAsYAML(_ word: String, _ value: Value) {
    #expect(read("data=\(word)").named == ["data": value])
    #expect(read(word, for: nil).positional == [value])
  }

  @Test func listsOfStringsKeepTheirWords() {
    #expect(read("pkgs=true").named == ["pkgs": "true"])
    #expect(read("pkgs=5").named == ["pkgs": "5"])
    #expect(read("pkgs=a,b").named == ["pkgs": "a,b"])
    #expect(read("pkgs=[a, b]").named == ["pkgs": ["a", "b"]])
  }

  @Test func positionsKnowTheirParameter() {
    #expect(read("1.10", "yes", "5").positional == ["1.10", true, "5"])
  }

  @Test func aMisspeltNameIsAnArgumentThatDoesNotExist() throws {
    let call = read("nginx", "refesh=True")
    #expect(call.named == ["refesh": true])
    #expect(throws: FunctionError.self) { try Arguments(binding: call, to: Self.signature) }
  }

  @Test func wordsOfACommandAreNotArgumentsByName() {
    #expect(read("FOO=bar", "make", for: Self.command).positional == ["FOO=bar", "make"])
    #expect(read("make", "cwd=/tmp", for: Self.command).named == ["cwd": "/tmp"])
    #expect(read("FOO=bar make -j2", for: Self.signature).positional == ["FOO=bar make -j2"])
    #expect(read("=x", for: Self.signature).positional == ["=x"])
    #expect(read("9a=x", "a-b=x", "/a=x", for: Self.signature).named.isEmpty)
  }

  @Test func keywordsTakeAnyName() {
    #expect(read("a=1", "b=x y", for: Self.keywords).named == ["a": 1, "b": "x y"])
  }

  @Test func anUnknownFunctionsWordsAreRead() {
    let call = read("5", "a=[1]", "x", for: nil)
    #expect(call.positional == [5, "x"])
    #expect(call.named == ["a": [1]])
  }
}
