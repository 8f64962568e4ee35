import Functions
import Testing

@testable import Modules

@Suite struct OpenPGPKeyTests {
  @Test func readsBothForms() throws {
    let armored = try OpenPGPKey(Array(RepositoryTestKey.armored.utf8), from: "a key")
    #expect(armored.fingerprints == [RepositoryTestKey.fingerprint])
    #expect(try OpenPGPKey(RepositoryTestKey.bytes, from: "a key") == armored)
    #expect(armored.content(for: "/k.gpg") == RepositoryTestKey.bytes)
    // GnuPG's own armor, its checksum too.
    #expect(
      String(decoding: armored.content(for: "/k.asc"), as: UTF8.self).replacing("\n", with: "")
        == RepositoryTestKey.armored.replacing("\n", with: ""))
  }

  @Test func readsSeveral() throws {
    let twice = RepositoryTestKey.armored + "between\n" + RepositoryTestKey.armored.replacing("\n", with: "\r\n")
    #expect(try OpenPGPKey(Array(twice.utf8), from: "keys").fingerprints.count == 2)
  }

  @Test(arguments: ["8774C833", "0x9866833d8774c833", RepositoryTestKey.fingerprint])
  func knowsItsIDs(_ id: String) throws {
    #expect(OpenPGPKey.isID(id))
    #expect(try OpenPGPKey(RepositoryTestKey.bytes, from: "a key").has(id))
  }

  @Test(arguments: ["", "8774C83", "--help00", "9866833D8774C83\n", "zzzzzzzz"])
  func refusesIDs(_ id: String) { #expect(!OpenPGPKey.isID(id)) }

  @Test(arguments: [
    "", "<html><body>404 Not Found</body></html>", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlFgE\n",
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEawc4GRYJKwYBBAHaRw8BAQdA\n-----END PGP PUBLIC KEY BLOCK-----\n",
    "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEawc4", "12345678KBXf00000000",
  ])
  func refuses(_ text: String) {
    let error = #expect(throws: FunctionError.self) { try OpenPGPKey(Array(text.utf8), from: "https://x.example/key") }
    #expect(error?.message.hasPrefix("https://x.example/key is no OpenPGP public key: ") == true)
  }

  @Test func refusesSecretPackets() {
    var bytes = RepositoryTestKey.bytes
    bytes[0] = 0x94
    #expect(throws: FunctionError.self) { try OpenPGPKey(bytes, from: "a key") }
    #expect(throws: FunctionError.self) { try OpenPGPKey(RepositoryTestKey.bytes + bytes, from: "a key") }
  }

  @Test func survivesDamage() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<3000 {
      var bytes = Bool.random(using: &generator) ? RepositoryTestKey.bytes : Array(RepositoryTestKey.armored.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0 ... .max, using: &generator)
      }
      bytes.removeLast(Int.random(in: 0..<40, using: &generator))
      _ = try? OpenPGPKey(bytes, from: "a key")
    }
  }

  private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 33
    }
  }
}
