/// Shows of a password field what an administrator needs to know and an attacker cannot use: whether there is one,
/// whether it is locked, and how it is hashed.
enum PasswordMask {
  static let stars = "**********"

  /// `''`, `x` and fields made of `!` and `*` alone as they are; `$6$salt$hash` as `$6$**********`; locked ones with
  /// their `!` in front; anything else as stars alone.
  static func masked(_ field: String) -> String {
    if field == "x" || field.allSatisfy({ $0 == "!" || $0 == "*" }) { return field }
    let lock = field.prefix { $0 == "!" }
    return lock + (method(of: field.dropFirst(lock.count)) ?? "") + stars
  }

  /// `$y$` of `$y$…`: letters and digits, at most eight, between the first two dollars.
  private static func method(of hash: Substring) -> String? {
    guard hash.first == "$", let end = hash.dropFirst().firstIndex(of: "$") else { return nil }
    let name = hash[hash.index(after: hash.startIndex)..<end]
    let isName = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return isName && (1...8).contains(name.utf8.count) ? "$\(name)$" : nil
  }
}
