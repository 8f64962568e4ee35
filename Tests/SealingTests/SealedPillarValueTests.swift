import Testing
import Value

@testable import Sealing

@Suite struct SealedPillarValueTests {
  private let key = SealingKey()
  private var word: PillarSealWord { PillarSealWord(key.publicKey) }

  @Test(arguments: [[], [0x41], Array("hunter2\n".utf8), [0, 255, 10], [UInt8](repeating: 7, count: 5000)])
  func opensWhatWasSealed(_ bytes: [UInt8]) throws {
    let sealed = try SealedPillarValue.seal(Secret(bytes), for: "db*", to: word)
    #expect(sealed.text.hasPrefix("brine-pillar1.\(word.keyID)."))
    let read = try #require(SealedPillarValue(" \(sealed.text)\n"))
    let opened = try PillarKeyring([SealingKey(), key]).open(read)
    #expect(opened.secret.withBytes { $0 } == bytes)
    #expect(opened.audience == "db*")
  }

  @Test func isOneLineThatYAMLReadsAsText() throws {
    for _ in 0..<50 {
      let text = try SealedPillarValue.seal(Secret("x: [1"), for: nil, to: word).text
      #expect(!text.contains { $0.isWhitespace })
      #expect(try YAMLParser.parse("a: \(text)\nb: [\(text), {c: \(text)}]\n").value["b"]?[1]?["c"] == .string(text))
    }
  }

  @Test func wrappedTextIsRead() throws {
    let text = try SealedPillarValue.seal(Secret("secret"), for: nil, to: word).text
    let wrapped = text.enumerated().map { $0.offset % 40 == 39 ? "\($0.element)\n    " : "\($0.element)" }.joined()
    #expect(SealedPillarValue(wrapped)?.text == text)
  }

  @Test func theKeyIsNamed() throws {
    let sealed = try SealedPillarValue.seal(Secret("x"), for: nil, to: word)
    let error = #expect(throws: SealingError.self) { try PillarKeyring([SealingKey()]).open(sealed) }
    #expect(error?.message.contains(word.keyID) == true)
    #expect(throws: SealingError.self) { try PillarKeyring().open(sealed) }
  }

  @Test func damageIsRefused() throws {
    let text = try SealedPillarValue.seal(Secret("hunter2"), for: nil, to: word).text
    let keyring = PillarKeyring([key])
    for index in text.indices.dropFirst(SealedPillarValue.prefix.count) {
      var damaged = text
      damaged.replaceSubrange(index...index, with: text[index] == "A" ? "B" : "A")
      guard let value = SealedPillarValue(damaged) else { continue }
      #expect(throws: SealingError.self) { try keyring.open(value) }
    }
    for length in stride(from: 0, to: text.count - 1, by: 3) {
      guard let value = SealedPillarValue(String(text.prefix(length))) else { continue }
      #expect(throws: SealingError.self) { try keyring.open(value) }
    }
  }

  @Test(arguments: ["", "brine-pillar1.", "brine-pillar1.abc", "brine-pillar1..abc", "brine-pillar1.k.*", "x"])
  func otherTextsAreNone(_ text: String) { #expect(SealedPillarValue(text) == nil) }

  @Test func wordsAreReadBack() {
    #expect(PillarSealWord(word.description) == word)
    for text in ["", "brine-seal1-", "brine-seal1-AAAA", word.description + "A", "x" + word.description] {
      #expect(PillarSealWord(text) == nil)
    }
  }
}
