import Identity
import Sealing
import Value

/// Words that people paste: each is read or refused, gives itself again, and never opens when it was changed.
struct SealedSubject: FuzzSubject {
  private let key = SealingKey()
  private let sealed: String
  private let forSome: String

  init() throws {
    let word = PillarSealWord(key.publicKey)
    sealed = try SealedPillarValue.seal(Secret("the secret"), for: nil, to: word).text
    forSome = try SealedPillarValue.seal(Secret("other"), for: "web*", to: word).text
  }

  var seeds: [String] {
    [
      sealed, forSome, PillarSealWord(key.publicKey).description, "brine1-AAAA", "brine-operator1-AAAA",
      "brine-pillar1.a.b",
    ]
  }
  let tokens = [
    "brine-pillar1.", "brine-seal1-", "brine1-", "brine-operator1-", ".", "-", "_", "A", "=", " ", "\n", "+", "/",
    "\u{0}", "é",
  ]

  func input(fromCase text: CorpusText) -> [UInt8]? { nil }

  func run(_ input: [UInt8]) async -> FuzzOutcome {
    let text = String(decoding: input.prefix(1 << 20), as: UTF8.self)
    var isRead = false
    if let word = PillarSealWord(text) {
      guard PillarSealWord(word.description) == word else { return .wrong("a seal word is not itself") }
      isRead = true
    }
    if let word = OperatorWord(text) {
      guard OperatorWord(word.text)?.text == word.text else { return .wrong("an operator's word is not itself") }
      isRead = true
    }
    if Invitation(text) != nil { isRead = true }
    guard let value = SealedPillarValue(text) else { return isRead ? .accepted : .refused("") }
    guard SealedPillarValue(value.text) == value else { return .wrong("a sealed value is not itself") }
    do {
      let (secret, audience) = try PillarKeyring([key]).open(value)
      let known = secret.withBytes { $0 }
      let isOwn =
        (value.text == sealed && known == Array("the secret".utf8) && audience == nil)
        || (value.text == forSome && known == Array("other".utf8) && audience == "web*")
      return isOwn ? .accepted : .wrong("a changed value was opened")
    } catch {
      return .refused(error.message)
    }
  }
}
