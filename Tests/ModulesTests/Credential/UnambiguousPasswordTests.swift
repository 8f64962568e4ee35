import Testing

@testable import Modules

@Suite struct UnambiguousPasswordTests {
  @Test func hasTheLengthAndTheAlphabet() throws {
    for length in [24, 25, 64, 256] {
      let secret = try UnambiguousPassword.generate(length: length)
      #expect(secret.count == length)
      #expect(secret.withBytes { $0.allSatisfy(UnambiguousPassword.alphabet.contains) })
    }
  }

  @Test func theAlphabetHasNoLookalikes() {
    #expect(Set(UnambiguousPassword.alphabet).count == UnambiguousPassword.alphabet.count)
    for letter in "0O1lIo:" { #expect(!UnambiguousPassword.alphabet.contains(letter.asciiValue ?? 0)) }
    // log2(56) is 5.8: 24 characters are more than 128 bits.
    #expect(UnambiguousPassword.alphabet.count >= 41)
  }

  @Test func everyLetterComes() throws {
    let secret = try UnambiguousPassword.generate(length: 256 * 16)
    #expect(secret.withBytes { Set($0).count } == UnambiguousPassword.alphabet.count)
  }

  @Test func noTwoAreAlike() throws {
    let first = try UnambiguousPassword.generate()
    #expect(!first.isEqual(to: try UnambiguousPassword.generate()))
  }
}
