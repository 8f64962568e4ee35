import Testing

@testable import Modules

/// Status lines as gpg 2.2 prints them.
@Suite struct SignatureReportTests {
  private static let key = "7E9269479DF78D8FAE1F92FA123456789ABCDEF0"
  private static let primary = "0000111122223333444455556666777788889999"
  private static let good = """
    [GNUPG:] NEWSIG
    [GNUPG:] GOODSIG 123456789ABCDEF0 A B <a@example.com>
    [GNUPG:] VALIDSIG \(key) 2026-11-25 1795600000 0 4 0 22 10 00 \(primary)
    [GNUPG:] TRUST_UNDEFINED 0 pgp
    """
  private static let expired = """
    [GNUPG:] NEWSIG
    [GNUPG:] EXPKEYSIG 123456789ABCDEF0 A B
    [GNUPG:] VALIDSIG \(key) 2026-11-25 1795600000 0 4 0 22 10 00 \(primary)
    """
  private static let bad = "[GNUPG:] NEWSIG\n[GNUPG:] BADSIG 123456789ABCDEF0 A B\n"

  @Test func aGoodSignatureIsEnough() {
    #expect(SignatureReport(Self.good).problem(anyOf: [], allOf: []) == nil)
    #expect(SignatureReport(Self.good).problem(anyOf: ["x", Self.key], allOf: []) == nil)
    #expect(SignatureReport(Self.good).problem(anyOf: [], allOf: [Self.primary]) == nil)
  }

  @Test(arguments: ["", bad, expired, good + "\n" + bad, "[GNUPG:] VALIDSIG \(key)", "GOODSIG x\nVALIDSIG \(key)"])
  func whatIsNotGoodIsRefused(_ text: String) {
    #expect(SignatureReport(text).problem(anyOf: [], allOf: []) != nil)
  }

  @Test func othersKeysDoNotCount() {
    #expect(SignatureReport(Self.good).problem(anyOf: ["ABC"], allOf: [])?.contains("signed_by_any") == true)
    #expect(SignatureReport(Self.good).problem(anyOf: [Self.key], allOf: [Self.key, "ABC"])?.contains("ABC") == true)
    #expect(SignatureReport(Self.expired).problem(anyOf: [Self.key], allOf: []) != nil)
    // A good one beside a bad one is enough where its key is asked for.
    #expect(SignatureReport(Self.good + "\n" + Self.bad).problem(anyOf: [Self.key], allOf: []) == nil)
  }
}
