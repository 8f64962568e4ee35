import Identity
import Sealing
import Testing
import Value
import ZeroMQ

@Suite struct InvitationTests {
  private let masterKey = CurveKeyPair.generate().publicKey
  private let secret = Secret((1...20).map { UInt8($0) })
  private var word: String { Invitation(masterKey: masterKey, secret: secret).word }

  @Test func comesOutAsItWentIn() throws {
    let read = try #require(Invitation(word))
    #expect(read.masterKey == masterKey)
    #expect(read.secret.isEqual(to: secret))
    #expect(word.hasPrefix("brine1-"))
    // One word for a shell, whatever the key is.
    #expect(word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
  }

  @Test func theSecretIsNotPrinted() {
    let invitation = Invitation(masterKey: masterKey, secret: secret)
    #expect(!"\(invitation)".contains("1, 2, 3"))
    #expect("\(invitation)".contains("***"))
    #expect(!String(reflecting: invitation).contains(word.suffix(30)))
  }

  @Test func aWordThatWasCutIsRefused() {
    for length in 0..<word.count { #expect(Invitation(String(word.prefix(length))) == nil, "\(length)") }
    for length in 1..<word.count { #expect(Invitation(String(word.suffix(length))) == nil, "\(length)") }
  }

  @Test func oneWrongCharacterIsFound() {
    let characters = Array(word)
    for place in characters.indices {
      var typed = characters
      typed[place] = typed[place] == "A" ? "B" : "A"
      #expect(Invitation(String(typed)) == nil, "at \(place)")
      typed = characters
      typed.remove(at: place)
      #expect(Invitation(String(typed)) == nil, "without \(place)")
    }
  }

  @Test func otherTextsAreRefused() {
    let longer = "brine1-" + Base64URL.encode([UInt8](repeating: 1, count: 54))
    for text in [
      "", "brine1-", "brine1-!!!", "brine2-" + word.dropFirst(7), word + " ", " " + word, word + "A", longer,
      word.uppercased(), "brine1-" + String(repeating: "A", count: 10_000),
    ] {
      #expect(Invitation(text) == nil, "\(text.prefix(40))")
    }
  }
}
