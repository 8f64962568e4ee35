import HostSystem

/// What gpg(1) says of signatures on its status lines.
struct SignatureReport: Sendable, Hashable {
  /// Fingerprints of the keys, and of the primary keys they belong to, of signatures that are good and not expired.
  private(set) var signers: [Set<String>] = []
  /// Signatures that are not good.
  private(set) var badCount = 0

  init(_ text: String) {
    var isGood = false
    for line in text.splitLines() {
      let words = line.fields()
      guard words.count > 1, words[0] == "[GNUPG:]" else { continue }
      switch words[1] {
      case "NEWSIG": isGood = false
      case "GOODSIG": isGood = true
      // VALIDSIG follows these as well.
      case "EXPSIG", "EXPKEYSIG", "REVKEYSIG", "BADSIG", "ERRSIG":
        isGood = false
        badCount += 1
      case "VALIDSIG" where isGood && words.count > 2:
        signers.append([words[2].uppercased(), (words.count > 11 ? words[11] : words[2]).uppercased()])
        isGood = false
      default: continue
      }
    }
  }

  /// Why it is not enough; nil when it is.
  func problem(anyOf: [String], allOf: [String]) -> String? {
    guard !anyOf.isEmpty || !allOf.isEmpty else {
      return signers.isEmpty || badCount > 0 ? "The signature could not be verified." : nil
    }
    if !anyOf.isEmpty, !anyOf.contains(where: isSigner) {
      return "None of the public keys listed in signed_by_any provided a valid signature"
    }
    guard let missing = allOf.first(where: { !isSigner($0) }) else { return nil }
    return "Public key \(missing) has not provided a valid signature, but was listed in signed_by_all"
  }

  private func isSigner(_ fingerprint: String) -> Bool { signers.contains { $0.contains(fingerprint) } }
}
