import Functions
import Value

/// Texts of random letters.
enum RandomText {
  private static let lower = "abcdefghijklmnopqrstuvwxyz"
  private static let digits = "0123456789"
  private static let punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
  private static let whitespace = " \t\n\r\u{B}\u{C}"

  static func alphabet(_ arguments: Arguments) -> String {
    if arguments.bool("printable") { return digits + lower + lower.uppercased() + punctuation + whitespace }
    if let given = arguments.optionalString("chars"), !given.isEmpty { return given }
    return (arguments.bool("lowercase") ? lower : "") + (arguments.bool("uppercase") ? lower.uppercased() : "")
      + (arguments.bool("digits") ? digits : "") + (arguments.bool("punctuation") ? punctuation : "")
      + (arguments.bool("whitespace") ? whitespace : "")
  }

  /// Each letter is as likely as another: numbers beyond the last whole multiple are drawn again.
  static func text(_ length: Int, of letters: [Unicode.Scalar]) throws -> String {
    var text = String.UnicodeScalarView()
    let limit = UInt64(letters.count) * ((1 << 32) / UInt64(letters.count))
    while text.count < length {
      let bytes = try KernelRandom.bytes(256)
      for start in stride(from: 0, to: bytes.count, by: 4) where text.count < length {
        let number = (0..<4).reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[start + $1]) }
        if number < limit { text.append(letters[Int(number % UInt64(letters.count))]) }
      }
    }
    return String(text)
  }

  static func password() throws -> Secret {
    Secret(try text(20, of: Array((lower + lower.uppercased() + digits + punctuation).unicodeScalars)))
  }
}
