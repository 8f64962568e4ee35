import Functions

/// Checks that a text is what crypt(3) makes, so that no plain password is ever written as if it were a hash.
enum PasswordHash {
  /// `$method$…`, or a field that no password fits: `*`, `!`, `!!`, `!*`.
  static func check(_ text: String) throws(FunctionError) {
    if ["*", "!", "!!", "!*"].contains(text) { return }
    let hash = text.hasPrefix("!") ? text.dropFirst() : text[...]
    let parts = hash.split(separator: "$", omittingEmptySubsequences: false)
    // A hash that is cut short or made up is one that no password fits: formulas' examples have such.
    let isHash =
      parts.count >= 3 && parts[0].isEmpty && (1...8).contains(parts[1].utf8.count) && parts.last?.isEmpty == false
      && hash.utf8.count <= 512
      && hash.utf8.allSatisfy(isAllowed)
    guard isHash else {
      // The text itself is not repeated: it may be somebody's password.
      throw FunctionError(
        .badArguments, "'password' is not a password hash of crypt(3).",
        hint: "Make one with `mkpasswd -m yescrypt`, or let credential.rotate make and set a new password.")
    }
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "$./,=+-_".utf8.contains(byte)
    }
  }
}
